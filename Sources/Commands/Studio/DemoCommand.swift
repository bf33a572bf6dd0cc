import ArgumentParser
import Foundation
import ReplicateClient
import Sandbox
import Studio

struct DemoCommand: ParsableCommand, StudioStarting {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Open the studio on the built-in sandbox: no token, no network, no money."
    )

    @Option(help: "1 is the usual pace, 2 twice as fast, 0 waits for nothing.")
    var speed = 1.0

    @OptionGroup var view: ViewOptions
    @OptionGroup var global: GlobalOptions

    @MainActor
    mutating func runStudio(in context: CommandContext) throws {
        var settings = try Settings.load(global, context)
        settings.plain = settings.plain || view.plain
        if !settings.plain { try StudioSession.requireTerminal(context) }
        try Self.open(context, settings, speed: speed, keepsApart: global.dataDir == nil)
    }

    /// - Parameters:
    ///   - speed: of the sandbox; 1 is the usual pace.
    ///   - keepsApart: what the demo makes does not lie with what was paid for.
    @MainActor
    static func open(_ context: CommandContext, _ settings: Settings, speed: Double = 1, keepsApart: Bool) throws {
        var settings = settings
        let server = SandboxServer(configuration: SandboxConfiguration(speed: speed))
        settings.baseURL = try Blocking.wait { try await server.start() }
        settings.token = Token("demo")
        if keepsApart {
            let folder = settings.paths.data.appending(path: "demo")
            settings.paths = Paths(environment: [:], home: folder, dataDir: folder.path)
            settings.outputs = settings.paths.outputs
        }
        try StudioSession.run(context, settings, mode: .demo)
    }
}
