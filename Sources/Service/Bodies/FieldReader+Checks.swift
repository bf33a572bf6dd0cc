import Foundation
import ReplicateAPI

/// What fields may hold, beyond their type.
extension FieldReader {
    /// Characters of a prompt.
    static let longestPrompt = 10_000
    static let mostImages = 100
    /// Inputs of a model; no model has as many.
    static let mostInputs = 1_000

    mutating func prompt() -> String? {
        guard let text = string("prompt") else { return nil }
        checkPrompt(text)
        return text
    }

    mutating func optionalPrompt() -> String? {
        guard let text = string("prompt", isOptional: true) else { return nil }
        checkPrompt(text)
        return text
    }

    private mutating func checkPrompt(_ text: String) {
        let path: [JSONValue] = ["prompt"]
        if text.isEmpty {
            note(
                FieldIssue(
                    path: path,
                    type: "string_too_short",
                    message: "String should have at least 1 character",
                    input: .string(text),
                    context: ["min_length": 1]
                )
            )
        } else if text.unicodeScalars.count > Self.longestPrompt {
            note(
                FieldIssue(
                    path: path,
                    type: "string_too_long",
                    message: "String should have at most \(Self.longestPrompt) characters",
                    input: .string(text),
                    context: ["max_length": .integer(Int64(Self.longestPrompt))]
                )
            )
        } else if text.allSatisfy(\.isWhitespace) {
            note(.value(path, "must not be blank", .string(text)))
        } else if text.unicodeScalars.contains(where: Self.isControl) {
            note(.value(path, "must not hold control characters", .string(text)))
        }
    }

    /// C0 but for tab and line breaks, DEL and C1.
    private static func isControl(_ scalar: UnicodeScalar) -> Bool {
        scalar.properties.generalCategory == .control && !["\t", "\n", "\r"].contains(scalar)
    }

    mutating func model() -> ModelReference? {
        guard let text = string("model", isOptional: true) else { return nil }
        guard let reference = ModelReference(text) else {
            let words = ModelReference.issue(with: text)
            note(.value(["model"], words, .string(text)))
            return nil
        }
        return reference
    }

    mutating func imageURLs() -> [String] {
        guard let urls = strings("image_urls", most: Self.mostImages) else { return [] }
        for (index, url) in urls.enumerated() {
            if let issue = ImageURL.issue(with: url) {
                note(.value(["image_urls", .integer(Int64(index))], issue, .string(url)))
            }
        }
        return urls
    }

    mutating func callbackURL() -> String? {
        guard let text = string("callback_url", isOptional: true) else { return nil }
        if let issue = CallbackAddress.issue(with: text) { note(.value(["callback_url"], issue, .string(text))) }
        return text
    }

    /// Opaque, but never more than a name: it becomes part of an address.
    mutating func predictionID() -> String {
        guard let id = string("prediction_id") else { return "" }
        let pattern = "^[A-Za-z0-9_-]{1,64}$"
        let fits = id.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        if !fits || !(1...64).contains(id.utf8.count) {
            note(
                FieldIssue(
                    path: ["prediction_id"],
                    type: "string_pattern_mismatch",
                    message: "String should match pattern '\(pattern)'",
                    input: .string(id),
                    context: ["pattern": .string(pattern)]
                )
            )
        }
        return id
    }

    /// The model's other inputs: `input`, and `seed` beside it; and which of them stand beside it.
    mutating func inputs() -> (values: JSONObject, ownFields: Set<String>) {
        var inputs = object("input", most: Self.mostInputs) ?? [:]
        guard let seed = optionalSeed() else { return (inputs, []) }
        if inputs["seed"] != nil { note(.value(["seed"], "is given twice", seed)) }
        inputs["seed"] = seed
        return (inputs, ["seed"])
    }

    private mutating func optionalSeed() -> JSONValue? {
        let value = sent("seed")
        // Seeds may need all 64 bits.
        if case .unsigned = value { return value }
        if let text = value.string, let seed = JSONValue(digits: text) { return seed }
        guard !value.isNull, let seed = integer("seed", standard: 0) else { return nil }
        return .integer(seed)
    }

    mutating func whole(_ name: String, standard: Int64, least: Int64, most: Int64 = .max) -> Int64 {
        guard let number = integer(name, standard: standard) else { return standard }
        check(name, Decimal(number), least: Decimal(least), most: most == .max ? nil : Decimal(most))
        return number
    }

    mutating func check(_ name: String, _ number: Decimal, least: Decimal, most: Decimal?) {
        let input = sent(name)
        func issue(_ type: String, _ words: String, _ key: String, _ bound: Decimal) -> FieldIssue {
            let limit = JSONValue.integer(NSDecimalNumber(decimal: bound).int64Value)
            return FieldIssue(
                path: [.string(name)],
                type: type,
                message: "Input should be \(words) \(bound)",
                input: input,
                context: [key: limit]
            )
        }
        if number < least { note(issue("greater_than_equal", "greater than or equal to", "ge", least)) }
        if let most, number > most { note(issue("less_than_equal", "less than or equal to", "le", most)) }
    }
}
