import Foundation

/// The terminal's clipboard, written through OSC 52 and never read.
enum Clipboard {
    /// Terminals drop longer ones.
    static let mostBytes = 100_000

    /// - Returns: the sequence, and whether only the beginning of the text is in it.
    static func sequence(for text: String) -> (bytes: [UInt8], isCut: Bool) {
        let isCut = text.utf8.count > mostBytes
        var bytes = Array(text.utf8.prefix(mostBytes))
        // No half of a character.
        if isCut, let start = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }) { bytes.removeSubrange(start...) }
        let content = Data(bytes).base64EncodedString()
        return (Array("\u{1B}]52;c;\(content)\u{07}".utf8), isCut)
    }
}
