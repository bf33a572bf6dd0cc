import ArgumentParser

struct StudioCommand: ParsableCommand, StudioStarting {
    static let configuration = CommandConfiguration(
        commandName: "studio",
        abstract: "Open the studio (also without any word)."
    )

    @OptionGroup var view: ViewOptions
    @OptionGroup var global: GlobalOptions

    var launch: StudioLaunch {
        var launch = StudioLaunch()
        (launch.isPlain, launch.choices) = (view.plain, global.choices)
        return launch
    }
}

/// How the studio shows itself.
struct ViewOptions: ParsableArguments {
    @Flag(help: "In lines instead of a screen: for screen readers, dumb terminals and pipes.")
    var plain = false

    init() {}
}
