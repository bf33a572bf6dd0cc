import Foundation
import Money
import ReplicateAPI
import Search
import Studio
import Terminal

/// The facts of the selected run, under the table of a very wide screen; while it runs, the end of its log below them.
enum FactsView {
    private static let labelColumns = 9

    static func draw(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        let run = state.runs.selected
        canvas.frame(rect, title: [.init("Details")], note: note(run, canvas.glyphs), isFocused: false)
        let inner = rect.inset(dx: 2, dy: 1)
        guard let run else { return }
        let rows = rows(of: run, state, columns: max(10, inner.width - labelColumns), canvas.glyphs)
        for (index, row) in rows.prefix(inner.height).enumerated() {
            canvas.write(
                [.init(TextWidth.pad(row.label, to: labelColumns), .faint)] + row.value,
                at: Point(column: inner.left, row: inner.top + index),
                width: inner.width
            )
        }
        if run.isActive, !run.logs.isEmpty, inner.height > rows.count + 1 {
            drawLog(of: run, in: inner.removingTop(rows.count + 1), on: &canvas)
        }
    }

    private static func note(_ run: RunItem?, _ glyphs: Glyphs) -> [Canvas.Span] {
        run?.isActive == true ? [.init("live ", .muted), .init(glyphs.online, .running)] : []
    }

    private static func drawLog(of run: RunItem, in rect: Rect, on canvas: inout Canvas) {
        let lines = DetailText.tail(
            of: run.logs,
            rows: rect.height,
            columns: rect.width,
            measure: TextWidth.columns(of:)
        )
        for (row, line) in lines.enumerated() {
            canvas.write(line, at: Point(column: rect.left, row: rect.top + row), .muted, width: rect.width)
        }
    }

    private typealias Fact = (label: String, value: [Canvas.Span])

    private static func rows(of run: RunItem, _ state: StudioState, columns: Int, _ glyphs: Glyphs) -> [Fact] {
        var rows: [Fact] = []
        func add(_ label: String, _ text: String, _ role: Role, rows most: Int) {
            for (index, line) in WrappedLines.of(text, columns: columns, rows: most).enumerated() {
                rows.append((index == 0 ? label : "", [.init(line, role)]))
            }
        }
        add("prompt", run.prompt, .text, rows: 4)
        rows += [
            ("model", [.init(run.model)]),
            ("status", [.init(run.statusWord, glyphs.stageRole(run), .bold)]),
        ]
        let times = times(run)
        if !times.isEmpty { add("time", times, .muted, rows: 2) }
        let cost = PredictionsView.costText(run)
        let amount: [Canvas.Span] = [.init(cost.text, cost.role, .bold)]
        rows.append((run.cost == nil ? "estimate" : "cost", amount + PredictionsView.comparison(run)))
        let because = run.cost?.because ?? run.estimate.explanation
        if !because.isEmpty { add("", because, .faint, rows: 2) }
        let annotation = run.annotation
        let stars = glyphs.stars(annotation)
        let tags = annotation.tags.map { "#\($0.oneLine(characters: 40))" }.joined(separator: " ")
        if !stars.isEmpty || !tags.isEmpty {
            rows.append(("tags", [.init(stars.isEmpty ? "" : stars + "  ", .cost), .init(tags)]))
        }
        if let note = annotation.note {
            add("note", note, .text, rows: 3)
        }
        let inputs = run.input.filter { !["prompt", "text"].contains($0.key) && $0.value.array == nil }
            .sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.plain.prefix(40))" }
        if !inputs.isEmpty { add("inputs", inputs.joined(separator: " · "), .muted, rows: 3) }
        if let path = state.shownOutput?.path {
            rows.append(
                ("saved", [.init(glyphs.address(DisplayPath.abbreviated(path, home: state.home), columns: columns))])
            )
        } else if let url = state.shownOutput?.url {
            rows.append(("url", [.init(glyphs.address(url, columns: columns), .muted)]))
        }
        rows.append(("id", [.init(run.predictionID ?? "not accepted yet", .muted)]))
        return rows
    }

    private static func times(_ run: RunItem) -> String {
        var words: [String] = []
        if let start = run.startedAt { words.append("queued \(Seconds.text(start.timeIntervalSince(run.createdAt)))") }
        if let seconds = run.raw["metrics"]?["predict_time"]?.double {
            words.append("predict \(Seconds.text(seconds))")
        }
        if let end = run.finishedAt { words.append("total \(Seconds.text(end.timeIntervalSince(run.createdAt)))") }
        return words.joined(separator: " · ")
    }
}
