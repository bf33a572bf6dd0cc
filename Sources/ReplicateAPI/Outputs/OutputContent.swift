import Foundation

/// An output, separated into its files and everything else.
package struct OutputContent: Hashable, Sendable {
    /// Addresses of files and `data:` URIs, in the order of the output.
    package let files: [String]
    /// The output without its files; nil when nothing else is there. Where the output holds files, null members and
    /// null elements are left out too.
    package let values: JSONValue?

    /// - Parameters:
    ///   - output: the field `output` of a prediction; nil and null mean that there is none.
    ///   - schema: the model's own description of its output. It decides which strings are files; where it says
    ///     nothing, the form of the string decides.
    package init(_ output: JSONValue?, schema: OutputSchema = .anything) {
        guard let output, !output.isEmptyValue else {
            files = []
            values = nil
            return
        }
        var reader = Reader()
        let rest = reader.rest(of: output, schema)
        files = reader.files
        values = reader.files.isEmpty ? output : rest
    }

    /// True when the output holds neither a file nor another value.
    package var isEmpty: Bool { files.isEmpty && values == nil }

    /// ``values`` as text: one string, or an array of strings joined together. Nil for anything else, and for an array
    /// beside files.
    package var text: String? {
        switch values {
        case .string(let text): return text
        case .array(let pieces):
            let strings = pieces.compactMap(\.string)
            return strings.count == pieces.count && files.isEmpty ? strings.joined() : nil
        default: return nil
        }
    }

    private struct Reader {
        var files: [String] = []

        /// The value without its files; nil when nothing is left.
        mutating func rest(of value: JSONValue, _ schema: OutputSchema) -> JSONValue? {
            switch value {
            case .string(let text):
                guard Self.isFile(text, schema) else { return value }
                files.append(text)
                return nil
            case .array(let elements): return rest(of: elements, schema)
            case .object(let members):
                let schemas: [String: OutputSchema] = if case .object(let schemas) = schema { schemas } else { [:] }
                var left: JSONObject = [:]
                for (name, member) in members.sorted(by: { $0.key < $1.key }) where !member.isNull {
                    left[name] = rest(of: member, schemas[name] ?? .anything)
                }
                return left.isEmpty ? nil : .object(left)
            case .null: return nil
            case .bool, .integer, .unsigned, .number: return value
            }
        }

        private mutating func rest(of elements: [JSONValue], _ schema: OutputSchema) -> JSONValue? {
            if schema == .pieces { return .array(elements) }
            let element: OutputSchema = if case .list(let element) = schema { element } else { .anything }
            if element == .anything, Self.areParts(elements) { return .array(elements) }
            let left = elements.compactMap { rest(of: $0, element) }
            return left.isEmpty ? nil : .array(left)
        }

        /// Whether the strings are the pieces of one text that mentions an address: white space or punctuation stands
        /// next to the address.
        private static func areParts(_ elements: [JSONValue]) -> Bool {
            let texts = elements.compactMap(\.string)
            guard texts.count == elements.count else { return false }
            return texts.indices.contains { index in
                guard looksLikeFile(texts[index]) else { return false }
                let before = index > 0 ? texts[index - 1].last : nil
                let after = index + 1 < texts.count ? texts[index + 1].first : nil
                return before?.isWhitespace == true || after.map { $0.isWhitespace || ",.;:!?)".contains($0) } == true
            }
        }

        private static func isFile(_ text: String, _ schema: OutputSchema) -> Bool {
            switch schema {
            case .file, .anything, .list, .object: looksLikeFile(text)
            // Some models declare text and give the address of a file of the API.
            case .text: looksLikeFile(text) && isOfTheAPI(text)
            case .pieces, .value: false
            }
        }

        private static func looksLikeFile(_ text: String) -> Bool {
            let head = text.prefix(8).lowercased()
            if head.hasPrefix("data:") { return isDataURI(text) }
            return ["https://", "http://"].contains { head.hasPrefix($0) } && !text.utf8.contains(where: isBlank)
        }

        /// The part after the comma may hold spaces, for example the source of an SVG drawing.
        private static func isDataURI(_ text: String) -> Bool {
            guard let comma = text.utf8.prefix(200).firstIndex(of: UInt8(ascii: ",")) else { return false }
            return !text.utf8[..<comma].contains(where: isBlank)
        }

        private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

        private static func isOfTheAPI(_ text: String) -> Bool {
            if text.prefix(5).lowercased() == "data:" { return true }
            let host = text.split(separator: "/").dropFirst().first?.prefix { $0 != ":" }.lowercased() ?? ""
            return ["replicate.delivery", "replicate.com"].contains { host == $0 || host.hasSuffix(".\($0)") }
        }
    }
}

extension JSONValue {
    /// The same document, where each string that is a key of `names` is replaced by its value. Keys of objects are not
    /// changed.
    package func replacing(_ names: [String: String]) -> JSONValue {
        switch self {
        case .string(let text): .string(names[text] ?? text)
        case .array(let elements): .array(elements.map { $0.replacing(names) })
        case .object(let members): .object(members.mapValues { $0.replacing(names) })
        case .null, .bool, .integer, .unsigned, .number: self
        }
    }

    /// The document without the strings in `texts` and without null; nil when nothing is left. Empty arrays and objects
    /// are left out too.
    package func removing(_ texts: Set<String>) -> JSONValue? {
        switch self {
        case .null: return nil
        case .bool, .integer, .unsigned, .number: return self
        case .string(let text): return texts.contains(text) ? nil : self
        case .array(let elements):
            let left = elements.compactMap { $0.removing(texts) }
            return left.isEmpty ? nil : .array(left)
        case .object(let members):
            let left = members.compactMapValues { $0.removing(texts) }
            return left.isEmpty ? nil : .object(left)
        }
    }

    /// True for null, an empty string, and an array or object that holds only such values.
    package var isEmptyValue: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.allSatisfy(\.isEmptyValue)
        case .object(let members): members.values.allSatisfy(\.isEmptyValue)
        case .bool, .integer, .unsigned, .number: false
        }
    }
}

extension Prediction {
    /// The output, separated by the form of its strings. For callers that do not have the model's ``OutputSchema``.
    package var content: OutputContent { OutputContent(output) }

    /// The files of the output, recognised by the form of the strings, in order.
    package var outputURLs: [String] { content.files }

    /// The text that the model wrote; nil for files and for other values.
    package var outputText: String? { content.text }

    /// True when the prediction succeeded and its output is empty: most often a safety filter removed it. False when
    /// the server has removed the data.
    package var succeededWithoutOutput: Bool { status == .succeeded && !dataRemoved && (output?.isEmptyValue ?? true) }

    /// The last line of the log that is neither blank nor a progress bar, without white space at its ends and without a
    /// bar before it; nil when there is none. Looks at the last 4,096 characters only.
    package static func lastLine(ofLogs logs: String) -> String? {
        logs.suffix(4_096).split(whereSeparator: \.isNewline).reversed().lazy
            .map { LogProgress.text(besideBarsIn: $0).trimmingCharacters(in: .whitespaces) }
            .first { !$0.isEmpty }
    }
}
