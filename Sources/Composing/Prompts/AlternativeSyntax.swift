import Foundation
import ReplicateAPI

/// The signs of alternatives, and what only looks like them.
enum AlternativeSyntax {
    /// Prompts that one text may stand for.
    static let most = 256

    /// Whether a backslash before this byte makes it plain text.
    static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "{") || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "}")
    }

    /// Whether the bytes are one JSON object or array, possibly with white space around it.
    static func isJSON(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first(where: { !isBlank($0) }), let last = bytes.last(where: { !isBlank($0) }),
            (first == UInt8(ascii: "{") && last == UInt8(ascii: "}"))
                || (first == UInt8(ascii: "[") && last == UInt8(ascii: "]"))
        else { return false }
        return (try? JSONValue(parsing: Data(bytes))) != nil
    }

    /// Whether braces begin like an object with members. Reads white space and one byte.
    static func looksLikeObject(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.dropFirst().first { !isBlank($0) } == UInt8(ascii: "\"")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
