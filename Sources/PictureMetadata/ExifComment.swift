/// Reads the comment of an EXIF block (tag 0x9286), where Automatic1111 writes what a PNG has in a text.
enum ExifComment {
    static func read(_ block: [UInt8]) -> String? {
        // A WebP may have the name of the block before it.
        let bytes = block.starts(with: Array("Exif\0\0".utf8)) ? Array(block.dropFirst(6)) : block
        guard bytes.count > 8 else { return nil }
        let isLittle = bytes.starts(with: Array("II".utf8))
        guard isLittle || bytes.starts(with: Array("MM".utf8)) else { return nil }
        func number(_ position: Int, _ count: Int) -> Int? {
            guard position >= 0, position <= bytes.count - count else { return nil }
            return isLittle
                ? bytes.littleEndian(at: position, count: count) : bytes.number(at: position, count: count)
        }
        func entry(_ tag: Int, in directory: Int) -> Int? {
            guard let count = number(directory, 2) else { return nil }
            return (0..<min(count, 512)).map { directory + 2 + 12 * $0 }.first { number($0, 2) == tag }
        }
        // The first directory leads to that of EXIF, and it to the comment.
        guard let first = number(4, 4), let link = entry(0x8769, in: first), let exif = number(link + 8, 4),
            let comment = entry(0x9286, in: exif), let length = number(comment + 4, 4), length > 8,
            let start = number(comment + 8, 4), start <= bytes.count - length
        else { return nil }
        let content = bytes[(start + 8)..<(start + length)]
        switch String(decoding: bytes[start..<(start + 7)], as: UTF8.self) {
        case "UNICODE": return utf16(Array(content), isLittle: isLittle)
        default: return String(decoding: content.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// Programs write either order, whatever the block has: letters have their zero first where the high byte comes first.
    private static func utf16(_ bytes: [UInt8], isLittle: Bool) -> String {
        let isLittle =
            bytes.count >= 2 && bytes[0] != bytes[1] && (bytes[0] == 0 || bytes[1] == 0)
            ? bytes[1] == 0 : isLittle
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
            isLittle
                ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
                : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
        }
        return String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
    }
}
