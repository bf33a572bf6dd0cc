/// A command that takes the main thread and the terminal.
protocol StudioStarting {
    var launch: StudioLaunch { get }
}
