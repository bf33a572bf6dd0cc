import ArgumentParser

struct DemoCommand: ParsableCommand, StudioStarting {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Open the studio on the built-in sandbox: no token, no network, no money."
    )

    @Option(help: "1 is the usual pace, 2 twice as fast, 0 waits for nothing.")
    var speed = 1.0

    @OptionGroup var view: ViewOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try SandboxPace.check(speed) }

    var launch: StudioLaunch {
        var launch = StudioLaunch()
        (launch.isDemo, launch.speed) = (true, speed)
        (launch.isPlain, launch.choices) = (view.plain, global.choices)
        return launch
    }
}
