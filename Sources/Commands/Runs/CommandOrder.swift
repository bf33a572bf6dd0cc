import Composing
import Foundation
import ReplicateAPI

/// What a command was given to run or to price, in its own words.
struct CommandOrder: Sendable {
    /// An input by name: as it stands on a command line or in a cell, or as a JSON value.
    enum Input: Sendable {
        /// `KEY=VALUE` and `KEY=@FILE`.
        case argument(InputArgument)
        /// A text that begins with `@` names a file where the input takes one.
        case json(String, JSONValue)
    }

    /// `owner/name` or `owner/name:version`.
    var model: String
    /// nil: none was given apart from the inputs.
    var prompt: String?
    /// Whether `-` as the prompt is what standard input holds.
    var readsStandardInput = true
    /// Takes the prompt as it stands: no alternatives, and neither `-` nor `@` means anything in it.
    var isLiteral = false
    var inputs: [Input] = []
    /// Addresses in order, and files as `@FILE`, or by their path where there is such a file.
    var images: [String] = []
    var count = 1
    /// Whether what the model requires may be left out: nothing is run.
    var mayBeIncomplete = false

    /// As the composer takes it.
    ///
    /// - Parameter details: nil: nobody has asked for the model yet.
    func order(_ details: ModelDetails?, files: InputFiles) throws -> GivenRun {
        var run = GivenRun(
            model: details?.path ?? ModelReference(model)?.description ?? model,
            details: details,
            prompt: try prompt.map { try text($0, files) },
            readsAlternatives: !isLiteral,
            images: try images.map { try image($0, files) },
            inputs: try inputs.flatMap { try given($0, details?.schema, files) },
            count: count
        )
        run.mayBeIncomplete = mayBeIncomplete
        return run
    }

    private func image(_ text: String, _ files: InputFiles) throws -> GivenImage {
        if text.hasPrefix("@"), text.count > 1 { return .file(try files.look(at: String(text.dropFirst()))) }
        guard !text.contains("://"), !text.hasPrefix("data:") else { return .address(text) }
        let file = try files.look(at: text)
        return file.obstacle == .missing ? .address(text) : .file(file)
    }

    private func given(_ input: Input, _ schema: InputSchema?, _ files: InputFiles) throws -> [GivenInput] {
        switch input {
        case .argument(let argument): [GivenInput(argument.key, try value(argument, schema, files))]
        case .json(let name, let value): try Self.values(value, files).map { GivenInput(name, $0) }
        }
    }

    /// Of a list with files in it each element by itself.
    private static func values(_ value: JSONValue, _ files: InputFiles) throws -> [GivenInput.Value] {
        func file(_ value: JSONValue) -> String? {
            value.string.flatMap { $0.hasPrefix("@") && $0.count > 1 ? String($0.dropFirst()) : nil }
        }
        if let path = file(value) { return [.file(try files.look(at: path))] }
        guard let elements = value.array, elements.contains(where: { file($0) != nil }) else { return [.json(value)] }
        return try elements.map { element in
            try file(element).map { .file(try files.look(at: $0)) } ?? .json(element)
        }
    }

    private func value(
        _ argument: InputArgument,
        _ schema: InputSchema?,
        _ files: InputFiles
    ) throws -> GivenInput.Value {
        if argument.key == "prompt" || argument.key == schema?.promptField {
            if isLiteral { return .typed(argument.value) }
            if argument.file == nil { return .typed(try text(argument.value, files)) }
        }
        return try argument.file.map { .file(try files.look(at: $0)) } ?? .typed(argument.value)
    }

    private func text(_ prompt: String, _ files: InputFiles) throws -> String {
        prompt == "-" && !isLiteral && readsStandardInput ? try files.standardText(for: "the prompt") : prompt
    }
}
