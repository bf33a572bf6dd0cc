import Foundation
import ReplicateAPI

/// `a {red|blue} fox` as the prompts it stands for.
///
/// Alternatives may be empty and may hold further ones; `\{`, `\|` and `\}` stand for the signs themselves. Braces that
/// do not pair up, that have no bar of their own, or that hold a JSON object are plain text, so that JSON and code in a
/// prompt stay what they are. A prompt that is one JSON object or array is text as a whole.
///
/// Reading takes time in proportion to the text, whatever it holds; so does making one of the prompts.
package struct PromptAlternatives: Sendable {
    /// Prompts that one text may stand for.
    package static let most = 256
    /// Bytes that all of them may take together.
    package static let mostBytes = 2 << 20

    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// How many prompts the text stands for; 1…``most``.
    package let count: Int
    private let bytes: [UInt8]
    private let groups: [AlternativeGroup]
    /// How much was looked at to read the text: in proportion to its bytes, whatever they are.
    let steps: Int

    /// Throws where they are too many, or together too long.
    package init(_ text: String) throws(Failure) {
        bytes = Array(text.utf8)
        if Self.isJSON(bytes[...]) {
            (groups, steps) = ([], bytes.count)
        } else {
            (groups, steps) = AlternativeGroup.find(in: bytes)
        }
        guard let count = Self.count(groups) else {
            throw Failure(description: "The alternatives make more than \(Self.most) prompts")
        }
        self.count = count
        if count > 1, count * bytes.count > Self.mostBytes {
            throw Failure(
                description: "The alternatives make \(count) prompts, which are too long together: "
                    + "at most \(Self.mostBytes >> 20) MB"
            )
        }
    }

    /// All prompts in the order of reading, the last alternatives varying fastest.
    package static func expand(_ text: String) throws(Failure) -> [String] { try PromptAlternatives(text).all() }

    package func all() -> [String] { (0..<count).map { self[$0] } }

    /// The prompt at `index` in the order of reading; `index` must lie in `0..<count`.
    package subscript(index: Int) -> String {
        precondition((0..<count).contains(index), "\(count) prompts have no \(index)")
        var walk = AlternativeWalk(bytes: bytes, groups: groups, index: index, count: count)
        return walk.prompt()
    }

    /// nil: more than ``most``.
    private static func count(_ groups: [AlternativeGroup]) -> Int? {
        var count = 1
        for group in groups where group.isOutermost {
            let (product, overflows) = count.multipliedReportingOverflow(by: group.count)
            guard !overflows, product <= most else { return nil }
            count = product
        }
        return count
    }

    /// Whether the bytes are one JSON object or array, with white space around it.
    static func isJSON(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first(where: { !isBlank($0) }), let last = bytes.last(where: { !isBlank($0) }),
            (first == UInt8(ascii: "{") && last == UInt8(ascii: "}"))
                || (first == UInt8(ascii: "[") && last == UInt8(ascii: "]"))
        else { return false }
        return (try? JSONValue(parsing: Data(bytes))) != nil
    }

    /// Whether braces begin as an object with members does. Looks at white space and one byte.
    static func looksLikeObject(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.dropFirst().first { !isBlank($0) } == UInt8(ascii: "\"")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
