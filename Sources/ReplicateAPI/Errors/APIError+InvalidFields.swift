extension APIError.InvalidField {
    /// The key of the input that is meant: ``field`` without the places inside of it, so `images` for `images.0`.
    package var input: String { String(field.prefix { $0 != "." && $0 != "[" }) }

    /// A sentence that names the field; many of the server's own do already.
    package var sentence: String {
        let words = message.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return words.contains(input[...]) ? message : "\(field): \(message)"
    }
}

extension APIError {
    /// The fields that a refusal names, from whichever part of the answer names them:
    ///
    /// - `invalid_fields`: `[{type, field: "input.steps", description}]`. What is missing or unknown is named in the
    ///   description alone, with `field: "input"`, or an empty one outside of the input;
    /// - `detail` as a list, as the models' own web framework has it: `[{loc: ["body", "input", "prompt"], msg, type}]`;
    /// - `detail` as text: `- input.steps: Must be less than or equal to 4`, a line each.
    static func invalidFields(_ body: JSONValue?) -> [InvalidField] {
        let listed = (body?["invalid_fields"]?.array ?? []) + (body?["detail"]?.array ?? [])
        let named = listed.compactMap(invalidField)
        return named.isEmpty ? lines(of: body?["detail"]?.string ?? "") : named
    }

    private static func invalidField(_ value: JSONValue) -> InvalidField? {
        guard let place = value["field"]?.string ?? value["loc"]?.array.map(path) else { return nil }
        let message = value["description"]?.string ?? value["msg"]?.string ?? ""
        return InvalidField(type: value["type"]?.string ?? "", place: place, message: message)
    }

    private static func path(_ steps: [JSONValue]) -> String {
        let steps = steps.map(\.plain)
        return (steps.first == "body" ? steps[1...] : steps[...]).joined(separator: ".")
    }

    private static func lines(of detail: String) -> [InvalidField] {
        detail.prefix(20_000).split(whereSeparator: \.isNewline).compactMap { line in
            guard line.hasPrefix("- ") else { return nil }
            let text = line.dropFirst(2)
            let colon = text.firstIndex(of: ":")
            // A colon further on is part of the sentence: a place has no blanks.
            guard let colon, !text[..<colon].contains(" ") else {
                return InvalidField(type: "", place: "", message: String(text))
            }
            return InvalidField(
                type: "",
                place: String(text[..<colon]),
                message: String(text[text.index(after: colon)...].drop { $0 == " " })
            )
        }
    }
}

extension APIError.InvalidField {
    /// Nil when neither the place nor the message names a field.
    fileprivate init?(type: String, place: String, message: String) {
        var message = message
        for prefix in ["\(place): ", "- \(place): "] where !place.isEmpty && message.hasPrefix(prefix) {
            message.removeFirst(prefix.count)
        }
        if message.isEmpty { message = "is not accepted" }
        let isWhole = place.isEmpty || place == "input"
        let key = place.hasPrefix("input.") ? String(place.dropFirst("input.".count)) : place
        guard let field = isWhole ? Self.subject(of: message) ?? (place.isEmpty ? nil : place) : key else { return nil }
        self.init(type: type, field: field, message: String(message.prefix(2_000)))
    }

    /// The key in `prompt is required` and in `Additional property size is not allowed`.
    private static func subject(of message: String) -> String? {
        let words = message.split(separator: " ").map(String.init)
        if words.count == 3, words[1...] == ["is", "required"] { return words[0] }
        if words.count >= 3, words[..<2] == ["Additional", "property"] { return words[2] }
        return nil
    }
}
