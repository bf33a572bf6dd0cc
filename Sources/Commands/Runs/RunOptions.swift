import ArgumentParser
import Foundation
import Money
import Predictions
import ReplicateAPI
import Search

/// Options of the commands that start runs, one or many.
struct RunOptions: ParsableArguments {
    @Option(help: "What a model that is billed by time runs on, such as gpu-l40s; remembered.", completion: .hardware)
    var hardware: String?

    @Option(name: .customLong("output-dir"), help: "Where outputs are saved.")
    var outputDir: String?

    @Option(
        help: ArgumentHelp(
            "How files are named below that folder: {key} {index} {run} {ext} {prompt} {model} {seed} {date} {id}.",
            valueName: "pattern"
        )
    )
    var name: String?

    @Flag(help: "Replace files that have the name; without it, they stay and the new file gets a number.")
    var overwrite = false

    @Flag(name: .customLong("no-clobber"), help: "Make nothing where the file of -o is there already.")
    var noClobber = false

    @Flag(name: .customLong("no-download"), help: "Do not save outputs.")
    var noDownload = false

    @Option(
        help: ArgumentHelp("Time to wait for the end, such as 90 or 5m; the run goes on after it.", valueName: "time")
    )
    var timeout: TimeSpan?

    @Option(
        help:
            "Seconds between two questions to the server; without it, the age of the run and the usual time of the model say when."
    )
    var interval: Double?

    @Option(
        name: .customLong("tag"),
        help: "A word by which `list --tag` finds the run; may be repeated.",
        completion: .tag
    )
    var tags: [String] = []

    @Flag(help: "Make a run also where there is one under the key.")
    var force = false

    @Option(
        name: .customLong("input-file"),
        help: "A JSON file with inputs, or - for standard input; those of the command line come before them."
    )
    var inputFile: String?

    @Flag(help: "Take the prompt as it stands: {a|b} makes no alternatives, - and @ mean themselves.")
    var literal = false

    @OptionGroup var notice: NoticeOptions

    init() {}

    mutating func validate() throws {
        if let interval { try QuestionInterval.check(interval) }
        if overwrite, noClobber { throw ValidationError("--overwrite and --no-clobber exclude each other.") }
        if noDownload, name != nil || overwrite || noClobber {
            throw ValidationError("--no-download saves nothing: --name, --overwrite and --no-clobber go without it.")
        }
        for tag in tags {
            guard TagCommand.isTag(tag) else { throw ValidationError("--tag must be a word.") }
        }
        if let name {
            do { _ = try OutputPattern(name) } catch { throw ValidationError("--name: \(error).") }
        }
    }

    /// The pattern of `--name`; nil without one.
    var pattern: OutputPattern? { name.flatMap { try? OutputPattern($0).withEnding } }

    /// Each once, as they were given.
    var uniqueTags: [String] { tags.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }

    /// Where `file` goes: as a person writes it.
    func target(file: String, _ surroundings: Surroundings) -> OutputTarget {
        OutputTarget(file: file, overwrites: overwrite, skipsExisting: noClobber, surroundings)
    }

    /// The inputs of `--input-file` that are not named in `given`.
    func fileInputs(besides given: [InputArgument], _ files: InputFiles) throws -> [CommandOrder.Input] {
        guard let inputFile else { return [] }
        let text = try files.text(of: inputFile, for: "the inputs")
        let value: JSONValue
        do { value = try JSONValue(parsing: Data(text.utf8), refusesRepeats: true) } catch {
            throw CommandError(.usage, "\(inputFile) holds no JSON object of inputs: \(error)")
        }
        guard let object = value.object else {
            throw CommandError(.usage, "\(inputFile) holds no JSON object of inputs")
        }
        let names = Set(given.map(\.key))
        return object.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }.map { .json($0.key, $0.value) }
    }
}

/// Options of the commands that start the runs of one order.
struct OrderOptions: ParsableArguments {
    @Option(name: .customLong("max-cost"), help: "Refuse when it may cost more, in USD.")
    var maxCost: String?

    @Option(
        help: """
            A name of your own for what is ordered: the same order under the same key is made and paid once, whatever is \
            killed or run again.
            """
    )
    var key: String?

    @Option(help: "How many runs of each prompt.")
    var count = 1

    @Flag(name: .customLong("no-wait"), help: "Return as soon as the runs are accepted.")
    var noWait = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("The file to save to; - writes it to standard output.", valueName: "file")
    )
    var file: String?

    @Option(name: .customLong("prompt-file"), help: "A file with the prompt, or - for standard input.")
    var promptFile: String?

    init() {}

    mutating func validate() throws {
        guard (1...1_000).contains(count) else { throw ValidationError("--count must be between 1 and 1000.") }
        if let maxCost, Money(maxCost) == nil { throw ValidationError("--max-cost must be an amount such as 0.50.") }
        if let key, let issue = OrderKey.issue(with: key) { throw ValidationError("--key \(issue).") }
        if file == "-", noWait || count > 1 { throw ValidationError("-o - takes what one run makes.") }
        if file?.isEmpty == true || file?.hasSuffix("/") == true { throw ValidationError("-o must name a file.") }
    }

    var limit: Money? { maxCost.flatMap { Money($0) } }
}

/// What belongs together of one command that starts runs.
struct OrderCommand {
    let run: RunOptions
    let order: OrderOptions
    let json: Bool

    /// Throws ``CommandError`` for options that exclude each other.
    func check(_ console: Console) throws {
        if order.file != nil, run.name != nil || run.noDownload || run.outputDir != nil {
            throw CommandError(.usage, "-o names the file: --output-dir, --name and --no-download go without it")
        }
        if run.noClobber, order.file == nil || order.file == "-" {
            throw CommandError(.usage, "--no-clobber goes with -o FILE")
        }
        guard order.file == "-" else { return }
        if json { throw CommandError(.usage, "-o - and --json both write to standard output") }
        if isatty(console.output) == 1 {
            throw CommandError(
                .usage,
                "-o - writes bytes, and standard output is a terminal: send it to a file or a program"
            )
        }
    }

    /// The order with what the options say.
    func order(
        model: String,
        prompt: String? = nil,
        inputs: [String],
        images: [String] = [],
        files: InputFiles,
        surroundings: Surroundings
    ) throws -> RunOrder {
        let arguments = try inputs.map(InputArgument.init)
        var text = prompt
        if let file = order.promptFile {
            guard prompt == nil else {
                throw CommandError(.usage, "The prompt is given twice: once with --prompt-file")
            }
            text = try files.text(of: file, for: "the prompt")
            if text?.last?.isNewline == true { text?.removeLast() }
        }
        var given = CommandOrder(model: model, prompt: text, isLiteral: run.literal, images: images, count: order.count)
        // What a file holds is no sign for standard input.
        given.readsStandardInput = order.promptFile == nil
        given.inputs = arguments.map(CommandOrder.Input.argument) + (try run.fileInputs(besides: arguments, files))
        var made = RunOrder(given: given)
        made.hardware = run.hardware
        made.key = order.key
        made.isForced = run.force
        made.tags = run.uniqueTags
        made.savesOutputs = !run.noDownload
        made.target = target(surroundings)
        return made
    }

    /// nil: standard output, or the folder of the settings.
    private func target(_ surroundings: Surroundings) -> OutputTarget? {
        if let file = order.file, file != "-" { return run.target(file: file, surroundings) }
        return run.pattern.map { OutputTarget($0, overwrites: run.overwrite) }
    }
}
