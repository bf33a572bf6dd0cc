import ArgumentParser

struct ImageCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Run an image model and save what it makes."
    )

    @Argument(help: "What the picture shows; - reads it from standard input.")
    var prompt: String

    @Option(help: "owner/name, or owner/name:version.")
    var model: String?

    @Option(name: .customLong("input"), help: "Another input of the model: KEY=VALUE, or KEY=@FILE to upload.")
    var inputs: [String] = []

    @OptionGroup var run: RunOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let settings = try Settings.load(global, context, outputDir: run.outputDir)
        let reporter = RunReporter(context: context, kind: .image, json: output.json, options: run)
        try await reporter.run(
            settings,
            try run.order(model: model ?? settings.imageModel, prompt: prompt, inputs: inputs)
        )
    }
}
