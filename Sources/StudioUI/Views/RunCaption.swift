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
    /// What tells runs of one prompt apart: the inputs that differ, such as `aspect_ratio 16:9`, or `2 of 3` where only
    /// the seed does. Empty: nothing is to be said.
    var difference = ""
    /// ``text`` is no prompt, but what stands for it.
    var isSubject = false

    /// Runs further apart than this many seconds were not submitted together. Those of one submission are a tenth of a
    /// millisecond apart.
    private static let together = 1.0
    /// A beginning that is shorter is shown again.
    private static let leastShared = 8
    /// Rows above and below those on the screen that are looked at for runs of the same submission.
    private static let mostHidden = 64

    /// A caption for each of the runs at `rows`, which stand one below the other.
    ///
    /// - Parameters:
    ///   - isByTime: runs of one submission stand together; otherwise each row has its whole prompt, or what fits of it.
    ///   - columns: for the prompt and what differs; longer captions are cut by whoever draws them.
    ///   - subject: what a run without a prompt is called by.
    ///   - beside: columns that something else takes in the row of a run.
    static func of<Runs: RandomAccessCollection<RunItem>>(
        _ all: Runs,
        rows: Range<Int>,
        isByTime: Bool = true,
        columns: Int,
        ellipsis: String,
        subject: (RunItem) -> String = { $0.prompt },
        beside: (RunItem) -> Int = { _ in 0 }
    ) -> [RunCaption] where Runs.Index == Int {
        func areTogether(_ first: RunItem, _ second: RunItem) -> Bool {
            isByTime && Self.areTogether(first, second)
        }
        var captions: [RunCaption] = []
        var start = rows.lowerBound
        while start < rows.upperBound {
            var end = start + 1
            while end < rows.upperBound, areTogether(all[end - 1], all[end]) { end += 1 }
            // What is scrolled out of sight counts, and has no row.
            var (first, last) = (start, end)
            while first > all.startIndex, start - first < mostHidden, areTogether(all[first - 1], all[first]) {
                first -= 1
            }
            while last < all.endIndex, last - end < mostHidden, areTogether(all[last - 1], all[last]) { last += 1 }
            let told = last - first > 1 ? differences(of: Array(all[first..<last])) : []
            let runs = Array(all[start..<end])
            captions += group(
                runs,
                differences: Array(told.dropFirst(start - first).prefix(end - start)),
                columns: max(columns / 2, columns - (runs.map(beside).max() ?? 0)),
                ellipsis: ellipsis,
                subject: subject
            )
            start = end
        }
        return isByTime
            ? captions : zip(rows, captions).map { apart($1, of: all, at: $0, columns: columns, ellipsis: ellipsis) }
    }

    /// A caption that is too long, where neighbours begin alike: without a part of that beginning.
    private static func apart<Runs: RandomAccessCollection<RunItem>>(
        _ caption: RunCaption,
        of all: Runs,
        at row: Int,
        columns: Int,
        ellipsis: String
    ) -> RunCaption where Runs.Index == Int {
        let prompt = all[row].prompt
        guard !caption.isSubject, TextWidth.columns(of: caption.text) > columns else { return caption }
        let beside = [row - 1, row + 1].filter(all.indices.contains).map { shared(prompt, all[$0].prompt) }
        let bytes = beside.filter { $0 < prompt.utf8.count }.max() ?? 0
        guard bytes >= leastShared else { return caption }
        let rest = rest(of: prompt, from: bytes, columns: columns)
        let room = max(columns * 2 / 5, columns - TextWidth.columns(of: rest))
        var apart = caption
        apart.text = head(of: prompt, upTo: bytes, columns: room, ellipsis: ellipsis) + rest
        return apart
    }

    private static func areTogether(_ first: RunItem, _ second: RunItem) -> Bool {
        first.model == second.model
            && abs(first.createdAt.timeIntervalSince(second.createdAt)) < together
            && (first.prompt == second.prompt || shared(first.prompt, second.prompt) >= leastShared)
    }

    /// - Parameter differences: for each of the runs; empty: it stands alone.
    private static func group(
        _ runs: [RunItem],
        differences: [String],
        columns: Int,
        ellipsis: String,
        subject: (RunItem) -> String
    ) -> [RunCaption] {
        let first = runs[0].prompt
        if runs.allSatisfy({ $0.prompt == first }) {
            let isSubject = !first.contains { !$0.isWhitespace }
            let text = (isSubject ? subject(runs[0]) : first).oneLine(characters: columns + 1)
            return same(text, differences, isSubject: isSubject, columns: columns, ellipsis: ellipsis)
        }
        let bytes = runs.map { shared(first, $0.prompt) }.min() ?? 0
        var rests = runs.map { rest(of: $0.prompt, from: bytes, columns: columns) }
        if rests.contains(where: { TextWidth.columns(of: $0) > columns * 3 / 5 }) {
            // They do not fit: of each only the words that not all of them have.
            let prompts = runs.map(\.prompt)
            let told = PromptDifference.captions(of: prompts, ellipsis: ellipsis)
            if told != prompts {
                rests = told.map { text in
                    let isCut = text.hasPrefix(ellipsis + " ")
                    return String(isCut ? text.dropFirst(ellipsis.count + 1) : text[...]).oneLine(
                        characters: columns + 1
                    )
                }
            }
        }
        let widest = rests.map(TextWidth.columns(of:)).max() ?? 0
        let room = max(columns * 2 / 5, columns - widest)
        let head = head(of: first, upTo: bytes, columns: room, ellipsis: ellipsis)
        let indent = TextWidth.columns(of: head)
        return rests.enumerated().map { index, rest in
            index == 0 ? RunCaption(text: head + rest) : RunCaption(indent: indent, text: rest)
        }
    }

    private static func rest(of prompt: String, from bytes: Int, columns: Int) -> String {
        String(decoding: prompt.utf8.dropFirst(bytes).prefix(8 * columns), as: UTF8.self).oneLine(
            characters: columns + 1
        )
    }

    /// The beginning, with a blank behind it, in so many columns.
    private static func head(of prompt: String, upTo bytes: Int, columns: Int, ellipsis: String) -> String {
        let beginning = String(decoding: prompt.utf8.prefix(bytes), as: UTF8.self).oneLine(characters: columns + 1)
        return TextWidth.truncate(beginning, to: max(1, columns - 1), ellipsis: ellipsis) + " "
    }

    /// The same prompt several times, or once: what differs stands in one column.
    private static func same(
        _ prompt: String,
        _ differences: [String],
        isSubject: Bool,
        columns: Int,
        ellipsis: String
    ) -> [RunCaption] {
        guard !differences.isEmpty else { return [RunCaption(text: prompt, isSubject: isSubject)] }
        let widest = differences.map(TextWidth.columns(of:)).max() ?? 0
        let text = TextWidth.truncate(
            prompt,
            to: max(columns / 4, columns - widest - separation),
            ellipsis: ellipsis
        )
        let indent = TextWidth.columns(of: text)
        return differences.enumerated().map { index, difference in
            index == 0
                ? RunCaption(text: text, difference: difference, isSubject: isSubject)
                : RunCaption(indent: indent, text: "", difference: difference)
        }
    }

    /// Columns between a prompt and what stands after it: ` · `.
    static let separation = 3

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

    /// Of each run, the inputs in which they are not alike: at most two, each with its value. Seeds are not said: where
    /// nothing else differs, which of how many it is. Empty where the prompts differ.
    static func differences(of runs: [RunItem]) -> [String] {
        guard Set(runs.map(\.prompt)).count == 1 else { return runs.map { _ in "" } }
        let names = Set(runs.flatMap(\.input.keys)).subtracting(["seed"]).sorted()
        let differing = names.filter { name in Set(runs.map { $0.input[name] }).count > 1 }.prefix(2)
        guard !differing.isEmpty else { return runs.indices.map { "\($0 + 1) of \(runs.count)" } }
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
