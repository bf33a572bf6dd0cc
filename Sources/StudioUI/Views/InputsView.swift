import ReplicateAPI
import Studio
import Terminal

enum InputsView {
    static func draw(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        let isFocused = state.focus == .inputs
        let form = state.compose.inputs
        let rows = state.compose.inputRows
        if rect.height < 3 {
            let changed = rows.filter(\.isChanged).map { "\($0.name) \($0.text)" }.joined(separator: "  ")
            let note = form.fields.isEmpty ? noInputs(state) : "\(form.changedCount) of \(form.fields.count) changed"
            return SummaryLine.draw("4", "Inputs", changed, note: note, in: rect, on: &canvas)
        }
        let inner = rect.inset(dx: 2, dy: 1)
        var note: [Canvas.Span] = []
        if !form.parked.isEmpty { note.append(.init("\(form.parked.count) parked \(canvas.glyphs.dot) ", .warn)) }
        note.append(.init("\(form.changedCount) of \(form.fields.count) changed", .muted))
        canvas.frame(
            rect,
            title: [.init("4 ", .faint), .init("Inputs", isFocused ? .focus : .text, isFocused ? .bold : [])],
            note: form.fields.isEmpty ? [] : note,
            // In its row there is seldom room for a whole sentence.
            alarm: (isFocused ? rows.first { $0.isSelected && !$0.isOnlyMissing }?.complaint : nil)
                ?? state.compose.refusal(in: .inputs),
            isFocused: isFocused
        )
        guard inner.height > 0 else { return }
        guard !rows.isEmpty else {
            let text =
                form.showsChangedOnly
                ? "nothing is changed; \(state.keys.name(of: .changedInputs)) shows all" : noInputs(state)
            canvas.write(text, at: inner.origin, .faint, width: inner.width)
            return
        }
        let grid = InputGrid(inner: inner, rows: rows, isZoomed: state.isZoomed, showsHelp: isFocused)
        for index in grid.visible(rows.count) {
            let cell = grid.cell(at: index)
            canvas.link(cell, .input(index))
            draw(
                rows[index],
                index: index,
                label: grid.label,
                hasFactsBelow: grid.linesPerRow > 1,
                in: cell,
                isSelected: isFocused && rows[index].isSelected,
                form: form,
                on: &canvas
            )
            let facts = rows[index].facts(canvas.glyphs)
            if grid.linesPerRow > 1, !facts.isEmpty {
                canvas.write(
                    facts.oneLine(characters: cell.width),
                    at: Point(column: cell.left + 2, row: cell.top + 1),
                    .faint,
                    width: cell.width - 2
                )
            }
        }
        if let help = grid.help, let row = rows.first(where: \.isSelected) { describe(row, in: help, on: &canvas) }
        canvas.scrollbar(.inputs, rect, top: grid.top, shown: grid.shownLines, total: grid.lines, isFocused: isFocused)
    }

    private static func noInputs(_ state: StudioState) -> String {
        state.compose.model.details == nil ? "shown once the model is known" : "no other inputs"
    }

    /// What the input is for, its range and its default.
    private static func describe(_ row: InputRow, in rect: Rect, on canvas: inout Canvas) {
        let facts = row.facts(canvas.glyphs)
        let complaint = row.isOnlyMissing ? nil : row.complaint
        let text = complaint ?? (facts.isEmpty ? "The model says nothing about it." : facts)
        let lines = WrappedLines.of(text, columns: rect.width, rows: rect.height)
        let role: Role = complaint == nil ? .muted : .error
        for (index, line) in lines.enumerated() {
            canvas.write(line, at: Point(column: rect.left, row: rect.top + index), role, width: rect.width)
        }
    }

    private static func draw(
        _ row: InputRow,
        index: Int,
        label: Int,
        hasFactsBelow: Bool,
        in cell: Rect,
        isSelected: Bool,
        form: InputsForm,
        on canvas: inout Canvas
    ) {
        if case .fold(let isOpen) = row.control {
            let sign = isOpen ? canvas.glyphs.choice : canvas.glyphs.pointer
            canvas.write(
                [.init("\(sign) \(row.name)", .muted, target: .inputControl(index, .editInput))],
                at: cell.origin,
                width: cell.width
            )
            if isSelected {
                canvas.highlight(cell)
                canvas.cursor = .hidden(cell.origin)
            }
            return
        }
        let value = Point(column: cell.left + label + 3, row: cell.top)
        let room = cell.width - label - 3
        canvas.write(
            [
                .init(TextWidth.pad(row.name, to: label), row.isChanged ? .text : .muted),
                .init(row.isChanged ? " \(canvas.glyphs.changed) " : "   ", .focus, .bold),
            ],
            at: cell.origin,
            width: cell.width
        )
        if let editing = form.editing, row.isEditing {
            let field = editing.issue == nil ? room : min(room, max(8, room / 3))
            canvas.write(
                " \(editing.issue ?? "")",
                at: Point(column: value.column + field, row: value.row),
                .error,
                width: room - field
            )
            let isSecret = row.control == .secret
            FieldView.draw(editing.editor, isSecret: isSecret, at: value, width: field, on: &canvas)
            return
        }
        let tail: Canvas.Span =
            row.issue.map { .init("  \($0)", .error) } ?? .init("  \(hasFactsBelow ? "" : row.shortHint)", .faint)
        canvas.write(
            [
                .init(
                    text(of: row, canvas.glyphs),
                    row.issue != nil ? .error : row.isChanged ? .text : .muted,
                    row.isChanged ? .bold : [],
                    target: .inputControl(index, .editInput)
                )
            ] + control(row, index, canvas.glyphs) + [tail],
            at: value,
            width: room
        )
        if isSelected {
            canvas.highlight(cell)
            canvas.cursor = .hidden(value)
        }
    }

    private static func text(of row: InputRow, _ glyphs: Glyphs) -> String {
        switch row.control {
        case .toggle(let isOn?): isOn ? glyphs.on : glyphs.off
        case .toggle(nil): glyphs.nothing
        default: row.text == InputsForm.unset ? glyphs.nothing : row.text
        }
    }

    private static func control(_ row: InputRow, _ index: Int, _ glyphs: Glyphs) -> [Canvas.Span] {
        switch row.control {
        case .choice, .ticks, .branch:
            [.init(" \(glyphs.choice)", .focus, target: .inputControl(index, .editInput))]
        case .stepper:
            [
                .init(" \(glyphs.steps.prefix(1))", .focus, target: .inputControl(index, .decreaseInput)),
                .init("\(glyphs.steps.suffix(1))", .focus, target: .inputControl(index, .increaseInput)),
            ]
        case .entry, .secret, .json, .toggle, .fold: []
        }
    }
}

extension InputRow {
    /// What is wrong with it, with its name; nil: nothing.
    fileprivate var complaint: String? {
        issue.map { $0.hasPrefix(name) ? $0 : "\(name) \($0)" }
    }

    /// All that is wrong is that it has no value, and its row has the room to say so.
    fileprivate var isOnlyMissing: Bool { issue == "is required" }

    /// What is said behind the value.
    fileprivate var shortHint: String {
        [isDeprecated ? "deprecated" : nil, hint].compactMap { $0 }.joined(separator: "  ")
    }

    /// What the input is for, its range and its default.
    fileprivate func facts(_ glyphs: Glyphs) -> String {
        let facts = [
            isDeprecated && !isFold ? "deprecated" : nil, summary, isRequired ? "required" : nil,
            // Before the choices, which may be many: what is last is cut first.
            defaultText.flatMap { $0.isEmpty ? nil : "default \($0)" }, hint,
        ]
        return facts.compactMap { $0 }.joined(separator: " \(glyphs.dot) ")
    }

    private var isFold: Bool { if case .fold = control { true } else { false } }
}
