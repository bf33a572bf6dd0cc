import ArgumentParser

struct RunCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run any model with the inputs it takes."
    )

    @Argument(help: "owner/name, or owner/name:version.")
    var model: String

    @Argument(help: "KEY=VALUE, or KEY=@FILE to upload a file.")
    var inputs: [String] = []

    @OptionGroup var run: RunOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let settings = try Settings.load(global, context, outputDir: run.outputDir)
        let reporter = RunReporter(context: context, kind: .any, json: output.json, options: run)
        try await reporter.run(settings, try run.order(model: model, inputs: inputs))
    }
}
