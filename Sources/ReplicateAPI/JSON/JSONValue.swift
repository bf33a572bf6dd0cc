package import Foundation

/// A JSON object: keys are unique, their order is not kept.
package typealias JSONObject = [String: JSONValue]

/// Any JSON value, kept as it came, so that nothing the API says is lost to a type we did not foresee.
///
/// Whole numbers that fit 64 bits stay integers (a `seed` survives the round trip); all other numbers are binary
/// floating point and therefore never used for money.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = Self.number(container) {
            self = value
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode(JSONObject.self))
        }
    }

    /// nil when it is no number. One too large for floating point is of no use, but must not lose the document.
    private static func number(_ container: any SingleValueDecodingContainer) -> JSONValue? {
        do {
            return .number(try container.decode(Double.self))
        } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
            return nil
        } catch {
            return .null
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONValue {
    /// Reads one JSON document.
    ///
    /// Text that is no Unicode gets U+FFFD in place of what is broken: a log cut in the middle of an emoji must not lose
    /// the prediction it came with. Throws Foundation's `DecodingError` for anything that is not one complete document.
    package init(parsing data: Data) throws {
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            let repaired = JSONRepair.repaired(data)
            guard repaired != data else { throw error }
            self = try JSONDecoder().decode(JSONValue.self, from: repaired)
        }
    }

    /// The document with sorted keys, the same bytes for equal values; `pretty` indents it for people.
    package func serialized(pretty: Bool = false) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        do {
            return try encoder.encode(self)
        } catch {
            preconditionFailure("a JSON value made of plain cases could not be encoded: \(error)")
        }
    }

    /// ``serialized(pretty:)`` as text.
    package func text(pretty: Bool = false) -> String { String(decoding: serialized(pretty: pretty), as: UTF8.self) }
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

    package var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// What a person would type for this value: a string without quotes, anything else as JSON.
    package var plain: String {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
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
        case .null, .bool, .integer, .number: []
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
