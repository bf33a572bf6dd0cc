extension APIError.InvalidField {
    /// The key of the refused input: ``field`` without the position inside the value, so `images` for `images.0`.
    package var input: String { String(field.prefix { $0 != "." && $0 != "[" }) }

    /// The message as a sentence that names the field. Many messages of the server name it already; they stay as they
    /// are.
    package var sentence: String {
        let words = message.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return words.contains(input[...]) ? message : "\(field): \(message)"
    }
}

extension APIError {
    /// The fields that a refusal names. The server names them in one of three parts of the answer:
    ///
    /// - `invalid_fields`: `[{type, field: "input.steps", description}]`. The server names a missing or unknown input
    ///   in `description` only; `field` is then `"input"`, or empty for a field outside of the input;
    /// - `detail` as a list, the form of the models' own web framework: `[{loc: ["body", "input", "prompt"], msg,
    ///   type}]`;
    /// - `detail` as text, one line for each field: `- input.steps: Must be less than or equal to 4`.
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
            // A position has no spaces: a colon after a space belongs to the sentence.
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
    /// Nil when neither the position nor the message names a field.
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
