import Foundation

/// The terminal's clipboard, written through OSC 52 and never read.
enum Clipboard {
    /// Terminals drop longer ones.
    static let mostBytes = 100_000

    static func sequence(for text: String) -> [UInt8] {
        let content = Data(text.utf8.prefix(mostBytes)).base64EncodedString()
        return Array("\u{1B}]52;c;\(content)\u{07}".utf8)
    }
}
