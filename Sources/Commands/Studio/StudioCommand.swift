import ArgumentParser
import Studio

struct StudioCommand: ParsableCommand, StudioStarting {
    static let configuration = CommandConfiguration(
        commandName: "studio",
        abstract: "Open the studio (also without any word)."
    )

    @OptionGroup var view: ViewOptions
    @OptionGroup var global: GlobalOptions

    @MainActor
    mutating func runStudio(in context: CommandContext) throws {
        var settings = try Settings.load(global, context)
        settings.plain = settings.plain || view.plain
        if !settings.plain { try StudioSession.requireTerminal(context) }
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
            try DemoCommand.open(context, settings, keepsApart: global.dataDir == nil)
        case .live:
            start.finish()
            // With the token and the budgets that were kept.
            var settings = try Settings.load(global, context)
            settings.plain = settings.plain || view.plain
            try StudioSession.run(context, settings, mode: settings.token == nil ? .noToken : .live)
        }
    }
}

/// How the studio shows itself.
struct ViewOptions: ParsableArguments {
    @Flag(help: "In lines instead of a screen: for screen readers, dumb terminals and pipes.")
    var plain = false

    init() {}
}
