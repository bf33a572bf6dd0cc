import ReplicateAPI

/// The lines of the text tabs: logs, inputs and JSON of the selected run, folded to a width.
///
/// Logs are cut to their last 2,000 lines; what comes from the network is not yet safe for a terminal.
package enum DetailText {
    package struct Line: Hashable, Sendable {
        /// The name of an input; empty elsewhere.
        package var label: String
        package var text: String
    }

    package static let mostLines = 2_000

    package static func lines(
        for state: StudioState,
        columns: Int,
        measure: (Character) -> Int
    ) -> [Line] {
        guard let run = state.runs.selected else { return [] }
        switch state.detail.tab {
        case .preview: return []
        case .logs: return fold(lastLines(of: run.logs), columns: columns, measure: measure)
        case .inputs: return inputs(of: run, columns: columns, measure: measure)
        case .json: return fold(json(of: run), columns: columns, measure: measure)
        }
    }

    private static func lastLines(of logs: String) -> [Substring] {
        let lines = logs.split(omittingEmptySubsequences: true) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        return Array(lines.suffix(mostLines))
    }

    private static func json(of run: RunItem) -> [Substring] {
        let value = run.raw.isNull ? JSONValue.object(run.input) : run.raw
        return Array(
            value.text(pretty: true).split(separator: "\n", omittingEmptySubsequences: false).prefix(mostLines)
        )
    }

    private static func inputs(of run: RunItem, columns: Int, measure: (Character) -> Int) -> [Line] {
        let width = min(run.input.keys.map(\.count).max() ?? 0, max(columns / 3, 8)) + 2
        return run.input.sorted { $0.key < $1.key }.flatMap { key, value in
            let folded = fold(
                value.plain.split(separator: "\n", omittingEmptySubsequences: false),
                columns: max(columns - width, 8),
                measure: measure
            )
            return folded.enumerated().map { index, line in
                Line(label: index == 0 ? key : " ", text: line.text)
            }
        }
    }

    private static func fold(_ lines: [Substring], columns: Int, measure: (Character) -> Int) -> [Line] {
        let columns = max(columns, 1)
        var folded: [Line] = []
        for line in lines {
            var row = ""
            var used = 0
            for character in line {
                let width = measure(character)
                if used + width > columns {
                    folded.append(Line(label: "", text: row))
                    row = ""
                    used = 0
                }
                row.append(character)
                used += width
            }
            folded.append(Line(label: "", text: row))
        }
        return folded
    }
}
