import Foundation
import Money
import Search
import Studio
import Terminal

/// What is typed into the frame of the table, or the head of the light table.
struct RunsField {
    let label: String
    let editor: TextEditor

    /// nil: nothing is.
    init?(_ state: StudioState) {
        if let entry = state.annotationEntry {
            (label, editor) = (entry.kind == .tags ? "tags" : "note", entry.editor)
        } else if let entry = state.filterEntry {
            (label, editor) = ("/", entry)
        } else {
            return nil
        }
    }
}

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
            title: title(state, canvas.glyphs, isFocused: isFocused),
            note: note(state, canvas.glyphs),
            footnote: footnote(list),
            isFocused: isFocused
        )
        let inner = rect.inset(dx: 2, dy: 1)
        guard inner.height > 1 else { return }
        if let entry = RunsField(state) {
            let column = rect.left + 16
            canvas.write(" \(entry.label) ", at: Point(column: column, row: rect.top), .focus, .bold)
            FieldView.draw(
                entry.editor,
                at: Point(column: column + entry.label.count + 2, row: rect.top),
                width: max(4, min(40, rect.width - 29 - entry.label.count)),
                on: &canvas
            )
        }
        guard !rows.isEmpty else { return empty(state, in: inner, on: &canvas) }

        let visible = Array(rows.dropFirst(list.top).prefix(inner.height))
        let table = Table(visible, width: inner.width, sort: list.sort, moment: moment, glyphs: canvas.glyphs)
        if let issue = list.filterIssue {
            canvas.write(issue, at: inner.origin, .warn, width: inner.width)
        } else {
            heading(table, sort: list.sort, in: inner, on: &canvas)
        }
        let captions = RunCaption.of(
            rows,
            rows: list.top..<(list.top + visible.count),
            isByTime: list.sort.isByTime,
            columns: table.prompt,
            ellipsis: canvas.glyphs.ellipsis,
            subject: state.subject,
            beside: { Beside($0, columns: table.prompt, canvas.glyphs).columns }
        )
        var line = inner.top + 1
        var shown = 0
        for (item, caption) in zip(visible, captions) {
            let lines = RunRow.lines(of: item)
            guard line + lines <= inner.bottom else { break }
            let area = Rect(column: inner.left, row: line, width: inner.width, height: lines)
            let isSelected = item.id == list.selection
            canvas.link(area, .run(item.id))
            draw(item, caption, state, in: area, table, moment: moment, isSelected: isSelected, on: &canvas)
            if isSelected {
                canvas.highlight(Rect(origin: area.origin, size: Size(columns: area.width, rows: 1)))
                if isFocused, RunsField(state) == nil { canvas.cursor = .hidden(area.origin) }
            }
            line += lines
            shown += 1
        }
        canvas.scrollbar(
            .predictions,
            rect,
            top: (list.pages.above ?? 0) + list.top,
            shown: shown,
            total: list.pages.total ?? rows.count,
            isFocused: isFocused
        )
    }

    private static func title(_ state: StudioState, _ glyphs: Glyphs, isFocused: Bool) -> [Canvas.Span] {
        var spans: [Canvas.Span] = [
            .init("5 ", .faint), .init("Predictions", isFocused ? .focus : .text, isFocused ? .bold : []),
        ]
        if !state.runs.marks.runs.isEmpty {
            let hidden = state.runs.hiddenMarks
            let note = hidden == 0 ? "" : ", \(hidden) hidden"
            spans.append(.init("  \(state.runs.marks.runs.count) marked\(note)", .focus))
        }
        if RunsField(state) == nil, !state.runs.filter.isEmpty {
            spans.append(.init("  / \(state.runs.filter)", .focus))
        }
        if RunsField(state) == nil { spans += order(of: state.runs, glyphs) }
        return spans
    }

    /// What the list is sorted by; nothing while it is as it always begins.
    static func order(of list: RunList, _ glyphs: Glyphs) -> [Canvas.Span] {
        list.sort == .newestFirst ? [] : [.init("  by \(list.sort.key.rawValue) \(glyphs.arrow(list.sort))", .focus)]
    }

    /// Which row of how many in the history, or of those that the filter lets through.
    private static func footnote(_ list: RunList) -> [Canvas.Span] {
        guard let index = list.selectedIndex, let total = list.pages.total else { return [] }
        // How many are above is counted while the rows are shown already.
        return [.init("\(list.pages.above.map { "\($0 + index + 1) of " } ?? "")\(total)", .muted)]
    }

    private static func note(_ state: StudioState, _ glyphs: Glyphs) -> [Canvas.Span] {
        if state.runs.unseen > 0 {
            return [.init("\(state.runs.unseen) new \(glyphs.isUnicode ? "↑" : "^")", .focus, .bold)]
        }
        let active = state.runs.activeCount
        return active == 0 ? [] : [.init("\(active) active", .running)]
    }

    /// Columns of the pointer or the mark, and of the sign of a row, with the blank behind them.
    private static let signs = 3

    /// Widths of the columns, as narrow as the rows on the screen allow; the prompt takes what is left.
    private struct Table {
        let prompt: Int
        let model: Int
        let time: Int
        let cost: AmountColumn
        let costWidth: Int
        /// How long a run took in place of when it ended.
        let showsDurations: Bool

        init(_ items: [RunItem], width: Int, sort: RunSort, moment: Moment, glyphs: Glyphs) {
            showsDurations = sort.key == .duration
            let showsDurations = showsDurations
            cost = AmountColumn(items.map { costText($0).text }, most: width >= 60 ? 16 : 12)
            // Words such as `starting` come and go: the other columns stay where they are.
            time = max(
                width >= 60 ? 8 : 5,
                items.map { TextWidth.columns(of: timeText($0, showsDurations, moment).text) }.max() ?? 0
            )
            let names = items.map { TextWidth.columns(of: $0.shortModel) }.max() ?? 0
            // An arrow may stand behind the heading.
            model = width >= 48 ? min(max(names, sort.key == .model ? 6 : 5), max(8, width / 5)) : 0
            costWidth = max(cost.width, sort.key == .cost ? 5 : 4)
            prompt = max(0, width - signs - (model == 0 ? 0 : model + 2) - time - 2 - costWidth - 2)
        }
    }

    /// A model's name without its family, such as `schnell` of `flux-schnell`, where all of it does not fit and that does.
    private static func model(_ name: String, columns: Int) -> String {
        guard TextWidth.columns(of: name) > columns, let dash = name.firstIndex(of: "-") else { return name }
        let short = String(name[name.index(after: dash)...])
        // A number alone names nothing.
        return short.first?.isLetter == true && TextWidth.columns(of: short) <= columns ? short : name
    }

    /// A heading over each column, each to be clicked; the one that the rows are sorted by has an arrow.
    private static func heading(_ table: Table, sort: RunSort, in inner: Rect, on canvas: inout Canvas) {
        let arrow = canvas.glyphs.arrow(sort)
        var column = inner.left
        func put(_ name: String, _ key: RunSort.Key, _ width: Int, alignment: TextWidth.Alignment) {
            let isSorted = sort.key == key
            let place = Point(column: column, row: inner.top)
            let text = TextWidth.pad(name + (isSorted ? arrow : ""), to: width, alignment: alignment)
            canvas.write(text, at: place, isSorted ? .text : .faint, isSorted ? .bold : [], width: width)
            canvas.link(Rect(origin: place, size: Size(columns: width, rows: 1)), .heading(.sort(by: key)))
            column += width
        }
        // What the signs say has no room for a word.
        put(sort.key == .status ? " " : "", .status, signs, alignment: .left)
        put("Prompt", .prompt, table.prompt, alignment: .left)
        column += 2
        if table.model > 0 {
            put("Model", .model, table.model, alignment: .left)
            column += 2
        }
        put(
            table.showsDurations ? "Took" : "Time",
            table.showsDurations ? .duration : .time,
            table.time,
            alignment: .right
        )
        column += 2
        put("Cost", .cost, table.costWidth, alignment: .right)
    }

    /// How long it runs, what keeps it from running, or when it ended or how long it took.
    private static func timeText(
        _ item: RunItem,
        _ showsDuration: Bool,
        _ moment: Moment
    ) -> (text: String, role: Role) {
        switch item.stage {
        case _ where item.isCanceling && item.isActive: (item.statusWord, .warn)
        case .queued, .sending, .starting: (item.statusWord, .running)
        case .processing: (ClockText.duration(item.elapsed(at: moment.now)), .muted)
        case .unclear, .unknown: (item.statusWord, .warn)
        case _ where showsDuration && !item.isActive:
            (item.finishedAt == nil ? "" : ClockText.duration(item.elapsed(at: moment.now)), .muted)
        case .resendable, .succeeded, .failed, .canceled, .aborted, .refused, .forgotten:
            (ClockText.moment(item.finishedAt ?? item.createdAt, now: moment.now, calendar: moment.calendar), .muted)
        }
    }

    /// The word for an end that is no success. The sign says it too, but no one has to learn signs.
    private static func endWord(_ item: RunItem) -> String {
        switch item.stage {
        case .resendable, .failed, .canceled, .aborted, .refused, .forgotten: item.statusWord
        case .succeeded where item.madeNothing: item.statusWord
        case .queued, .sending, .unclear, .starting, .processing, .succeeded, .unknown: ""
        }
    }

    private static func draw(
        _ item: RunItem,
        _ caption: RunCaption,
        _ state: StudioState,
        in area: Rect,
        _ table: Table,
        moment: Moment,
        isSelected: Bool,
        on canvas: inout Canvas
    ) {
        let glyphs = canvas.glyphs
        let role = glyphs.stageRole(item)
        // The selected row is seen without the pointer too.
        let lead = state.runs.marks.runs.contains(item.id) ? glyphs.changed : isSelected ? glyphs.pointer : " "
        let time = timeText(item, table.showsDurations, moment)
        let cost = costText(item)
        var spans: [Canvas.Span] = [
            .init(lead, .focus, .bold), .init(glyphs.stage(item, frame: moment.frame) + " ", role, .bold),
        ]
        spans += promptCell(item, caption, columns: table.prompt, glyphs)
        if table.model > 0 {
            let model = TextWidth.pad(
                model(item.shortModel, columns: table.model),
                to: table.model,
                ellipsis: glyphs.ellipsis
            )
            spans.append(.init("  " + model, .muted))
        }
        spans += [
            .init("  " + TextWidth.pad(time.text, to: table.time, alignment: .right), time.role),
            .init(
                "  "
                    + TextWidth.pad(
                        table.cost.text(of: cost.text, ellipsis: glyphs.ellipsis),
                        to: table.costWidth,
                        alignment: .right
                    ),
                cost.role
            ),
        ]
        canvas.write(spans, at: area.origin, width: area.width)
        if area.height > 1 {
            let second = Rect(column: area.left + signs, row: area.top + 1, width: area.width - signs, height: 1)
            draw(RunRow.secondLine(of: item, state.keys), of: item, in: second, moment: moment, on: &canvas)
        }
    }

    /// What stands behind the prompt: what was made, the rating, and the word for an end that is no success. The prompt goes
    /// before what was made.
    private struct Beside {
        let made: String
        let sign: String
        let end: String

        init(_ item: RunItem, columns: Int, _ glyphs: Glyphs) {
            let told = item.made.map { columns < 36 ? shortWords(for: $0) : words(for: $0) } ?? ""
            made = told.isEmpty || columns < 30 ? "" : " \(glyphs.dot) " + told
            let stars = glyphs.stars(item.annotation)
            sign = stars.isEmpty ? "" : "  " + stars
            let word = endWord(item)
            end = word.isEmpty || columns < 24 ? "" : "  " + word
        }

        var columns: Int { TextWidth.columns(of: made + sign + end) }
    }

    /// The caption, with the word for the end at the right edge.
    private static func promptCell(
        _ item: RunItem,
        _ caption: RunCaption,
        columns: Int,
        _ glyphs: Glyphs
    ) -> [Canvas.Span] {
        let beside = Beside(item, columns: columns, glyphs)
        let room = max(0, columns - TextWidth.columns(of: beside.sign + beside.end))
        let indent = min(caption.indent, room)
        let told = caption.difference.isEmpty ? "" : " \(glyphs.dot) " + caption.difference
        let least = min(TextWidth.columns(of: caption.text), 10)
        let difference = room - indent - TextWidth.columns(of: told + beside.made) < least ? "" : told
        let isSilent = caption.text.isEmpty && told.isEmpty
        let text = TextWidth.truncate(
            isSilent ? "no prompt" : caption.text,
            to: max(0, room - indent - TextWidth.columns(of: difference + beside.made)),
            ellipsis: glyphs.ellipsis
        )
        let used = indent + TextWidth.columns(of: text)
        let rest = TextWidth.truncate(difference, to: max(0, room - used), ellipsis: glyphs.ellipsis)
        let left = max(0, room - used - TextWidth.columns(of: rest))
        return [
            .init(String(repeating: " ", count: indent) + text, isSilent || caption.isSubject ? .faint : .text),
            .init(rest, .muted), .init(TextWidth.pad(beside.made, to: left, ellipsis: glyphs.ellipsis), .faint),
            .init(beside.sign, .cost), .init(beside.end, glyphs.stageRole(item)),
        ]
    }

    /// What a run has made, in a word or two: `4`, `film 8.0 s`, `text`, `3 sounds`.
    static func words(for made: RunItem.Made) -> String {
        if made.count > 1 { return "\(made.count)\(made.noun.map { " \($0)s" } ?? "")" }
        return [made.noun, made.seconds.map(Seconds.text)].compactMap { $0 }.joined(separator: " ")
    }

    /// The same without the word, where a number says enough.
    private static func shortWords(for made: RunItem.Made) -> String {
        if made.count > 1 { return "\(made.count)" }
        return made.seconds.map(Seconds.text) ?? made.noun ?? ""
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
        if item.estimate.label == item.costLabel { return [.init("   as estimated", .muted)] }
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
            let role: Role =
                item.stage == .failed || item.stage == .refused ? .error : item.madeNothing ? .warn : .faint
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
            if let remaining = ClockText.remaining(of: item, at: moment.now) {
                spans.append(.init("  \(remaining)", .faint))
            }
            canvas.write(spans, at: rect.origin, width: rect.width)
        }
    }

    private static func price(_ total: Estimate) -> [Canvas.Span] {
        guard total.high != nil else { return [.init("; its price is not known", .muted)] }
        return [.init(" for ", .muted), .init(total.label, .cost, .bold)]
    }

    private static func empty(_ state: StudioState, in inner: Rect, on canvas: inout Canvas) {
        if !state.runs.filter.isEmpty {
            let isRead = state.runs.pages.isWhole
            canvas.link(Rect(origin: inner.origin, size: Size(columns: inner.width, rows: 1)), .command(.back))
            canvas.write(
                state.runs.filterIssue
                    ?? (isRead ? "No prediction is like that. \(state.keys.name(of: .back)) shows all." : "Looking…"),
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
                    .key(state.keys.name(of: .setUp), .setUp), .init(" sets one up", .muted, target: .command(.setUp)),
                    .init(", or quit and run", .muted),
                ],
                [.init("darkroom demo", .focus), .init(": the whole studio without token or money.", .muted)],
            ]
            : [[.init("No predictions yet. Three steps:", .muted)]] + steps(state, canvas.glyphs)
        for (row, spans) in lines.enumerated() where row < inner.height {
            canvas.write(spans, at: Point(column: inner.left, row: inner.top + row), width: inner.width)
        }
    }

    /// How a first picture is made; what is done has a check.
    private static func steps(_ state: StudioState, _ glyphs: Glyphs) -> [[Canvas.Span]] {
        func step(_ number: Int, isDone: Bool, _ command: Command, _ text: String) -> [Canvas.Span] {
            [
                isDone ? .init("\(glyphs.check) ", .ok, .bold) : .init("\(number) ", .muted, .bold),
                .key(state.keys.name(of: command), command), .init(" \(text)", .muted, target: .command(command)),
            ]
        }
        let model = state.compose.model
        let run = step(3, isDone: false, .run, "runs it")
        return [
            step(
                1,
                isDone: model.details != nil,
                .changeModel,
                "picks a model\(model.details == nil ? "" : ": \(model.path)")"
            ),
            step(2, isDone: !state.compose.prompt.isEmpty, .focusPrompt, "goes to the prompt: what you want to see"),
            run + (state.compose.quote.obstacle == nil ? price(state.compose.quote.total) : []),
        ]
    }
}
