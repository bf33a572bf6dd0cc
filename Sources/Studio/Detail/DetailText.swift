import ReplicateAPI

/// The lines of the text tabs: logs, inputs and JSON of the selected run, and of a text that it made, folded to a width.
///
/// They are made when what they show changes, not when they are looked at. What is longer than anybody reads is cut, and
/// a line says so; what comes from the network is not yet safe for a terminal.
package struct DetailText: Hashable, Sendable {
    /// What the lines were made from.
    enum Source: Hashable, Sendable {
        case nothing
        case logs(String)
        case inputs(JSONObject)
        case json(JSONValue)
        /// What a run has written, or a file that it has made.
        case prose(String, isMarkdown: Bool)
    }

    static let mostLines = 2_000
    /// Of a log, its last bytes.
    static let mostLogBytes = 256 << 10
    /// Of one value.
    static let mostValueBytes = 16 << 10

    /// From the first to the last that is kept.
    package private(set) var lines: [DetailLine] = []
    /// Columns of the widest label; 0 where there are none.
    package private(set) var labelColumns = 0
    private var source = Source.nothing
    private var columns = 0
    private var prose = ProseLayout()
    private(set) var work = WorkCount()

    /// Brings the lines up to date. Where nothing has changed, that is all it finds out.
    mutating func show(_ source: Source, columns: Int, measure: (Character) -> Int) {
        guard source != self.source || columns != self.columns else { return }
        (self.source, self.columns) = (source, columns)
        if case .prose(let text, let isMarkdown) = source {
            let before = prose.work.steps
            prose.show(text, columns: columns, isMarkdown: isMarkdown, measure: measure)
            (lines, labelColumns) = (prose.rows, 0)
            work.add(prose.work.steps - before)
            return
        }
        prose = ProseLayout()
        lines = Self.lines(of: source, columns: columns, measure: measure)
        labelColumns = lines.reduce(0) { max($0, $1.label.reduce(0) { $0 + measure($1) }) }
        work.add(lines.reduce(0) { $0 + $1.text.utf8.count })
    }

    private static func lines(of source: Source, columns: Int, measure: (Character) -> Int) -> [DetailLine] {
        switch source {
        case .nothing, .prose: return []
        case .logs(let logs): return self.logs(logs, columns: columns, measure: measure)
        case .inputs(let input): return inputs(input, columns: columns, measure: measure)
        case .json(let value):
            let all = shortened(value).text(pretty: true).split(separator: "\n", omittingEmptySubsequences: false)
            let folded = fold(Array(all.prefix(mostLines)), columns: columns, measure: measure)
            return folded + (all.count > mostLines ? [DetailLine.note("\(all.count - mostLines) more lines")] : [])
        }
    }

    // MARK: Logs

    private static func logs(_ logs: String, columns: Int, measure: (Character) -> Int) -> [DetailLine] {
        let (lines, isCut) = lastLines(of: logs, most: mostLines, bytes: mostLogBytes)
        let folded = fold(lines, columns: columns, measure: measure)
        let size = logs.utf8.count >> 10
        return (isCut ? [DetailLine.note("the end of a log of \(size) kB")] : []) + folded
    }

    /// The last `rows` rows of a log at a width. Looks at no more of it than fits there.
    package static func tail(
        of logs: String,
        rows: Int,
        columns: Int,
        measure: (Character) -> Int
    ) -> [String] {
        // A character has at most some twenty bytes where it is not there to annoy.
        let (lines, _) = lastLines(of: logs, most: rows, bytes: max(rows, 1) * max(columns, 1) * 20)
        return fold(lines, columns: columns, measure: measure).suffix(rows).map(\.text)
    }

    /// Lines that hold something, from the end; the first may have lost its beginning. Of what a line was overwritten with, such
    /// as the steps of a progress bar, the last is its text.
    private static func lastLines(of logs: String, most: Int, bytes: Int) -> (lines: [Substring], isCut: Bool) {
        let utf8 = logs.utf8
        var start = utf8.endIndex
        var left = bytes
        var lines = 0
        while start > utf8.startIndex, left > 0, lines < most {
            start = utf8.index(before: start)
            left -= 1
            if utf8[start] == 0x0A { lines += 1 }
        }
        while start < utf8.endIndex, utf8[start] & 0xC0 == 0x80 { start = utf8.index(after: start) }
        let tail = logs[start...].split { $0 == "\n" || $0 == "\r\n" }.compactMap { $0.split(separator: "\r").last }
        return (Array(tail.suffix(most)), start > utf8.startIndex)
    }

    // MARK: Inputs and JSON

    private static func inputs(_ input: JSONObject, columns: Int, measure: (Character) -> Int) -> [DetailLine] {
        let width = min(input.keys.map(\.count).max() ?? 0, max(columns / 3, 8)) + 2
        return input.sorted { $0.key < $1.key }.flatMap { key, value in
            let folded = fold(
                shortened(value).plain.split(separator: "\n", omittingEmptySubsequences: false),
                columns: max(columns - width, 8),
                measure: measure
            )
            return folded.enumerated().map { index, line in
                DetailLine(label: index == 0 ? key : " ", text: line.text)
            }
        }
    }

    /// The value with the beginnings of its long texts.
    private static func shortened(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text):
            let size = text.utf8.count
            guard size > mostValueBytes else { return value }
            let end = text.utf8.index(text.startIndex, offsetBy: mostValueBytes)
            return .string(String(decoding: text.utf8[..<end], as: UTF8.self) + " … (\(size >> 10) kB in all)")
        case .array(let values): return .array(values.map(shortened))
        case .object(let members): return .object(members.mapValues(shortened))
        default: return value
        }
    }

    private static func fold(_ lines: [Substring], columns: Int, measure: (Character) -> Int) -> [DetailLine] {
        let columns = max(columns, 1)
        var folded: [DetailLine] = []
        for line in lines {
            var row = ""
            var used = 0
            for character in line {
                let width = measure(character)
                if used + width > columns {
                    folded.append(DetailLine(label: "", text: row))
                    row = ""
                    used = 0
                }
                row.append(character)
                used += width
            }
            folded.append(DetailLine(label: "", text: row))
        }
        return folded
    }
}
