import ArgumentParser

struct ImageCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Run an image model and save what it makes.",
        discussion: """
            For example: `darkroom image "a red fox in the snow" --count 2`. The model is the one of --model, or else of the \
            setting models.image.
            """
    )

    @Argument(help: "What the picture shows; - reads it from standard input.")
    var prompt: String?

    @Option(help: "owner/name, or owner/name:version.", completion: .model)
    var model: String?

    @Option(name: .customLong("input"), help: InputHelp.option, completion: .input)
    var inputs: [String] = []

    @OptionGroup var run: RunOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if prompt == nil, order.promptFile == nil, run.inputFile == nil {
            throw ValidationError("Missing expected argument '<prompt>', or --prompt-file.")
        }
    }

    func run(in context: CommandContext) async throws {
        let settings = try Settings.load(global, context, outputDir: run.outputDir)
        let command = OrderCommand(run: run, order: order, json: output.json)
        try command.check(context.console)
        let files = InputFiles(context)
        let reporter = RunReporter(context: context, kind: .image, json: output.json, options: command)
        let order = try command.order(
            model: model ?? settings.imageModel,
            prompt: prompt,
            inputs: inputs,
            files: files,
            surroundings: context.surroundings
        )
        try await reporter.run(settings, order, files)
    }
}

/// What is said of inputs wherever they are given.
enum InputHelp {
    static let option: ArgumentHelp =
        "Another input of the model: KEY=VALUE, or KEY=@FILE to upload (@- standard input). Repeat it for a list."
    static let argument: ArgumentHelp =
        "KEY=VALUE, or KEY=@FILE to upload a file (@- standard input). Repeat a KEY for a list."
}
