import ArgumentParser
import Foundation

struct VideoCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "video",
        abstract: "Make a video from images, given by their addresses."
    )

    @Argument(help: "Addresses of images, in order; @FILE uploads one.")
    var urls: [String] = []

    @Option(name: .customLong("urls-from"), help: "A file with an address on each line; - for standard input.")
    var urlsFrom: String?

    @Option(help: "What happens in the video, for models that take a prompt; - reads it from standard input.")
    var prompt: String?

    @Option(help: "owner/name, or owner/name:version.")
    var model: String?

    @Option(name: .customLong("input"), help: "Another input of the model: KEY=VALUE, or KEY=@FILE to upload.")
    var inputs: [String] = []

    @OptionGroup var run: RunOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let settings = try Settings.load(global, context, outputDir: run.outputDir)
        if urlsFrom == "-", prompt == "-", !run.literal {
            throw CommandError(.usage, "Standard input can hold the addresses or the prompt, not both")
        }
        let images = urls + (try listed(context.console))
        guard !images.isEmpty else { throw CommandError(.usage, "At least one image URL is required") }
        let reporter = RunReporter(context: context, kind: .video, json: output.json, options: run)
        try await reporter.run(
            settings,
            try run.order(model: model ?? settings.videoModel, prompt: prompt, inputs: inputs, images: images)
        )
    }

    private func listed(_ console: Console) throws -> [String] {
        guard let urlsFrom else { return [] }
        // A pipe may be meant, and is waited for: it was named by the person.
        let handle =
            urlsFrom == "-" ? FileHandle(fileDescriptor: console.input) : FileHandle(forReadingAtPath: urlsFrom)
        guard let handle else { throw CommandError(.usage, "\(urlsFrom) cannot be read") }
        let text: String
        do throws(SettingsFile.Mistake) {
            text = try SettingsFile.text(from: handle.fileDescriptor, name: urlsFrom)
        } catch {
            throw CommandError(.usage, error.description)
        }
        return text.replacing("\u{FEFF}", with: "").split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t,;\"'")) }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }
}
