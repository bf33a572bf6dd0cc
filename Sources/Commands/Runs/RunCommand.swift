import ArgumentParser

struct RunCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run any model with the inputs it takes.",
        discussion: """
            For example: `darkroom run black-forest-labs/flux-schnell prompt="a red fox" num_outputs=2`. `darkroom schema \
            OWNER/NAME` lists the inputs of a model.
            """
    )

    @Argument(help: "owner/name, or owner/name:version.", completion: .model)
    var model: String

    @Argument(help: InputHelp.argument, completion: .input)
    var inputs: [String] = []

    @OptionGroup var run: RunOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let settings = try Settings.load(global, context, outputDir: run.outputDir)
        let command = OrderCommand(run: run, order: order, json: output.json)
        try command.check(context.console)
        let files = InputFiles(context)
        let reporter = RunReporter(context: context, kind: .any, json: output.json, options: command)
        let order = try command.order(
            model: model,
            inputs: inputs,
            files: files,
            surroundings: context.surroundings
        )
        try await reporter.run(settings, order, files)
    }
}
