import ArgumentParser
import Studio

struct StudioCommand: ParsableCommand, StudioStarting {
    static let configuration = CommandConfiguration(
        commandName: "studio",
        abstract: "Open the studio (also without any word)."
    )

    @OptionGroup var global: GlobalOptions

    @MainActor
    mutating func runStudio() throws {
        let settings = try Settings.load(global)
        try StudioSession.run(settings, mode: settings.token == nil ? .noToken : .live)
    }
}
