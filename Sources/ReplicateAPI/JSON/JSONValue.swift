import Foundation

/// A JSON object: keys are unique, their order is not kept.
package typealias JSONObject = [String: JSONValue]

/// Any JSON value, kept as it was received, so that no part of an answer is lost because a type did not expect it.
///
/// Whole numbers that fit 64 bits, signed or unsigned, stay integers: a `seed` is sent back unchanged. All other
/// numbers are binary floating point and are therefore not used for money.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Used only for numbers above the largest signed one, so that equal numbers are equal values.
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The member of an object; nil when this is not an object or has no such member. A member that is null is `.null`.
    package subscript(key: String) -> JSONValue? { object?[key] }

    /// The text; nil when this is not a string.
    package var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The boolean; nil when this is not a boolean.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements; nil when this is not an array.
    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    /// The members; nil when this is not an object.
    package var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    /// True for `.null` only.
    package var isNull: Bool { self == .null }

    /// The whole number, also when it was written as `4.0`; nil for anything else, and for a number that does not fit a
    /// signed 64-bit integer.
    package var integer: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The whole number, also when it was written as `4.0` or is beyond 64 bits; nil for anything else.
    package var whole: Int128? {
        switch self {
        case .integer(let value): Int128(value)
        case .unsigned(let value): Int128(value)
        case .number(let value): Int128(exactly: value)
        default: nil
        }
    }

    /// The number as floating point, rounded where an integer is beyond 2⁵³; nil when this is not a number.
    package var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The text a user would type for this value: a string without quotes, anything else as JSON.
    package var plain: String {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
        case .unsigned(let value): String(value)
        case .bool(let value): String(value)
        case .null, .number, .array, .object: text()
        }
    }

    /// Every string inside, without the keys: in document order for arrays, in the order of the keys for objects.
    package var strings: [String] {
        switch self {
        case .string(let value): [value]
        case .array(let values): values.flatMap(\.strings)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.strings)
        case .null, .bool, .integer, .unsigned, .number: []
        }
    }
}

extension JSONValue {
    /// `value` as JSON can hold it without loss; beyond 64 bits it becomes the nearest floating point number.
    package init(whole value: Int128) {
        if let integer = Int64(exactly: value) {
            self = .integer(integer)
        } else if let unsigned = UInt64(exactly: value) {
            self = .unsigned(unsigned)
        } else {
            self = .number(Double(value))
        }
    }

    /// A whole number from its decimal digits; nil when the text is not one, or the number does not fit 64 bits.
    package init?(digits text: some StringProtocol) {
        if let integer = Int64(text) {
            self = .integer(integer)
        } else if let unsigned = UInt64(text) {
            self = .unsigned(unsigned)
        } else {
            return nil
        }
    }

    /// Whether the two are equal, where `4` and `4.0` count as equal at any depth.
    package func isSame(as other: JSONValue) -> Bool {
        if self == other { return true }
        switch (self, other) {
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && left.allSatisfy { name, value in right[name].map { value.isSame(as: $0) } ?? false }
        default:
            if let left = whole, let right = other.whole { return left == right }
            guard let left = double, let right = other.double else { return false }
            return left == right
        }
    }
}

// Without `ExpressibleByNilLiteral`: in a comparison with an optional, `nil` would silently mean `.null`.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements, uniquingKeysWith: { _, last in last }))
    }
}

/// For documents of this program, such as drafts. The value is encoded as one string that holds the JSON text, because
/// `Codable` can tell `1` from `true` only by trying each type.
extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        try self.init(parsing: Data(text.utf8))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text())
    }
}
