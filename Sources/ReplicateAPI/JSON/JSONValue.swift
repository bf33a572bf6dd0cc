package import Foundation

/// A JSON object: keys are unique, their order is not kept.
package typealias JSONObject = [String: JSONValue]

/// Any JSON value, kept as it came, so that nothing the API says is lost to a type we did not foresee.
///
/// Whole numbers that fit 64 bits, with a sign or without, stay integers (a `seed` survives the round trip); all other
/// numbers are binary floating point and therefore never used for money.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Only what is above the largest signed number, so that equal numbers are equal values.
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// Reads one JSON document.
    ///
    /// Text that is no Unicode gets U+FFFD in place of what is broken: a log cut in the middle of an emoji must not lose
    /// the prediction it came with. Throws for anything that is not one complete document, or is nested deeper than 512.
    package init(parsing data: Data) throws(JSONSyntaxError) {
        let result = data.withUnsafeBytes { buffer in
            Result { () throws(JSONSyntaxError) in
                var parser = JSONParser(buffer.assumingMemoryBound(to: UInt8.self))
                return try parser.document()
            }
        }
        self = try result.get()
    }

    /// The document with sorted keys, the same bytes for equal values; `pretty` indents it for people.
    package func serialized(pretty: Bool = false) -> Data {
        var writer = JSONWriter(isPretty: pretty)
        writer.write(self)
        return Data(writer.bytes)
    }

    /// ``serialized(pretty:)`` as text.
    package func text(pretty: Bool = false) -> String {
        var writer = JSONWriter(isPretty: pretty)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONValue {
    package subscript(key: String) -> JSONValue? { object?[key] }

    package var string: String? { if case .string(let value) = self { value } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    package var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    package var isNull: Bool { self == .null }

    /// A whole number, also when it was written as `4.0`; nil when it does not fit 64 bits.
    package var integer: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// A whole number of any size that JSON carries, also when it was written as `4.0`.
    package var whole: Int128? {
        switch self {
        case .integer(let value): Int128(value)
        case .unsigned(let value): Int128(value)
        case .number(let value): Int128(exactly: value)
        default: nil
        }
    }

    package var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// What a person would type for this value: a string without quotes, anything else as JSON.
    package var plain: String {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
        case .unsigned(let value): String(value)
        case .bool(let value): String(value)
        case .null, .number, .array, .object: text()
        }
    }

    /// Every string inside, in document order for arrays and in key order for objects.
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
    /// `value` as JSON carries it without loss; beyond 64 bits the nearest floating point number.
    package init(whole value: Int128) {
        if let integer = Int64(exactly: value) {
            self = .integer(integer)
        } else if let unsigned = UInt64(exactly: value) {
            self = .unsigned(unsigned)
        } else {
            self = .number(Double(value))
        }
    }

    /// A whole number from its decimal digits; nil when it is none, or does not fit 64 bits.
    package init?(digits text: some StringProtocol) {
        if let integer = Int64(text) {
            self = .integer(integer)
        } else if let unsigned = UInt64(text) {
            self = .unsigned(unsigned)
        } else {
            return nil
        }
    }

    /// Equal, a whole number also when it is written with a fraction of zero.
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

// Not by `nil`: beside an optional, that would silently become `.null`.
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

/// Inside documents of our own, such as drafts: as the text of a document, because `Codable` cannot tell `1` from `true`
/// without trying.
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
