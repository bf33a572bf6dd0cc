/// A command that takes the main thread and the terminal.
protocol StudioStarting {
    @MainActor
    mutating func runStudio(in context: CommandContext) throws
}
