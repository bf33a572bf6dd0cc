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
            let note = form.fields.isEmpty ? "no other inputs" : "\(form.changedCount) of \(form.fields.count) changed"
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
            // In its row there is seldom room for the whole sentence.
            alarm: (isFocused ? rows.first { $0.isSelected }?.issue : nil) ?? state.compose.refusal(in: .inputs),
            isFocused: isFocused
        )
        guard inner.height > 0 else { return }
        guard !rows.isEmpty else {
            let text =
                form.showsChangedOnly
                ? "nothing is changed; \(state.keys.name(of: .changedInputs)) shows all" : "no other inputs"
            canvas.write(text, at: inner.origin, .faint, width: inner.width)
            return
        }
        let columns = InputGrid.columns(width: inner.width)
        let width = inner.width / columns
        let selected = form.selection ?? 0
        let lines = (rows.count + columns - 1) / columns
        let top = max(0, min(selected / columns - inner.height + 1, lines - inner.height))
        let label = min(max(rows.map { $0.name.count }.max() ?? 8, 8), max(8, width * 45 / 100))
        for line in 0..<min(inner.height, lines - top) {
            for column in 0..<columns {
                let index = (top + line) * columns + column
                guard index < rows.count else { break }
                let cell = Rect(
                    column: inner.left + column * width,
                    row: inner.top + line,
                    width: width - (column == columns - 1 ? 0 : 2),
                    height: 1
                )
                let isSelected = isFocused && index == selected
                draw(rows[index], label: label, in: cell, isSelected: isSelected, form: form, on: &canvas)
            }
        }
        canvas.scrollbar(rect, top: top, shown: inner.height, total: lines, isFocused: isFocused)
    }

    private static func draw(
        _ row: InputRow,
        label: Int,
        in cell: Rect,
        isSelected: Bool,
        form: InputsForm,
        on canvas: inout Canvas
    ) {
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
            FieldView.draw(editing.editor, at: value, width: field, on: &canvas)
            return
        }
        let tail: Canvas.Span =
            row.issue.map { .init("  \($0)", .error) } ?? .init("  \(row.hint ?? "")", .faint)
        canvas.write(
            [
                .init(
                    text(of: row, canvas.glyphs),
                    row.issue != nil ? .error : row.isChanged ? .text : .muted,
                    row.isChanged ? .bold : []
                ),
                .init(control(row, canvas.glyphs), .focus), tail,
            ],
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
        case .toggle(let isOn): isOn ? glyphs.on : glyphs.off
        default: row.text == InputsForm.unset ? glyphs.nothing : row.text
        }
    }

    private static func control(_ row: InputRow, _ glyphs: Glyphs) -> String {
        switch row.control {
        case .choice: " \(glyphs.choice)"
        case .stepper: " \(glyphs.steps)"
        default: ""
        }
    }
}
