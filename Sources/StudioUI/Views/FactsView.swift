import Foundation
import Money
import ReplicateAPI
import Studio
import Terminal

/// What very wide screens show beside the panes: the log as it grows, and the facts of the selected run.
enum SideView {
    static func logs(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        let run = state.runs.selected
        canvas.frame(
            rect,
            title: [.init("Logs"), .init(run.map { "  \($0.shortModel)" } ?? "", .muted)],
            note: run?.isActive == true ? [.init("live ", .muted), .init(canvas.glyphs.online, .running)] : [],
            isFocused: false
        )
        let inner = rect.inset(dx: 2, dy: 1)
        guard let run, !run.logs.isEmpty else {
            canvas.write(run == nil ? "" : "No logs yet.", at: inner.origin, .faint, width: inner.width)
            return
        }
        let rows = DetailText.tail(
            of: run.logs,
            rows: inner.height,
            columns: inner.width,
            measure: TextWidth.columns(of:)
        )
        for (row, line) in rows.enumerated() {
            canvas.write(line, at: Point(column: inner.left, row: inner.top + row), .muted, width: inner.width)
        }
    }

    static func details(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        canvas.frame(rect, title: [.init("Details")], isFocused: false)
        let inner = rect.inset(dx: 2, dy: 1)
        guard let run = state.runs.selected else { return }
        var rows: [(String, [Canvas.Span])] = [
            ("status", [.init(run.statusWord, canvas.glyphs.stageRole(run), .bold), .init(times(run), .muted)]),
            ("model", [.init(run.model)]),
            ("id", [.init(run.predictionID ?? "not accepted yet", .muted)]),
        ]
        let cost = PredictionsView.costText(run)
        rows.append(
            (
                run.cost == nil ? "estimate" : "cost",
                [.init(cost.text, cost.role, .bold)] + PredictionsView.comparison(run)
            )
        )
        let because = run.cost?.because ?? run.estimate.explanation
        if !because.isEmpty { rows.append(("", [.init(because, .faint)])) }
        let inputs = run.input.filter { !["prompt", "text"].contains($0.key) && $0.value.array == nil }
            .sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.plain.prefix(40))" }
        if !inputs.isEmpty { rows.append(("inputs", [.init(inputs.joined(separator: " · "), .muted)])) }
        if let path = state.shownOutput?.path {
            rows.append(("saved", [.init(canvas.glyphs.address(path, columns: inner.width - 9))]))
        }
        if let url = state.shownOutput?.url {
            rows.append(("url", [.init(canvas.glyphs.address(url, columns: inner.width - 9), .muted)]))
        }
        if !run.prompt.isEmpty {
            let lines = WrappedLines.of(run.prompt, columns: max(10, inner.width - 9), rows: inner.height)
            for (index, line) in lines.enumerated() { rows.append((index == 0 ? "prompt" : "", [.init(line)])) }
        }
        for (index, row) in rows.prefix(inner.height).enumerated() {
            canvas.write(
                [.init(TextWidth.pad(row.0, to: 9), .faint)] + row.1,
                at: Point(column: inner.left, row: inner.top + index),
                width: inner.width
            )
        }
    }

    private static func times(_ run: RunItem) -> String {
        var words: [String] = []
        if let start = run.startedAt { words.append("queued \(Seconds.text(start.timeIntervalSince(run.createdAt)))") }
        if let seconds = run.raw["metrics"]?["predict_time"]?.double {
            words.append("predict \(Seconds.text(seconds))")
        }
        if let end = run.finishedAt { words.append("total \(Seconds.text(end.timeIntervalSince(run.createdAt)))") }
        return words.isEmpty ? "" : "  ·  " + words.joined(separator: " · ")
    }
}
