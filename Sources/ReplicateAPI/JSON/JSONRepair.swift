import Foundation

/// Makes documents readable that are whole but for their text: logs are cut by servers in the middle of a character.
enum JSONRepair {
    /// `data` with U+FFFD in place of bytes that are no UTF-8 and of escaped halves of surrogate pairs.
    static func repaired(_ data: Data) -> Data {
        let bytes = Array(String(decoding: data, as: UTF8.self).utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            guard let unit = escapedUnit(bytes, at: index) else {
                // A backslash and what it escapes go together, or an escaped backslash would begin an escape.
                result += bytes[index..<min(index + 2, bytes.count)]
                index += 2
                continue
            }
            var length = 6
            var isWhole = true
            if UTF16.isLeadSurrogate(unit) {
                isWhole = escapedUnit(bytes, at: index + 6).map(UTF16.isTrailSurrogate) ?? false
                if isWhole { length = 12 }
            } else if UTF16.isTrailSurrogate(unit) {
                isWhole = false
            }
            result += isWhole ? bytes[index..<index + length] : ArraySlice("\\ufffd".utf8)
            index += length
        }
        return Data(result)
    }

    /// The code unit of `\uXXXX` at `index`; nil when nothing like that stands there.
    private static func escapedUnit(_ bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { return nil }
        let digits = bytes[index + 2..<index + 6]
        guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
