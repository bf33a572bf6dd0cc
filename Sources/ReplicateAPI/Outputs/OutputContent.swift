import Foundation

/// An output taken apart: what is a file, and what is not.
package struct OutputContent: Hashable, Sendable {
    /// Addresses of files and `data:` URIs, in order.
    package let files: [String]
    /// The output without its files; nil when that is all, or nothing is there at all. Members and elements that are null
    /// beside files are left out with them.
    package let values: JSONValue?

    /// - Parameter schema: what the model says; it decides, and where it says nothing the look does.
    package init(_ output: JSONValue?, schema: OutputSchema = .anything) {
        guard let output, !output.isNothing else {
            files = []
            values = nil
            return
        }
        var reader = Reader()
        let rest = reader.rest(of: output, schema)
        files = reader.files
        values = reader.files.isEmpty ? output : rest
    }

    /// Nothing was made.
    package var isNothing: Bool { files.isEmpty && values == nil }

    /// ``values`` as text where it is text: one string, or the pieces of a streamed one joined. nil for anything else.
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

        /// What is left without files; nil: nothing.
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

        /// Whether strings are a text that came in pieces and mentions an address: what is beside it goes on.
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
            // Models that pass on what others make call it text: what lies with the API is a file all the same.
            case .text: looksLikeFile(text) && isOfTheAPI(text)
            case .pieces, .value: false
            }
        }

        private static func looksLikeFile(_ text: String) -> Bool {
            let head = text.prefix(8).lowercased()
            if head.hasPrefix("data:") { return isDataURI(text) }
            return ["https://", "http://"].contains { head.hasPrefix($0) } && !text.utf8.contains(where: isBlank)
        }

        /// What comes after the comma may hold blanks, such as the text of a drawing.
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
    /// The same document with other texts in place of those that are keys of `names`.
    package func replacing(_ names: [String: String]) -> JSONValue {
        switch self {
        case .string(let text): .string(names[text] ?? text)
        case .array(let elements): .array(elements.map { $0.replacing(names) })
        case .object(let members): .object(members.mapValues { $0.replacing(names) })
        case .null, .bool, .integer, .unsigned, .number: self
        }
    }

    /// What is left without these texts, and without what is null; nil: nothing.
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

    /// null, an empty text, or a collection of nothing but such.
    package var isNothing: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.allSatisfy(\.isNothing)
        case .object(let members): members.values.allSatisfy(\.isNothing)
        case .bool, .integer, .unsigned, .number: false
        }
    }
}

extension Prediction {
    /// The output by its look: for who knows nothing of the model.
    package var content: OutputContent { OutputContent(output) }

    /// The outputs that are files by their look, in order.
    package var outputURLs: [String] { content.files }

    /// The output of a model that writes text. nil for files and for values.
    package var outputText: String? { content.text }

    /// It succeeded, and there is nothing: filtered, most of the time. false when the server has removed what there was.
    package var madeNothing: Bool { status == .succeeded && !dataRemoved && (output?.isNothing ?? true) }

    /// The last line of the log that says anything; nil when there is none.
    package static func lastLine(ofLogs logs: String) -> String? {
        logs.suffix(4_096).split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
