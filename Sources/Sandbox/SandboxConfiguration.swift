/// How a sandbox behaves. Everything has a default.
package struct SandboxConfiguration: Sendable {
    /// The address to listen on, as a number or a name.
    package var host: String
    /// 0: any free port.
    package var port: Int
    /// 1 is demo pace: a picture takes 3 s, a video 8 s. 2 is twice as fast. 0 waits for nothing.
    package var speed: Double
    /// How much durations differ from each other: 0.5 makes each between half and one and a half of what it would be,
    /// drawn from the prediction's place in the order. 0…1.
    package var spread: Double
    /// Time in the queue at demo pace.
    package var queueTime: Duration
    /// From the end of a prediction until its input, output, logs and files are gone; also the life of uploads.
    package var outputLifetime: Duration
    /// nil: any token will do, but there must be one.
    package var token: String?
    /// Predictions that may be created in a minute; the burst is what may come at once.
    package var creationLimit: RateLimit
    /// All other requests to the API.
    package var requestLimit: RateLimit
    /// What goes wrong on purpose; empty: nothing.
    package var faults: [FaultRule]
    /// Decides which requests a probability strikes: the same seed and the same order of requests give the same
    /// faults.
    package var faultSeed: UInt64
    /// Called after every request, from any thread.
    package var requestLog: (@Sendable (RequestRecord) -> Void)?

    /// Every argument has the default that `darkroom sandbox` has, but for the port: 0.
    package init(
        host: String = "127.0.0.1",
        port: Int = 0,
        speed: Double = 1,
        spread: Double = 0,
        queueTime: Duration = .milliseconds(600),
        outputLifetime: Duration = .seconds(3600),
        token: String? = nil,
        creationLimit: RateLimit = RateLimit(perMinute: 600),
        requestLimit: RateLimit = RateLimit(perMinute: 3000),
        faults: [FaultRule] = [],
        faultSeed: UInt64 = 0,
        requestLog: (@Sendable (RequestRecord) -> Void)? = nil
    ) {
        self.host = host
        self.port = port
        self.speed = speed
        self.spread = spread
        self.queueTime = queueTime
        self.outputLifetime = outputLifetime
        self.token = token
        self.creationLimit = creationLimit
        self.requestLimit = requestLimit
        self.faults = faults
        self.faultSeed = faultSeed
        self.requestLog = requestLog
    }

    /// How long something that takes `duration` at demo pace takes now, for the prediction at this place in the order.
    func paced(_ duration: Duration, of sequence: Int) -> Duration {
        guard speed > 0 else { return .zero }
        var random = SeededRandom(seed: UInt64(sequence))
        return duration / speed * (1 + spread * (2 * random.unit() - 1))
    }
}

/// What one request was and became.
package struct RequestRecord: Sendable {
    /// In capital letters.
    package let method: String
    /// Without the query.
    package let path: String
    /// nil when the connection was closed instead of an answer.
    package let status: Int?
}
