import ArgumentParser
import Foundation

struct VideoCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "video",
        abstract: "Make a video from images, given by their addresses.",
        discussion: """
            For example: `darkroom video first.png last.png --prompt "the fox turns around"`. The model is the one of \
            --model, or else of the setting models.video.
            """
    )

    @Argument(help: "Addresses of images, and files, in order; @FILE is always a file, @- standard input.")
    var urls: [String] = []

    @Option(name: .customLong("urls-from"), help: "A file with an address on each line; - for standard input.")
    var urlsFrom: String?

    @Option(help: "What happens in the video, for models that take a prompt; - reads it from standard input.")
    var prompt: String?

    @Option(help: "owner/name, or owner/name:version.", completion: .model)
    var model: String?

    @Option(name: .customLong("input"), help: InputHelp.option, completion: .input)
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
        let images = urls + (try listed(files))
        guard !images.isEmpty || run.inputFile != nil else {
            throw CommandError(.usage, "At least one image URL is required")
        }
        let reporter = RunReporter(context: context, kind: .video, json: output.json, options: command)
        let order = try command.order(
            model: model ?? settings.videoModel,
            prompt: prompt,
            inputs: inputs,
            images: images,
            files: files,
            surroundings: context.surroundings
        )
        try await reporter.run(settings, order, files)
    }

    private func listed(_ files: InputFiles) throws -> [String] {
        guard let urlsFrom else { return [] }
        // A pipe may be meant, and is waited for: it was named by the person.
        return try files.text(of: urlsFrom, for: "the addresses").split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t,;\"'")) }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }
}
