import Foundation
import ReplicateAPI
import Studio
import Terminal

/// What a row of the table says of its prompt. Of runs that were submitted together, the first has the whole prompt and
/// the others only what differs, under the place where it differs.
struct RunCaption: Hashable {
    /// Blank columns in place of the beginning that the row shares with the first of its submission.
    var indent = 0
    var text: String
    /// The inputs that differ where the prompts do not, such as `seed 42`; empty: nothing is to be said.
    var difference = ""

    /// Runs further apart than this many seconds were not submitted together. Those of one submission are a tenth of a
    /// millisecond apart.
    private static let together = 1.0
    /// A beginning that is shorter is shown again.
    private static let leastShared = 8

    /// A caption for each run, which stand one below the other.
    ///
    /// - Parameter columns: for the prompt; longer captions are cut by whoever draws them.
    static func of(_ runs: [RunItem], columns: Int, ellipsis: String) -> [RunCaption] {
        var captions: [RunCaption] = []
        var start = 0
        while start < runs.count {
            var end = start + 1
            while end < runs.count, areTogether(runs[end - 1], runs[end]) { end += 1 }
            captions += group(Array(runs[start..<end]), columns: columns, ellipsis: ellipsis)
            start = end
        }
        return captions
    }

    private static func areTogether(_ first: RunItem, _ second: RunItem) -> Bool {
        first.model == second.model
            && abs(first.createdAt.timeIntervalSince(second.createdAt)) < together
            && shared(first.prompt, second.prompt) >= leastShared
    }

    private static func group(_ runs: [RunItem], columns: Int, ellipsis: String) -> [RunCaption] {
        let first = runs[0].prompt
        guard runs.count > 1 else { return [RunCaption(text: first.oneLine(characters: columns + 1))] }
        if runs.allSatisfy({ $0.prompt == first }) {
            return same(first.oneLine(characters: columns + 1), differences(of: runs))
        }
        let bytes = runs.map { shared(first, $0.prompt) }.min() ?? 0
        let rests = runs.map {
            String(decoding: $0.prompt.utf8.dropFirst(bytes).prefix(8 * columns), as: UTF8.self)
                .oneLine(characters: columns + 1)
        }
        let widest = rests.map(TextWidth.columns(of:)).max() ?? 0
        let room = max(columns * 2 / 5, columns - widest)
        let beginning = String(decoding: first.utf8.prefix(bytes), as: UTF8.self).oneLine(characters: columns + 1)
        let head = TextWidth.truncate(beginning, to: max(1, room - 1), ellipsis: ellipsis) + " "
        let indent = TextWidth.columns(of: head)
        return rests.enumerated().map { index, rest in
            index == 0 ? RunCaption(text: head + rest) : RunCaption(indent: indent, text: rest)
        }
    }

    /// The same prompt several times.
    private static func same(_ prompt: String, _ differences: [String]) -> [RunCaption] {
        differences.enumerated().map { index, difference in
            index == 0 || difference.isEmpty
                ? RunCaption(text: prompt, difference: difference)
                : RunCaption(indent: 2, text: "", difference: difference)
        }
    }

    /// Bytes that both begin with, up to the end of a word; all of it where they are the same.
    private static func shared(_ first: String, _ second: String) -> Int {
        var count = 0
        var word = 0
        for (left, right) in zip(first.utf8, second.utf8) {
            guard left == right else { return word }
            count += 1
            if left == UInt8(ascii: " ") { word = count }
        }
        return first.utf8.count == second.utf8.count ? count : word
    }

    /// Of each run, the inputs in which they are not alike: at most two, each with its value.
    static func differences(of runs: [RunItem]) -> [String] {
        let names = Set(runs.flatMap(\.input.keys)).sorted()
        let differing = names.filter { name in Set(runs.map { $0.input[name] }).count > 1 }.prefix(2)
        return runs.map { run in
            differing.map { "\($0) \((run.input[$0]?.plain ?? "—").oneLine(characters: 24))" }.joined(separator: "  ")
        }
    }
}

/// Amounts of money one below the other, their decimal points in one column.
struct AmountColumn {
    let width: Int
    private let decimals: Int

    /// - Parameter amounts: those that are on the screen; words such as `free` among them stand at the right edge.
    init(_ amounts: [String], most: Int) {
        let decimals = amounts.map(Self.decimals(of:)).max() ?? 0
        self.decimals = decimals
        let widths = amounts.map {
            TextWidth.columns(of: $0) + (Self.isAmount($0) ? decimals - Self.decimals(of: $0) : 0)
        }
        width = min(most, widths.max() ?? 0)
    }

    func text(of amount: String, ellipsis: String) -> String {
        let rest = Self.isAmount(amount) ? String(repeating: " ", count: decimals - Self.decimals(of: amount)) : ""
        return TextWidth.pad(amount + rest, to: width, alignment: .right, ellipsis: ellipsis)
    }

    private static func isAmount(_ text: String) -> Bool { text.last?.isNumber ?? false }

    /// Digits after the last decimal point.
    private static func decimals(of text: String) -> Int {
        guard isAmount(text), let point = text.lastIndex(of: ".") else { return 0 }
        return text.distance(from: point, to: text.endIndex) - 1
    }
}
