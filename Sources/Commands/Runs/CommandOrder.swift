import Composing
import Foundation
import ReplicateAPI

/// What a command was given to run or to price, in its own words.
struct CommandOrder {
    /// `owner/name` or `owner/name:version`.
    var model: String
    /// nil: none was given apart from the inputs.
    var prompt: String?
    /// Takes the prompt as it stands: no alternatives, and neither `-` nor `@` means anything in it.
    var isLiteral = false
    var inputs: [InputArgument] = []
    /// Addresses in order, and files as `@FILE`.
    var images: [String] = []
    var count = 1
    /// Whether what the model requires may be left out: nothing is run.
    var mayBeIncomplete = false

    /// As the composer takes it. What standard input holds stands in for a prompt of `-`.
    ///
    /// - Parameter details: nil: nobody has asked for the model yet.
    func order(_ details: ModelDetails?, standardInput: StandardInput) throws -> GivenRun {
        var run = GivenRun(
            model: details?.path ?? ModelReference(model)?.description ?? model,
            details: details,
            prompt: try prompt.map { try text($0, standardInput) },
            readsAlternatives: !isLiteral,
            images: images.map { image in
                image.hasPrefix("@") ? .file(InputFile(lookingAt: String(image.dropFirst()))) : .address(image)
            },
            inputs: try inputs.map { GivenInput($0.key, try value($0, details?.schema, standardInput)) },
            count: count
        )
        run.mayBeIncomplete = mayBeIncomplete
        return run
    }

    private func value(
        _ argument: InputArgument,
        _ schema: InputSchema?,
        _ standardInput: StandardInput
    ) throws -> GivenInput.Value {
        if argument.key == "prompt" || argument.key == schema?.promptField {
            if isLiteral { return .typed(argument.value) }
            if argument.file == nil { return .typed(try text(argument.value, standardInput)) }
        }
        return argument.file.map { .file(InputFile(lookingAt: $0)) } ?? .typed(argument.value)
    }

    private func text(_ prompt: String, _ standardInput: StandardInput) throws -> String {
        prompt == "-" && !isLiteral ? try standardInput.prompt() : prompt
    }
}

/// Standard input as a prompt: read to its end, once.
final class StandardInput {
    private let descriptor: Int32
    private var text: String?

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Without the line break at its end. Throws ``CommandError`` when there is nothing.
    func prompt() throws -> String {
        if let text { return text }
        let data = (try? FileHandle(fileDescriptor: descriptor).readToEnd()) ?? Data()
        var read = String(decoding: data, as: UTF8.self).replacing("\u{FEFF}", with: "")
        if read.last?.isNewline == true { read.removeLast() }
        guard !read.isEmpty else { throw CommandError(.usage, "Standard input holds no prompt") }
        text = read
        return read
    }
}
