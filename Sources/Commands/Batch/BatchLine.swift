import Foundation
import Predictions
import ReplicateAPI
import ReplicateClient

/// Turns records of a batch into orders. Reading the same batch again gives the same keys.
struct BatchOrders {
    /// What the command line says for every line.
    struct Defaults: Sendable {
        var model: String
        var inputs: [CommandOrder.Input]
        var options: RunOptions
        /// Stands before every key.
        var keyPrefix: String
        var surroundings: Surroundings
    }

    let defaults: Defaults
    /// How often a line without a key of its own has come.
    private var occurrences: [Int: Int] = [:]

    init(_ defaults: Defaults) { self.defaults = defaults }

    /// Throws ``BatchMistake``.
    mutating func order(_ record: BatchRecord) throws -> RunOrder {
        func mistake(_ text: String) -> BatchMistake { BatchMistake(line: record.line, description: text) }
        var line = try Line(record)
        let names = line.names
        line.inputs += defaults.inputs.filter { input in
            switch input {
            case .argument(let argument): !names.contains(argument.key)
            case .json(let name, _): !names.contains(name)
            }
        }
        var given = CommandOrder(
            model: line.model ?? defaults.model,
            prompt: line.prompt,
            isLiteral: defaults.options.literal,
            count: line.count
        )
        given.readsStandardInput = false
        given.inputs = line.inputs
        var order = RunOrder(given: given)
        let key = defaults.keyPrefix + (line.key ?? automaticKey(given))
        if let issue = OrderKey.issue(with: key) { throw mistake("has a key that \(issue)") }
        order.key = key
        order.isForced = defaults.options.force
        order.hardware = defaults.options.hardware
        order.tags = defaults.options.uniqueTags
        order.savesOutputs = !defaults.options.noDownload
        if let output = line.output {
            if output.hasSuffix("/") || output == "-" { throw mistake("has an output that names no file") }
            let path = defaults.options.outputDir.map { output.hasPrefix("/") ? output : "\($0)/\(output)" } ?? output
            order.target = defaults.options.target(file: path, defaults.surroundings)
        } else {
            order.target = defaults.options.pattern.map {
                OutputTarget($0, overwrites: defaults.options.overwrite)
            }
        }
        return order
    }

    /// What is ordered and, where the same is ordered several times, for which time: so a line is the same at the next
    /// start, wherever it stands.
    private mutating func automaticKey(_ given: CommandOrder) -> String {
        var parts: [JSONValue] = [
            .string(given.model), .string(given.prompt ?? ""), .bool(given.isLiteral), .integer(Int64(given.count)),
        ]
        for input in given.inputs {
            switch input {
            case .argument(let argument): parts += [.string(argument.key), .string(argument.value)]
            case .json(let name, let value): parts += [.string(name), value]
            }
        }
        let digest = Digest.hex(Digest.sha256(Data(JSONValue.array(parts).text().utf8))).prefix(24)
        let key = "line-\(digest)"
        let count = occurrences[key.hashValue, default: 0] + 1
        occurrences[key.hashValue] = count
        return count == 1 ? key : "\(key)-\(count)"
    }
}

/// What one record says.
private struct Line {
    var key: String?
    var model: String?
    var count = 1
    var output: String?
    var prompt: String?
    var inputs: [CommandOrder.Input] = []

    init(_ record: BatchRecord) throws {
        func mistake(_ text: String) -> BatchMistake { BatchMistake(line: record.line, description: text) }
        switch record.content {
        case .prompt(let text): prompt = text
        case .cells(let cells):
            for (name, text) in cells {
                switch name {
                case "key": key = text
                case "model": model = text
                case "output": output = text
                case "prompt": prompt = text
                case "count":
                    guard let number = Int(text), (1...1_000).contains(number) else {
                        throw mistake("has a count that is no number from 1 to 1000")
                    }
                    count = number
                default:
                    let input = name.hasPrefix("input.") ? String(name.dropFirst(6)) : name
                    inputs.append(.argument(InputArgument(key: input, value: text)))
                }
            }
        case .object(let object):
            for (name, value) in object.sorted(by: { $0.key < $1.key }) {
                func text() throws -> String? {
                    if value.isNull { return nil }
                    if let text = value.string { return text }
                    // Stock numbers are numbers in many files.
                    if name == "key", let number = value.integer { return "\(number)" }
                    throw mistake("has a \(name) that is no text")
                }
                switch name {
                case "key": key = try text()
                case "model": model = try text()
                case "output": output = try text()
                case "prompt" where value.string != nil: prompt = value.string
                case "count":
                    guard let number = value.integer.flatMap(Int.init(exactly:)), (1...1_000).contains(number) else {
                        throw mistake("has a count that is no number from 1 to 1000")
                    }
                    count = number
                case "input" where value.object != nil:
                    for (name, value) in (value.object ?? [:]).sorted(by: { $0.key < $1.key }) {
                        if name == "prompt", object["prompt"] == nil, let text = value.string {
                            prompt = text
                        } else {
                            inputs.append(.json(name, value))
                        }
                    }
                default: inputs.append(.json(name, value))
                }
            }
        }
    }

    /// Of the inputs that it gives itself.
    var names: Set<String> {
        Set(
            inputs.map { input in
                switch input {
                case .argument(let argument): argument.key
                case .json(let name, _): name
                }
            }
        )
    }
}
