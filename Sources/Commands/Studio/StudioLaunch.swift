import Foundation
import Pricing
import ReplicateClient
import Sandbox
import Studio

/// How the studio is opened.
struct StudioLaunch: Sendable {
    var isDemo = false
    /// Of the demo's sandbox; 1 is the usual pace.
    var speed = 1.0
    /// In lines instead of a screen.
    var isPlain = false
    var choices = GlobalChoices()

    /// The studio on the person's own account.
    init() {}

    /// nil: the words have options, or ask for something else. To build the parser of a command's options takes longer than
    /// to draw the first frame.
    init?(words: [String]) {
        switch words {
        case [], ["studio"]: break
        case ["demo"]: isDemo = true
        default: return nil
        }
    }

    /// Returns when the person leaves. Throws ``CommandError`` when there is no terminal to draw on, or no history.
    @MainActor
    func run(in context: CommandContext) throws {
        // Read beside the settings, of which it needs nothing.
        Thread.detachNewThread { _ = PriceBook.builtIn }
        let settings = try settings(in: context)
        if !settings.plain { try StudioSession.requireTerminal(context) }
        if isDemo { return try openDemo(context, settings) }
        let start = FirstStart(context: context, settings: settings)
        guard settings.token == nil else {
            start.finish()
            try StudioSession.run(context, settings, mode: .live)
            return
        }
        switch try StudioSession.run(context, settings, mode: .noToken, firstStart: start) {
        case nil, .noToken: return
        case .demo:
            start.finish()
            try openDemo(context, settings)
        case .live:
            start.finish()
            // With the token and the budgets that were kept.
            let settings = try self.settings(in: context)
            try StudioSession.run(context, settings, mode: settings.token == nil ? .noToken : .live)
        }
    }

    private func settings(in context: CommandContext) throws -> Settings {
        var settings = try Settings.load(choices, context.surroundings)
        settings.plain = settings.plain || isPlain
        return settings
    }

    @MainActor
    private func openDemo(_ context: CommandContext, _ settings: Settings) throws {
        var settings = settings
        let server = SandboxServer(configuration: SandboxConfiguration(speed: speed))
        settings.baseURL = try Blocking.wait { try await server.start() }
        settings.token = Token("demo")
        // What the demo makes stays apart from what was paid for.
        if choices.dataDir == nil {
            let folder = settings.paths.data.appending(path: "demo")
            settings.paths = Paths(environment: [:], home: folder, dataDir: folder.path)
            settings.outputs = settings.paths.outputs
        }
        try StudioSession.run(context, settings, mode: .demo)
    }
}
