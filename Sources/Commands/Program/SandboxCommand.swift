import ArgumentParser
import Foundation
import ReplicateAPI
import Sandbox
import Search

struct SandboxCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Serve the stand-in for Replicate's API: real HTTP, real pictures, no money.",
        discussion: """
            Any token is accepted unless --token names one. Faults are given as NAME[@KIND][=RATE], where RATE is a \
            probability (0.3), every nth time (1/4) or the first n times (first:2):

            \(SandboxFault.allCases.map { "  \($0.rawValue.padding(toLength: 20, withPad: " ", startingAt: 0)) \($0.summary)" }.joined(separator: "\n"))
            """
    )

    @Option(help: "0: any free port.")
    var port = 8100

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "1 is demo pace, 2 twice as fast, 0 waits for nothing.")
    var speed = 1.0

    @Option(help: "How much durations differ: 0.5 makes each between half and one and a half. 0 to 1.")
    var spread = 0.0

    @Option(name: .customLong("creations"), help: "Predictions that may be created in a minute.")
    var creations = 600

    @Option(name: .customLong("requests"), help: "Other requests that are answered in a minute.")
    var requests = 3_000

    @Option(help: "The only token that is accepted.")
    var token: String?

    @Option(name: .customLong("lifetime"), help: "Seconds until outputs vanish.")
    var lifetime = 3_600.0

    @Option(name: .customLong("fault"), help: "A fault; may be given several times.")
    var faults: [String] = []

    @Option(name: .customLong("fault-seed"), help: "Makes faults come in the same order again.")
    var faultSeed: UInt64 = 0

    func validate() throws {
        try SandboxPace.check(speed)
        guard (0...1).contains(spread) else { throw ValidationError("--spread must be between 0 and 1.") }
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
        guard (0...TimeSpan.longest).contains(lifetime) else {
            throw ValidationError("--lifetime must be from 0 to \(TimeSpan.longest.shortText) seconds.")
        }
        guard creations > 0, requests > 0 else {
            throw ValidationError("--creations and --requests must be above zero.")
        }
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let rules: [FaultRule]
        do { rules = try faults.map { try FaultRule(parsing: $0) } } catch {
            throw CommandError(.usage, "\(error)")
        }
        let server = SandboxServer(
            configuration: SandboxConfiguration(
                host: host,
                port: port,
                speed: speed,
                spread: spread,
                outputLifetime: .seconds(lifetime),
                token: token,
                creationLimit: RateLimit(perMinute: creations),
                requestLimit: RateLimit(perMinute: requests),
                faults: rules,
                faultSeed: faultSeed
            )
        )
        do {
            try await server.run { console.print("The sandbox answers at \($0.absoluteString)") }
        } catch {
            throw CommandError(.failed, "Port \(port) of \(host) cannot be opened: use another --port")
        }
    }
}

/// How fast a sandbox works, as an option gives it.
enum SandboxPace {
    /// Times the demo's pace. Slower or faster ones make times that no clock can count.
    static let range = 0.001...1_000_000

    /// Throws `ValidationError` unless it is in ``range``, or 0: nothing is waited for.
    static func check(_ speed: Double) throws {
        guard speed == 0 || range.contains(speed) else {
            throw ValidationError(
                "--speed must be 0, or from \(range.lowerBound.shortText) to \(range.upperBound.shortText)."
            )
        }
    }
}
