import ArgumentParser
import Studio

struct StudioCommand: ParsableCommand, StudioStarting {
    static let configuration = CommandConfiguration(
        commandName: "studio",
        abstract: "Open the studio (also without any word)."
    )

    @OptionGroup var global: GlobalOptions

    @MainActor
    mutating func runStudio(in context: CommandContext) throws {
        let settings = try Settings.load(global, context)
        try StudioSession.requireTerminal(context)
        try StudioSession.run(context, settings, mode: settings.token == nil ? .noToken : .live)
    }
}
