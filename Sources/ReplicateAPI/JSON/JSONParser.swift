package import Foundation

/// Why a text is not a JSON document.
package struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Bytes from the start of the text.
    package let offset: Int
    /// What was wrong, without the position: `a value was expected`.
    package let reason: String
    package var description: String { "\(reason) at byte \(offset)" }
}

/// Reads JSON. It is strict about the structure and lenient about the text.
///
/// This project has its own parser because a list page of a hundred predictions is read several times a second, and few
/// of its rows have changed. This parser can step over rows that are not needed, and is about ten times as fast where
/// it reads them.
///
/// Servers sometimes cut a text in the middle of a character, mostly in logs. Such a document is still read: bytes that
/// are not UTF-8 and halves of surrogate pairs become U+FFFD, and a control character is kept. A number beyond the
/// range of floating point becomes null. So do `NaN` and `Infinity`, which Python writes although JSON does not allow
/// them.
struct JSONParser {
    /// The deepest nesting that is read. A deeper document would overflow the stack.
    static let deepest = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    private let refusesRepeats: Bool
    private(set) var index: Int

    /// - Parameters:
    ///   - bytes: valid for as long as the parser is used.
    ///   - refusesRepeats: an object with two members of one name, and half of a surrogate pair, are errors; otherwise the last
    ///     one is taken, and U+FFFD.
    init(_ bytes: UnsafeBufferPointer<UInt8>, refusesRepeats: Bool = false) {
        self.bytes = bytes
        self.refusesRepeats = refusesRepeats
        // A byte order mark is not part of the document; some gateways send one.
        index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Reads the bytes as exactly one document.
    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try value(depth: 0)
        try end()
        return value
    }

    /// Throws unless only white space is left.
    mutating func end() throws(JSONSyntaxError) {
        skipSpace()
        guard index == bytes.count else { throw error("more than one document") }
    }

    // MARK: Values

    mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"):
            var object: JSONObject = [:]
            try members(depth: depth) { parser, key throws(JSONSyntaxError) in
                if parser.refusesRepeats, object[key] != nil { throw parser.error("\(key) is given twice") }
                object[key] = try parser.value(depth: depth + 1)
            }
            return .object(object)
        case UInt8(ascii: "["):
            var array: [JSONValue] = []
            try elements(depth: depth) { parser throws(JSONSyntaxError) in
                array.append(try parser.value(depth: depth + 1))
            }
            return .array(array)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "N"): return try literal("NaN", .null)
        case UInt8(ascii: "I"): return try literal("Infinity", .null)
        default: return try number()
        }
    }

    /// Reads an object. `member` is called after each key and must read the value.
    mutating func members(
        depth: Int,
        _ member: (inout JSONParser, String) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        skipSpace()
        try expect("{")
        guard depth < Self.deepest else { throw error("nested too deep") }
        skipSpace()
        if consume("}") { return }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw error("a key was expected") }
            let key = try string()
            skipSpace()
            try expect(":")
            try member(&self, key)
            skipSpace()
        } while consume(",")
        try expect("}")
    }

    /// Reads an array. `element` is called for each element and must read it.
    mutating func elements(
        depth: Int,
        _ element: (inout JSONParser) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        skipSpace()
        try expect("[")
        guard depth < Self.deepest else { throw error("nested too deep") }
        skipSpace()
        if consume("]") { return }
        repeat {
            try element(&self)
            skipSpace()
        } while consume(",")
        try expect("]")
    }

    /// Steps over one value and returns its range in the bytes. Numbers and literals are not checked.
    @discardableResult
    mutating func skip(depth: Int) throws(JSONSyntaxError) -> Range<Int> {
        skipSpace()
        let start = index
        switch peek {
        case UInt8(ascii: "{"), UInt8(ascii: "["): try skipContainer(depth: depth)
        case UInt8(ascii: "\""): try skipString()
        default:
            while let byte = peek, !Self.endsScalar(byte) { index += 1 }
            guard index > start else { throw error("a value was expected") }
        }
        return start..<index
    }

    /// Only brackets and strings matter on the way to the end of a container.
    private mutating func skipContainer(depth: Int) throws(JSONSyntaxError) {
        var open = 0
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open += 1
                guard depth + open <= Self.deepest else { throw error("nested too deep") }
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                open -= 1
                index += 1
                if open == 0 { return }
            case UInt8(ascii: "\""): try skipString()
            default: index += 1
            }
        }
        throw error("the text ends early")
    }

    private mutating func skipString() throws(JSONSyntaxError) {
        index += 1
        while let byte = peek {
            index += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte == UInt8(ascii: "\\") { index += 1 }
        }
        throw error("a string has no end")
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D: true
        default: false
        }
    }

    // MARK: Scalars

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let isThere = word.withUTF8Buffer { word in
            bytes.count - index >= word.count && bytes[index..<index + word.count].elementsEqual(word)
        }
        guard isThere else { throw error("a value was expected") }
        index += word.utf8CodeUnitCount
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = index
        var isWhole = true
        if consume("-"), peek == UInt8(ascii: "I") { return try literal("Infinity", .null) }
        let digits = index
        guard skipDigits() else { throw error("a value was expected") }
        guard bytes[digits] != UInt8(ascii: "0") || index == digits + 1 else {
            throw error("a number begins with a zero")
        }
        if consume(".") {
            isWhole = false
            guard skipDigits() else { throw error("a number has no digits after its point") }
        }
        if consume("e") || consume("E") {
            isWhole = false
            if !consume("+") { _ = consume("-") }
            guard skipDigits() else { throw error("a number has no exponent") }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let integer = JSONValue(digits: text) { return integer }
        guard let double = Double(text), double.isFinite else { return .null }
        return .number(double)
    }

    private mutating func skipDigits() -> Bool {
        let start = index
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        return index > start
    }

    /// The string whose opening quote is next.
    mutating func string() throws(JSONSyntaxError) -> String {
        let start = index + 1
        index = start
        var hasEscapes = false
        while let byte = peek {
            if byte == UInt8(ascii: "\"") {
                let content = bytes[start..<index]
                index += 1
                return hasEscapes ? try unescaped(content) : String(decoding: content, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        index = min(index, bytes.count)
        throw error("a string has no end")
    }

    private func unescaped(_ content: Slice<UnsafeBufferPointer<UInt8>>) throws(JSONSyntaxError) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var position = content.startIndex
        while position < content.endIndex {
            let byte = content[position]
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                position += 1
                continue
            }
            guard position + 1 < content.endIndex else { throw error("an escape has no end") }
            switch content[position + 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(content[position + 1])
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                guard let unit = Self.unit(content, at: position) else { throw error("an escape that is none") }
                position += try append(unit, before: Self.unit(content, at: position + 6), to: &result)
                continue
            default: throw error("an escape that is none")
            }
            position += 2
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends the character of one code unit, or of a surrogate pair. Returns the number of source bytes: 6 or 12.
    private func append(
        _ unit: UInt16,
        before next: UInt16?,
        to result: inout [UInt8]
    ) throws(JSONSyntaxError) -> Int {
        var scalar = Unicode.Scalar(0xFFFD as UInt16)
        var length = 6
        if UTF16.isLeadSurrogate(unit), let next, UTF16.isTrailSurrogate(next) {
            scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(next) - 0xDC00))
            length = 12
        } else if !UTF16.isSurrogate(unit) {
            scalar = Unicode.Scalar(unit)
        } else if refusesRepeats {
            throw error("half of a surrogate pair")
        }
        result += UTF8.encode(scalar ?? "\u{FFFD}").map(Array.init) ?? []
        return length
    }

    /// The code unit of `\uXXXX` at `position`; nil when the bytes there are not such an escape.
    private static func unit(_ content: Slice<UnsafeBufferPointer<UInt8>>, at position: Int) -> UInt16? {
        guard position + 6 <= content.endIndex, content[position] == UInt8(ascii: "\\"),
            content[position + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for digit in content[position + 2..<position + 6] {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt16(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt16(digit - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt16(digit - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return unit
    }

    // MARK: Bytes

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(JSONSyntaxError) {
        guard consume(character) else { throw error("“\(character)” was expected") }
    }

    private func error(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(offset: index, reason: reason) }
}

extension JSONValue {
    /// Reads one JSON document.
    ///
    /// Bytes that are not UTF-8 become U+FFFD: a log that was cut in the middle of a character must not lose the
    /// prediction around it. Throws when the bytes are not exactly one complete document, or are nested deeper than
    /// 512.
    ///
    /// - Parameter refusesRepeats: for what a person writes: an object with two members of one name is an error, because
    ///   one of them would be dropped. Otherwise the last one is taken.
    package init(parsing data: Data, refusesRepeats: Bool = false) throws(JSONSyntaxError) {
        let result = data.withUnsafeBytes { buffer in
            Result { () throws(JSONSyntaxError) in
                var parser = JSONParser(
                    buffer.assumingMemoryBound(to: UInt8.self),
                    refusesRepeats: refusesRepeats
                )
                return try parser.document()
            }
        }
        self = try result.get()
    }
}
