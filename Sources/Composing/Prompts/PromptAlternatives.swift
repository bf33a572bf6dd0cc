import Foundation
import ReplicateAPI

/// The prompts that a text such as `a {red|blue} fox` stands for.
///
/// Alternatives may be empty and may contain further groups. `\{`, `\|` and `\}` stand for the characters themselves.
/// Braces without a partner, without a bar directly inside, or around a JSON object are plain text, so that JSON and
/// code in a prompt are not changed. A prompt that is one JSON object or array is plain text as a whole.
///
/// The time to read a text is proportional to its length; so is the time to make one of the prompts.
package struct PromptAlternatives: Sendable {
    /// The most prompts that one text may stand for.
    package static let most = AlternativeSyntax.most
    /// The most bytes of all prompts together, 2 MiB.
    package static let mostBytes = 2 << 20

    /// Why a text cannot be expanded.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// One sentence, without a full stop.
        package let description: String
    }

    /// The number of prompts, 1 to ``most``.
    package let count: Int
    private let bytes: [UInt8]
    private let groups: [AlternativeGroup]
    /// The steps that reading took; proportional to the number of bytes.
    let steps: Int

    /// Throws when there are more than ``most`` prompts, or when they are longer than ``mostBytes`` together.
    package init(_ text: String) throws(Failure) {
        bytes = Array(text.utf8)
        if AlternativeSyntax.isJSON(bytes[...]) {
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

    /// All prompts in reading order; the last group varies fastest. Throws as ``init(_:)`` does.
    package static func expand(_ text: String) throws(Failure) -> [String] { try PromptAlternatives(text).all() }

    /// The text that stands for `prompt` and nothing else: itself, or with a backslash before each brace and bar. For a
    /// prompt that was run and is to be typed again.
    package static func quoted(_ prompt: String) -> String {
        // A name of a library in braces would be looked up.
        if !prompt.contains("{@"), let stands = try? PromptAlternatives(prompt), stands.all() == [prompt] {
            return prompt
        }
        return escaped(prompt)
    }

    /// One text that stands for each of these prompts, in their order.
    package static func joined(_ prompts: [String]) -> String {
        prompts.count == 1 ? quoted(prompts[0]) : "{\(prompts.map(escaped).joined(separator: "|"))}"
    }

    private static func escaped(_ prompt: String) -> String {
        prompt.reduce(into: "") { $0 += "{|}".contains($1) ? "\\\($1)" : String($1) }
    }

    /// All prompts in reading order.
    package func all() -> [String] { (0..<count).map { self[$0] } }

    /// The prompt at `index` in reading order. Traps unless `index` is in `0..<count`.
    package subscript(index: Int) -> String {
        precondition((0..<count).contains(index), "\(count) prompts have no \(index)")
        var walk = AlternativeWalk(bytes: bytes, groups: groups, index: index, count: count)
        return walk.prompt()
    }

    /// The number of prompts; nil when it is above ``most``.
    private static func count(_ groups: [AlternativeGroup]) -> Int? {
        var count = 1
        for group in groups where group.isOutermost {
            let (product, overflows) = count.multipliedReportingOverflow(by: group.count)
            guard !overflows, product <= most else { return nil }
            count = product
        }
        return count
    }
}
