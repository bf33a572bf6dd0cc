import Foundation
import ReplicateAPI

/// Why a text is no JSON, in the words of the reference's parser.
struct JSONTextError: Error, Equatable {
    let message: String
    /// In characters from the beginning, as the reference counts.
    let position: Int
}

/// Reads one JSON document, strictly, and says where it is broken.
///
/// Apart from the reader of the API's answers, which forgives what is broken: this one judges what callers send, and has
/// to give the reference's reason and place. Differs from the reference's in what it
/// refuses: `NaN` and `Infinity`, which are no JSON, and halves of surrogate pairs, which are no text.
struct JSONText {
    /// Arrays and objects inside each other.
    static let deepest = 100
    /// Values in all: each takes many times as much memory as its text, and no request needs as many.
    static let most = 50_000

    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0
    private var count = 0

    /// - Parameter bytes: valid UTF-8.
    static func parse(_ bytes: [UInt8]) throws(JSONTextError) -> JSONValue {
        var text = JSONText(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { text.index = 3 }
        text.skipBlanks()
        let value = try text.value()
        text.skipBlanks()
        guard text.index == bytes.count else { throw text.error("Extra data") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private func error(_ message: String, at place: Int? = nil) -> JSONTextError {
        let end = min(place ?? index, bytes.count)
        return JSONTextError(message: message, position: bytes[..<end].count { $0 & 0xC0 != 0x80 })
    }

    private mutating func value() throws(JSONTextError) -> JSONValue {
        count += 1
        guard count <= Self.most else { throw error("Too many values") }
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try nested { text throws(JSONTextError) in try text.object() }
        case UInt8(ascii: "["): return try nested { text throws(JSONTextError) in try text.array() }
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout JSONText) throws(JSONTextError) -> JSONValue
    ) throws(JSONTextError) -> JSONValue {
        depth += 1
        guard depth <= Self.deepest else { throw error("Too deeply nested") }
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONTextError) -> JSONValue {
        let fits = word.withUTF8Buffer { bytes[index...].starts(with: $0) }
        guard fits else { throw error("Expecting value") }
        index += word.utf8CodeUnitCount
        return value
    }

    private mutating func object() throws(JSONTextError) -> JSONValue {
        var members: JSONObject = [:]
        index += 1
        skipBlanks()
        if current == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            guard current == UInt8(ascii: "\"") else {
                throw error("Expecting property name enclosed in double quotes")
            }
            let name = try string()
            skipBlanks()
            guard current == UInt8(ascii: ":") else { throw error("Expecting ':' delimiter") }
            index += 1
            skipBlanks()
            // One of two would be dropped, and the other paid.
            guard members[name] == nil else { throw error("Property name '\(name)' is given twice") }
            members[name] = try value()
            if try isLast(before: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array() throws(JSONTextError) -> JSONValue {
        var elements: [JSONValue] = []
        index += 1
        skipBlanks()
        if current == UInt8(ascii: "]") {
            index += 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            if try isLast(before: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Steps over the closing sign, or over the comma before another element.
    private mutating func isLast(before end: UInt8) throws(JSONTextError) -> Bool {
        skipBlanks()
        switch current {
        case end:
            index += 1
            return true
        case UInt8(ascii: ","):
            index += 1
            skipBlanks()
            return false
        default: throw error("Expecting ',' delimiter")
        }
    }

    private mutating func number() throws(JSONTextError) -> JSONValue {
        let start = index
        var end = index
        func digits() -> Int {
            let first = end
            while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
            return end - first
        }
        if current == UInt8(ascii: "-") { end += 1 }
        let isZero = end < bytes.count && bytes[end] == UInt8(ascii: "0")
        if isZero { end += 1 } else if digits() == 0 { throw error("Expecting value", at: start) }
        var isWhole = true
        let whole = end
        if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
            end += 1
            if digits() == 0 { end = whole } else { isWhole = false }
        }
        let fraction = end
        if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
            end += 1
            if end < bytes.count, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-") { end += 1 }
            if digits() == 0 { end = fraction } else { isWhole = false }
        }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        index = end
        if isWhole, let integer = JSONValue(digits: text) { return integer }
        guard let number = Double(text), number.isFinite else { throw error("Number out of range", at: start) }
        return .number(number)
    }
}

extension JSONText {
    private mutating func string() throws(JSONTextError) -> String {
        let quote = index
        index += 1
        var start = index
        var result = ""
        while true {
            guard let byte = current else { throw error("Unterminated string starting at", at: quote) }
            switch byte {
            case UInt8(ascii: "\""):
                result += String(decoding: bytes[start..<index], as: UTF8.self)
                index += 1
                return result
            case UInt8(ascii: "\\"):
                result += String(decoding: bytes[start..<index], as: UTF8.self)
                result.unicodeScalars.append(try escaped(quote))
                start = index
            case 0..<0x20: throw error("Invalid control character at")
            default: index += 1
            }
        }
    }

    /// The character of the escape that begins here.
    private mutating func escaped(_ quote: Int) throws(JSONTextError) -> UnicodeScalar {
        guard index + 1 < bytes.count else { throw error("Unterminated string starting at", at: quote) }
        let sign = bytes[index + 1]
        if sign == UInt8(ascii: "u") {
            let place = index + 1
            guard let unit = unit(at: index + 2) else { throw error("Invalid \\uXXXX escape", at: place) }
            index += 6
            if let scalar = UnicodeScalar(unit) { return scalar }
            guard UTF16.isLeadSurrogate(unit), current == UInt8(ascii: "\\"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "u"), let trail = self.unit(at: index + 2),
                UTF16.isTrailSurrogate(trail),
                let scalar = UnicodeScalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00))
            else { throw error("Invalid \\uXXXX escape", at: place) }
            index += 6
            return scalar
        }
        let plain: [UInt8: UnicodeScalar] = [
            UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
            UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
        ]
        guard let scalar = plain[sign] else { throw error("Invalid \\escape") }
        index += 2
        return scalar
    }

    private func unit(at place: Int) -> UInt16? {
        guard place + 4 <= bytes.count else { return nil }
        let digits = bytes[place..<place + 4]
        guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit && $0 < 0x80 }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
