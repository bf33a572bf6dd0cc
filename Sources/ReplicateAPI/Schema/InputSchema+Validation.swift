import Foundation

/// Why a value does not fit its field; ``message`` reads after the field's name.
package struct InputIssue: Hashable, Sendable {
    package let field: String
    package let message: String

    package init(field: String, message: String) {
        self.field = field
        self.message = message
    }
}

extension InputSchema {
    /// Every reason why the server would refuse `input`, in the order of the fields; empty when it fits.
    ///
    /// Keys that the schema does not know are refused too, as the server does.
    package func issues(in input: JSONObject) -> [InputIssue] {
        guard !fields.isEmpty else { return [] }
        let known = fields.compactMap { field in
            field.issue(with: input[field.name]).map { InputIssue(field: field.name, message: $0) }
        }
        let names = Set(fields.map(\.name))
        let unknown = input.keys.filter { !names.contains($0) }.sorted()
        return known + unknown.map { InputIssue(field: $0, message: "is not an input of this model") }
    }
}

extension InputField {
    /// Why `value` is refused, such as `must be at most 4`; nil when it fits. A missing value fits unless the field is
    /// required.
    package func issue(with value: JSONValue?) -> String? {
        guard let value, !value.isNull else {
            return isRequired && defaultValue == nil ? "is required" : nil
        }
        switch kind {
        case .text, .secret:
            guard let text = value.string else { return "must be text" }
            return isRequired && text.isEmpty ? "is required" : nil
        case .integer(let minimum, let maximum):
            guard let number = value.integer else { return "must be a whole number" }
            if let minimum, number < minimum { return "must be at least \(minimum)" }
            if let maximum, number > maximum { return "must be at most \(maximum)" }
            return nil
        case .number(let minimum, let maximum):
            guard let number = value.double, number.isFinite else { return "must be a number" }
            if let minimum, number < minimum { return "must be at least \(minimum.shortText)" }
            if let maximum, number > maximum { return "must be at most \(maximum.shortText)" }
            return nil
        case .boolean:
            return value.bool == nil ? "must be true or false" : nil
        case .choice(let values):
            let offered = values.map(\.plain)
            return offered.contains(value.plain) ? nil : "must be one of \(offered.joined(separator: ", "))"
        case .file:
            return value.string.map(ImageURL.issue(with:)) ?? "must be a URL"
        case .files(let most):
            guard let urls = value.array else { return "must be a list of URLs" }
            if isRequired && urls.isEmpty { return "needs at least one URL" }
            if let most, urls.count > most { return "takes at most \(most) URLs" }
            for (index, url) in urls.enumerated() {
                if let issue = url.string.map(ImageURL.issue(with:)) ?? "must be a URL" {
                    return "\(index + 1): \(issue)"
                }
            }
            return nil
        case .texts:
            guard let texts = value.array, texts.allSatisfy({ $0.string != nil }) else {
                return "must be a list of texts"
            }
            return nil
        case .json:
            return nil
        }
    }

    /// The value for what a person typed, by the field's kind; nil when it cannot be read as that.
    ///
    /// Empty text means "not sent" and gives nil as well. Choices take the enum's own type.
    package func value(typed text: String) -> JSONValue? {
        guard !text.isEmpty else { return nil }
        switch kind {
        case .text, .secret, .file: return .string(text)
        case .integer: return Int64(text).map(JSONValue.integer)
        case .number: return Int64(text).map(JSONValue.integer) ?? Double(text).map(JSONValue.number)
        case .boolean:
            switch text.lowercased() {
            case "true", "yes", "on", "1": return true
            case "false", "no", "off", "0": return false
            default: return nil
            }
        case .choice(let values): return values.first { $0.plain == text }
        case .files, .texts:
            if text.hasPrefix("["), let value = try? JSONValue(parsing: Data(text.utf8)), value.array != nil {
                return value
            }
            return .array(text.split(whereSeparator: \.isNewline).map { .string(String($0)) })
        case .json: return try? JSONValue(parsing: Data(text.utf8))
        }
    }
}

extension Double {
    /// Without a trailing `.0`.
    package var shortText: String { Int64(exactly: self).map(String.init) ?? String(self) }
}
