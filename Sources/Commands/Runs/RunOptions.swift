import ArgumentParser
import Foundation
import Money
import ReplicateAPI

/// Options of the commands that start runs.
struct RunOptions: ParsableArguments {
    @Option(name: .customLong("max-cost"), help: "Refuse when it may cost more, in USD.")
    var maxCost: String?

    @Option(help: "What a model that is billed by time runs on, such as gpu-l40s; remembered.")
    var hardware: String?

    @Option(name: .customLong("output-dir"), help: "Where outputs are saved.")
    var outputDir: String?

    @Flag(name: .customLong("no-download"), help: "Do not save outputs.")
    var noDownload = false

    @Flag(name: .customLong("no-wait"), help: "Return as soon as the runs are accepted.")
    var noWait = false

    @Option(help: "Seconds to wait for the end; the run goes on after it.")
    var timeout: Double?

    @Option(help: "Seconds between questions; by default the program knows better.")
    var interval: Double?

    @Option(help: "How many runs of each prompt.")
    var count = 1

    @Flag(help: "Take the prompt as it stands: {a|b} makes no alternatives, - and @ mean themselves.")
    var literal = false

    init() {}

    mutating func validate() throws {
        guard (1...1_000).contains(count) else { throw ValidationError("--count must be between 1 and 1000.") }
        if let interval, interval <= 0 { throw ValidationError("--interval must be above zero.") }
        if let maxCost, Money(maxCost) == nil { throw ValidationError("--max-cost must be an amount such as 0.50.") }
    }
}

extension RunOptions {
    /// What is to be run with these options.
    func order(
        model: String,
        prompt: String? = nil,
        inputs: [String],
        images: [String] = []
    ) throws -> CommandOrder {
        CommandOrder(
            model: model,
            prompt: prompt,
            isLiteral: literal,
            inputs: try inputs.map(InputArgument.init),
            images: images,
            count: count
        )
    }
}

/// `KEY=VALUE` and `KEY=@FILE` as they stand on the command line.
struct InputArgument: Hashable, Sendable {
    let key: String
    let value: String

    /// Throws ``CommandError`` when there is no key.
    init(_ text: String) throws {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw CommandError(.usage, "\(text) is no input: write KEY=VALUE or KEY=@FILE")
        }
        key = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
    }

    /// The file to upload; nil for a value.
    var file: String? { value.hasPrefix("@") && value.count > 1 ? String(value.dropFirst()) : nil }
}
