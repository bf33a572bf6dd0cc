import Foundation
import Money
import ReplicateAPI

/// Reads the fields of a body and collects all issues, in the order of reading.
///
/// It is as lenient as the reference: `"12"` and `12.0` are whole numbers. Two differences: the reference reads
/// `true` as 1, and drops fields that it does not know; here both are issues, because they are mistakes of the client.
struct FieldReader {
    private let body: JSONObject
    /// Names of the fields that were asked for.
    private var known: Set<String> = []
    private(set) var issues: [FieldIssue] = []

    init(_ body: JSONObject) { self.body = body }

    /// nil when it is missing or wrong, which is noted then, and when an optional one is null.
    mutating func string(_ name: String, isOptional: Bool = false) -> String? {
        guard let value = value(name, isOptional: isOptional) else { return nil }
        guard let text = value.string else {
            note(.type([.string(name)], "string_type", "string", value))
            return nil
        }
        return text
    }

    /// - Parameter most: elements that the list may have. A longer one is refused as a whole, its elements unseen: a
    ///   complaint is many times as long as what it complains about.
    mutating func strings(_ name: String, most: Int) -> [String]? {
        guard let value = value(name, isOptional: false) else { return nil }
        guard let list = value.array else {
            note(.type([.string(name)], "list_type", "list", value))
            return nil
        }
        guard list.count <= most else {
            note(.tooLong(name, .list, most: most, count: list.count, value))
            return nil
        }
        var texts: [String] = []
        for (index, element) in list.enumerated() {
            if let text = element.string {
                texts.append(text)
            } else {
                note(.type([.string(name), .integer(Int64(index))], "string_type", "string", element))
            }
        }
        return texts.count == list.count ? texts : nil
    }

    /// - Parameter most: members that the object may have.
    mutating func object(_ name: String, most: Int) -> JSONObject? {
        guard let value = value(name, isOptional: true) else { return nil }
        guard let object = value.object else {
            note(.type([.string(name)], "dict_type", "dictionary", value))
            return nil
        }
        guard object.count <= most else {
            note(.tooLong(name, .dictionary, most: most, count: object.count, value))
            return nil
        }
        return object
    }

    /// `standard` when it is missing; nil when it is wrong. Numbers beyond 64 bits come as the nearest within.
    mutating func integer(_ name: String, standard: Int64) -> Int64? {
        known.insert(name)
        guard let value = body[name] else { return standard }
        switch value {
        case .integer(let number): return number
        case .unsigned: return .max
        case .number(let number) where number == number.rounded(.towardZero):
            return Int64(exactly: number) ?? (number > 0 ? .max : .min)
        case .number:
            note(
                FieldIssue(
                    path: [.string(name)],
                    type: "int_from_float",
                    message: "Input should be a valid integer, got a number with a fractional part",
                    input: value
                )
            )
        case .string(let text):
            if let number = Self.integer(text) { return number }
            note(
                FieldIssue(
                    path: [.string(name)],
                    type: "int_parsing",
                    message: "Input should be a valid integer, unable to parse string as an integer",
                    input: value
                )
            )
        case .null, .bool, .array, .object: note(.type([.string(name)], "int_type", "integer", value))
        }
        return nil
    }

    /// `standard` when it is missing; nil when it is wrong. Decimal, with the digits that were sent.
    mutating func decimal(_ name: String, standard: Decimal) -> Decimal? {
        known.insert(name)
        guard let value = body[name] else { return standard }
        switch value {
        case .integer(let number): return Decimal(number)
        case .unsigned(let number): return Decimal(number)
        case .number(let number):
            // The shortest text that gives this number is what was sent, up to seventeen digits.
            if let decimal = Self.decimal("\(number)") { return decimal }
            note(.type([.string(name)], "float_type", "number", value))
        case .string(let text):
            if let decimal = Self.decimal(text.filter { $0 != " " }) { return decimal }
            note(
                FieldIssue(
                    path: [.string(name)],
                    type: "float_parsing",
                    message: "Input should be a valid number, unable to parse string as a number",
                    input: value
                )
            )
        case .null, .bool, .array, .object: note(.type([.string(name)], "float_type", "number", value))
        }
        return nil
    }

    mutating func sent(_ name: String) -> JSONValue {
        known.insert(name)
        return body[name] ?? .null
    }

    /// Notes the fields that nobody has asked for, in the order of their names: what is sent is used or refused, never
    /// dropped. One that is null asks for nothing.
    mutating func refuseUnknown() {
        for (name, value) in body.sorted(by: { $0.key < $1.key }) where !known.contains(name) && !value.isNull {
            note(.extra([.string(name)], value))
        }
    }

    mutating func note(_ issue: FieldIssue) { issues.append(issue) }

    private mutating func value(_ name: String, isOptional: Bool) -> JSONValue? {
        known.insert(name)
        guard let value = body[name] else {
            if !isOptional { note(.missing([.string(name)], in: .object(body))) }
            return nil
        }
        return isOptional && value.isNull ? nil : value
    }

    private static func integer(_ text: String) -> Int64? {
        var digits = text.trimmingCharacters(in: .whitespaces).replacing("_", with: "")[...]
        if let point = digits.firstIndex(of: "."), digits[digits.index(after: point)...].allSatisfy({ $0 == "0" }) {
            digits = digits[..<point]
        }
        return Int64(digits)
    }

    private static func decimal(_ text: String) -> Decimal? {
        let allowed = "0123456789+-.eE"
        guard let number = Double(text), number.isFinite, text.allSatisfy(allowed.contains),
            let decimal = Decimal(pointed: text), decimal.isFinite
        else { return nil }
        return decimal
    }
}
