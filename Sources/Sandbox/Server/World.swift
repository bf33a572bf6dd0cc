import Foundation
import NIOCore
import Synchronization

/// Everything the routes share. Safe from any thread.
final class World: Sendable {
    private struct Shared {
        var origin = ""
        var statistics = SandboxStatistics()
        var dice: FaultDice
        var creations: TokenBucket
        var requests: TokenBucket
        var connections: [ObjectIdentifier: any Channel] = [:]
        var isClosing = false
    }

    let configuration: SandboxConfiguration
    let time: SandboxTime
    let catalogue = Catalogue.standard
    let predictions = PredictionStore()
    let outputs = OutputStore()
    let files = FileStore()
    let jobs: AsyncStream<String>
    private let jobQueue: AsyncStream<String>.Continuation
    private let shared: Mutex<Shared>

    init(configuration: SandboxConfiguration, time: SandboxTime) {
        self.configuration = configuration
        self.time = time
        (jobs, jobQueue) = AsyncStream.makeStream()
        shared = Mutex(
            Shared(
                dice: FaultDice(rules: configuration.faults, seed: configuration.faultSeed),
                creations: TokenBucket(configuration.creationLimit),
                requests: TokenBucket(configuration.requestLimit)
            )
        )
    }

    /// `http://host:port`, known once the server listens.
    var origin: String {
        get { shared.withLock { $0.origin } }
        set { shared.withLock { $0.origin = newValue } }
    }

    var statistics: SandboxStatistics { shared.withLock { $0.statistics } }

    var runner: PredictionRunner {
        let source = PictureSource { [weak self] url in self?.upload(at: url) }
        return PredictionRunner(
            store: predictions,
            outputs: outputs,
            studio: OutputStudio(outputs: outputs, source: source),
            configuration: configuration,
            time: time
        )
    }

    func enqueue(_ id: String) {
        shared.withLock { $0.statistics.predictionsCreated += 1 }
        jobQueue.yield(id)
    }

    func setFaults(_ rules: [FaultRule]) { shared.withLock { $0.dice.replace(rules) } }

    func roll(for kind: RequestKind) -> Set<SandboxFault> {
        shared.withLock { shared in
            shared.statistics.requestsByKind[kind, default: 0] += 1
            let struck = shared.dice.roll(for: kind)
            for fault in struck { shared.statistics.faults[fault, default: 0] += 1 }
            return struck
        }
    }

    func count(route: String) { shared.withLock { $0.statistics.requests[route, default: 0] += 1 } }

    func countLeak() { shared.withLock { $0.statistics.leakedTokens += 1 } }

    /// What is left after this request. Throws 429 when nothing was.
    func admit(_ kind: RequestKind) throws(SandboxProblem) -> (remaining: Int, reset: Int) {
        let now = time.now()
        let (wait, bucket) = shared.withLock { shared in
            if kind == .create {
                let wait = shared.creations.take(at: now)
                return (wait, shared.creations)
            }
            let wait = shared.requests.take(at: now)
            return (wait, shared.requests)
        }
        if let wait { throw .throttled(limit: bucket.limit.perMinute, burst: bucket.limit.burst, wait: wait) }
        return (bucket.remaining, bucket.reset)
    }

    func track(_ channel: any Channel) {
        let key = ObjectIdentifier(channel)
        let (isNew, isClosing) = shared.withLock { shared in
            (shared.connections.updateValue(channel, forKey: key) == nil, shared.isClosing)
        }
        if isClosing { channel.close(mode: .all, promise: nil) }
        guard isNew else { return }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.shared.withLock { $0.connections[key] = nil }
        }
    }

    /// Cuts every connection that ever carried a request, and from now on each one that does.
    func closeConnections() {
        let open = shared.withLock { shared in
            shared.isClosing = true
            return Array(shared.connections.values)
        }
        for channel in open { channel.close(mode: .all, promise: nil) }
    }

    /// Returns when the prediction fulfils `condition` or the time is up, whichever is first.
    func settle(
        _ id: String,
        within limit: Duration,
        until condition: @escaping @Sendable (PredictionRecord) -> Bool
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [predictions] in
                for await _ in predictions.changes(of: id) {
                    guard let record = predictions[id], !condition(record) else { return }
                }
            }
            group.addTask { [time] in try? await time.sleep(limit) }
            await group.next()
            group.cancelAll()
        }
    }

    private func upload(at url: String) -> Data? {
        let prefix = origin + "/v1/files/"
        guard url.hasPrefix(prefix) else { return nil }
        let id = url.dropFirst(prefix.count).prefix { $0 != "/" && $0 != "?" }
        return files.file(String(id), now: time.now())?.bytes
    }
}
