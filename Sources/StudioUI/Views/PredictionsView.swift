import Foundation
import Money
import Studio
import Terminal

/// The live table of predictions.
enum PredictionsView {
    /// What a view needs beside the state: nothing that the state could not be compared without.
    struct Moment {
        var now: Date
        var calendar: Calendar
        /// Counts eighths of a second; turns what is moving.
        var frame: Int
    }

    static func draw(_ state: StudioState, in rect: Rect, moment: Moment, on canvas: inout Canvas) {
        let isFocused = state.focus == .predictions
        let list = state.runs
        let rows = list.shown
        canvas.frame(
            rect,
            title: title(state, isFocused: isFocused),
            note: note(state, canvas.glyphs),
            footnote: footnote(list),
            isFocused: isFocused
        )
        let inner = rect.inset(dx: 2, dy: 1)
        guard inner.height > 1 else { return }
        if let entry = state.filterEntry {
            let column = rect.left + 16
            canvas.write(" / ", at: Point(column: column, row: rect.top), .focus, .bold)
            FieldView.draw(
                entry,
                at: Point(column: column + 3, row: rect.top),
                width: min(24, rect.width - 30),
                on: &canvas
            )
        }
        guard !rows.isEmpty else { return empty(state, in: inner, on: &canvas) }

        let columns = Columns(width: inner.width)
        heading(columns, in: inner, on: &canvas)
        var line = inner.top + 1
        var shown = 0
        for item in rows.dropFirst(list.top) {
            let lines = RunRow.lines(of: item)
            guard line + lines <= inner.bottom else { break }
            let area = Rect(column: inner.left, row: line, width: inner.width, height: lines)
            let isSelected = item.id == list.selection
            draw(item, state, in: area, columns, moment: moment, isSelected: isSelected, on: &canvas)
            if isSelected {
                canvas.highlight(Rect(origin: area.origin, size: Size(columns: area.width, rows: 1)))
                if isFocused, state.filterEntry == nil { canvas.cursor = .hidden(area.origin) }
            }
            line += lines
            shown += 1
        }
        canvas.scrollbar(rect, top: list.top, shown: shown, total: rows.count, isFocused: isFocused)
    }

    private static func title(_ state: StudioState, isFocused: Bool) -> [Canvas.Span] {
        var spans: [Canvas.Span] = [
            .init("5 ", .faint), .init("Predictions", isFocused ? .focus : .text, isFocused ? .bold : []),
        ]
        if !state.runs.marked.isEmpty {
            let hidden = state.runs.hiddenMarks
            let note = hidden == 0 ? "" : ", \(hidden) hidden"
            spans.append(.init("  \(state.runs.marked.count) marked\(note)", .focus))
        }
        if state.filterEntry == nil, !state.runs.filter.isEmpty {
            spans.append(.init("  / \(state.runs.filter)", .focus))
        }
        return spans
    }

    /// Which row of how many: of the whole history, or of those that have the filter's words and were found so far.
    private static func footnote(_ list: RunList) -> [Canvas.Span] {
        guard let index = list.selectedIndex else { return [] }
        let isSearching = !list.filter.isEmpty && list.pages.next != nil
        let total = list.filter.isEmpty ? max(list.pages.total, list.shown.count) : list.shown.count
        return [.init("\(index + 1) of \(total)\(isSearching ? " so far" : "")", .muted)]
    }

    private static func note(_ state: StudioState, _ glyphs: Glyphs) -> [Canvas.Span] {
        if state.runs.unseen > 0 {
            return [.init("\(state.runs.unseen) new \(glyphs.isUnicode ? "↑" : "^")", .focus, .bold)]
        }
        let active = state.runs.activeCount
        return active == 0 ? [] : [.init("\(active) active", .running)]
    }

    /// Column widths: numbers are fixed, the prompt takes what is left.
    private struct Columns {
        let status = 11
        let time = ClockText.durationColumns + 1
        let cost: Int
        let model: Int
        let prompt: Int

        init(width: Int) {
            cost = width >= 76 ? 14 : width >= 60 ? 11 : 9
            model = width >= 58 ? min(20, width * 22 / 100) : 0
            prompt = max(0, width - 3 - status - time - cost - (model == 0 ? 0 : model + 1) - 1)
        }
    }

    private static func heading(_ columns: Columns, in inner: Rect, on canvas: inout Canvas) {
        var text =
            "   " + TextWidth.pad("Status", to: columns.status)
            + TextWidth.pad("Time", to: columns.time - 1, alignment: .right) + " "
        if columns.model > 0 { text += TextWidth.pad(" Model", to: columns.model + 1) }
        text +=
            TextWidth.pad(" Prompt", to: columns.prompt + 1)
            + TextWidth.pad("Cost", to: columns.cost, alignment: .right)
        canvas.write(text, at: inner.origin, .faint, width: inner.width)
    }

    private static func draw(
        _ item: RunItem,
        _ state: StudioState,
        in area: Rect,
        _ columns: Columns,
        moment: Moment,
        isSelected: Bool,
        on canvas: inout Canvas
    ) {
        let glyphs = canvas.glyphs
        let role = glyphs.stageRole(item)
        let mark = state.runs.marked.contains(item.id) ? glyphs.changed : isSelected ? glyphs.pointer : " "
        let time =
            item.isActive
            ? ClockText.duration(item.elapsed(at: moment.now))
            : ClockText.moment(item.finishedAt ?? item.createdAt, now: moment.now, calendar: moment.calendar)
        var spans: [Canvas.Span] = [
            .init(mark, .focus, .bold),
            .init(glyphs.stage(item, frame: moment.frame) + " ", role, .bold),
            .init(TextWidth.pad(item.statusWord, to: columns.status), role),
            .init(TextWidth.pad(time, to: columns.time - 1, alignment: .right) + " ", .muted),
        ]
        if columns.model > 0 {
            spans.append(
                .init(" " + TextWidth.pad(item.shortModel, to: columns.model, ellipsis: glyphs.ellipsis), .muted)
            )
        }
        let prompt = item.prompt.oneLine(characters: columns.prompt + 1)
        spans.append(
            .init(
                " " + TextWidth.pad(prompt, to: columns.prompt, ellipsis: glyphs.ellipsis),
                item.isActive ? .text : .text
            )
        )
        canvas.write(spans, at: area.origin, width: area.width - columns.cost)
        let cost = costText(item)
        canvas.write(
            TextWidth.pad(cost.text, to: columns.cost, alignment: .right, ellipsis: glyphs.ellipsis),
            at: Point(column: area.right - columns.cost, row: area.top),
            cost.role,
            width: columns.cost
        )
        if area.height > 1 {
            let second = Rect(column: area.left + 3, row: area.top + 1, width: area.width - 3, height: 1)
            draw(RunRow.secondLine(of: item, state.keys), of: item, in: second, moment: moment, on: &canvas)
        }
    }

    /// What it cost or may cost, in gold where it is money that was or will be paid.
    static func costText(_ item: RunItem) -> (text: String, role: Role) {
        switch item.cost {
        case nil: return (item.costLabel, item.isActive ? .cost : .muted)
        case .free, .unknown: return (item.costLabel, .muted)
        // What cost something else than was said is marked.
        case .counted, .estimated:
            return item.deviation == nil ? (item.costLabel, .cost) : ("! \(item.costLabel)", .warn)
        }
    }

    /// What it was thought to cost, beside what it did; nothing while the one stands for the other.
    static func comparison(_ item: RunItem) -> [Canvas.Span] {
        guard item.cost != nil else { return [] }
        return [
            .init("   estimate \(item.estimate.label)", .muted),
            .init(item.deviation.map { "   \($0.text)" } ?? "", .warn, .bold),
        ]
    }

    private static func draw(
        _ line: RunRow.SecondLine,
        of item: RunItem,
        in rect: Rect,
        moment: Moment,
        on canvas: inout Canvas
    ) {
        switch line {
        case .nothing: break
        case .sentence(let text):
            let role: Role = item.stage == .failed || item.stage == .refused ? .error : .faint
            canvas.write(
                text.oneLine(characters: rect.width + 1),
                at: rect.origin,
                role,
                width: rect.width
            )
        case .progress(let fraction):
            let columns = max(8, min(32, rect.width - 26))
            let tail: String
            var spans: [Canvas.Span]
            if let fraction {
                let bar = canvas.glyphs.bar(fraction, columns: columns)
                spans = [.init("▕", .faint), .init(bar.filled, .running), .init(bar.rest, .faint), .init("▏", .faint)]
                tail = " \(Int(fraction * 100)) %"
            } else {
                let bar = canvas.glyphs.wandering(frame: moment.frame, columns: columns)
                spans = [
                    .init("▕", .faint), .init(bar.before, .faint), .init(bar.block, .running),
                    .init(bar.after, .faint), .init("▏", .faint),
                ]
                tail = ""
            }
            spans.append(.init(tail, .text))
            if let typical = item.typicalDuration {
                let left = typical - item.elapsed(at: moment.now)
                spans.append(.init(left > 1 ? "  about \(ClockText.duration(left)) left" : "  any moment now", .faint))
            }
            canvas.write(spans, at: rect.origin, width: rect.width)
        }
    }

    private static func price(_ total: Estimate) -> [Canvas.Span] {
        guard total.high != nil else { return [.init("; its price is not known.", .muted)] }
        return [.init(" for ", .muted), .init(total.label, .cost, .bold), .init(".", .muted)]
    }

    private static func empty(_ state: StudioState, in inner: Rect, on canvas: inout Canvas) {
        if !state.runs.filter.isEmpty {
            canvas.write(
                "No prediction has these words. \(state.keys.name(of: .back)) shows all.",
                at: inner.origin,
                .faint,
                width: inner.width
            )
            return
        }
        let lines: [[Canvas.Span]] =
            state.mode == .noToken
            ? [
                [.init("No token.", .warn, .bold)],
                [
                    .init("Set ", .muted), .init("REPLICATE_API_TOKEN", .focus),
                    .init(" and start again, or run", .muted),
                ],
                [.init("darkroom demo", .focus), .init(": the whole studio without token or money.", .muted)],
            ]
            : [
                [.init("No predictions yet.", .muted)],
                [
                    .init(state.keys.name(of: .run), .focus), .init(" runs this prompt", .muted),
                ] + price(state.compose.quote.total),
            ]
        for (row, spans) in lines.enumerated() where row < inner.height {
            canvas.write(spans, at: Point(column: inner.left, row: inner.top + row), width: inner.width)
        }
    }
}
