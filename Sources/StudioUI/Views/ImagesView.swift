import ReplicateAPI
import Studio
import Terminal

enum ImagesView {
    static func draw(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        let isFocused = state.focus == .images
        let list = state.compose.images
        if rect.height < 3 {
            let names = list.items.map { name(of: $0, state.imageNames, columns: 24, canvas.glyphs) }
                .joined(separator: "  ")
            let note = summary(state)
            return SummaryLine.draw("3", "Images", names, note: note, in: rect, on: &canvas)
        }
        canvas.frame(
            rect,
            title: [
                .init("3 ", .faint), .init("Images", isFocused ? .focus : .text, isFocused ? .bold : []),
                .init("  \(summary(state))", .muted),
            ],
            note: isFocused ? keys(state, canvas.glyphs) : [],
            alarm: state.compose.refusal(in: .images),
            isFocused: isFocused
        )
        let inner = rect.inset(dx: 2, dy: 1)
        guard inner.height > 0 else { return }
        let entry = state.compose.imageEntry
        let selected = list.selection
        // A new address is typed on a line below the last item.
        let target = entry.map { $0.id == nil ? list.items.count : selected } ?? selected
        let top = max(0, min(target - inner.height + 1, list.items.count + (entry == nil ? 0 : 1) - inner.height))
        let placements = list.placements
        for (line, index) in (top..<max(top, list.items.count)).prefix(inner.height).enumerated() {
            let item = list.items[index]
            let row = Rect(column: inner.left, row: inner.top + line, width: inner.width, height: 1)
            let isSelected = isFocused && index == selected && entry == nil
            canvas.link(row, .image(index))
            draw(
                item,
                number: index + 1,
                state.imageNames,
                placements[index],
                in: row,
                isSelected: isSelected,
                on: &canvas
            )
            if let entry, entry.id == item.id {
                FieldView.draw(
                    entry.editor,
                    at: Point(column: row.left + 4, row: row.top),
                    width: row.width - 4,
                    on: &canvas
                )
            }
        }
        let free = list.items.count - top
        if let entry, entry.id == nil, free < inner.height {
            let row = inner.top + free
            canvas.write("+ ", at: Point(column: inner.left, row: row), .focus, .bold)
            FieldView.draw(
                entry.editor,
                at: Point(column: inner.left + 4, row: row),
                width: inner.width - 4,
                on: &canvas
            )
        } else if free < inner.height, isFocused || list.items.isEmpty {
            let rows = inner.height - free
            // In one row an ellipsis says that there would be more.
            let lines =
                rows == 1 ? [hint(state)] : WrappedLines.of(hint(state), columns: inner.width - 2, rows: rows)
            for (line, text) in lines.enumerated() {
                let point = Point(column: inner.left + 2, row: inner.top + free + line)
                let used = canvas.write(text, at: point, .faint, width: inner.width - 2)
                // The other hint names several keys.
                let words = Rect(origin: point, size: Size(columns: used, rows: 1))
                if takesNone(state) { canvas.link(words, .command(.changeModel)) }
            }
        }
        canvas.scrollbar(.images, rect, top: top, shown: inner.height, total: list.items.count, isFocused: isFocused)
    }

    private static func keys(_ state: StudioState, _ glyphs: Glyphs) -> [Canvas.Span] {
        let keys = [("add", Command.addImage), ("use", .toggleImage), ("del", .removeImage)]
            .map { Canvas.Span.key(state.keys.name(of: $1), $0, $1) }
        return Array(keys.joined(separator: [.init(" \(glyphs.dot) ", .muted)]))
    }

    /// How many are sent; that the model takes none is said here, once for all of them.
    private static func summary(_ state: StudioState) -> String {
        let list = state.compose.images
        guard takesNone(state) else { return list.summary }
        return list.items.isEmpty ? "this model takes none" : "\(list.summary): model takes none"
    }

    /// Rows of the hint in a pane that is `columns` wide with its frame, where the list is empty; else zero.
    static func hintRows(_ state: StudioState, columns: Int) -> Int {
        state.compose.images.items.isEmpty ? WrappedLines.of(hint(state), columns: columns - 6, rows: 4).count : 0
    }

    private static func takesNone(_ state: StudioState) -> Bool {
        state.compose.model.details != nil && state.compose.binding == nil
    }

    private static func hint(_ state: StudioState) -> String {
        if takesNone(state) {
            return "\(state.keys.name(of: .changeModel)) picks a model that takes images"
        }
        let keys = state.keys
        return "Drop a file here; \(keys.name(of: .browseFiles)) finds files, \(keys.name(of: .pasteClipboard)) takes "
            + "the clipboard; or paste addresses; \(keys.name(of: .useAsImage)) on a prediction adds its output"
    }

    private static func draw(
        _ item: ImageItem,
        number: Int,
        _ names: ImageNames,
        _ placement: ImagePlacement,
        in row: Rect,
        isSelected: Bool,
        on canvas: inout Canvas
    ) {
        let (sign, role) = sign(item, placement, canvas.glyphs)
        if isSelected {
            canvas.highlight(row)
            canvas.cursor = .hidden(row.origin)
        }
        let note = note(item, placement, canvas.glyphs)
        let noteWidth = min(TextWidth.columns(of: note), max(0, row.width / 2))
        let room = row.width - noteWidth - 6
        canvas.write(
            [
                .init(sign, role, .bold), .init(" "),
                .init(TextWidth.pad(String(number), to: 2, alignment: .left), .muted),
                .init(
                    name(of: item, names, columns: room, canvas.glyphs),
                    item.isOn ? .text : .faint,
                    isSelected ? .bold : []
                ),
            ],
            at: row.origin,
            width: row.width - noteWidth - 1
        )
        let isFault = role == .error
        canvas.write(
            note,
            at: Point(column: row.right - noteWidth, row: row.top),
            isFault ? .error : .muted,
            width: noteWidth
        )
        if isSelected { canvas.highlight(row) }
    }

    /// The prompt that made it, else its address.
    private static func name(of item: ImageItem, _ names: ImageNames, columns: Int, _ glyphs: Glyphs) -> String {
        guard let prompt = names.prompt(of: item) else { return glyphs.address(item.text, columns: columns) }
        return TextWidth.truncate(prompt.oneLine(characters: columns + 1), to: columns, ellipsis: glyphs.ellipsis)
    }

    /// A tick is only at what is sent.
    private static func sign(_ item: ImageItem, _ placement: ImagePlacement, _ glyphs: Glyphs) -> (String, Role) {
        switch placement {
        case .off, .beyond, .notTaken: return (glyphs.offline, .faint)
        case .sent, .unusable: break
        }
        return switch item.state {
        case .ok, .uploaded: (glyphs.check, .ok)
        case .unconfirmed: ("?", .warn)
        case .invalid, .bad, .failed: ("!", .error)
        case .unchecked, .checking, .localFile, .uploading: (glyphs.dot, .running)
        }
    }

    /// What is known of the image, or why it is not sent.
    private static func note(_ item: ImageItem, _ placement: ImagePlacement, _ glyphs: Glyphs) -> String {
        if placement != .notTaken, let note = placement.note { return note }
        let state: String =
            switch item.state {
            case .ok(let facts): text(of: facts, glyphs)
            case .invalid(let reason), .unconfirmed(let reason), .bad(let reason), .failed(_, let reason): reason
            case .unchecked, .checking: "checking"
            case .localFile: "to upload"
            case .uploading: "uploading"
            case .uploaded: "uploaded"
            }
        guard case .sent(_, let slot?) = placement else { return state }
        return "\(slot.label)  \(state)"
    }

    private static func text(of facts: ImageFacts, _ glyphs: Glyphs) -> String {
        let pixels = facts.width.flatMap { width in facts.height.map { "\(width)\(glyphs.times)\($0)" } }
        let size = facts.bytes.map { ByteCount.text(Int($0)) }
        return [pixels ?? facts.contentType, size].compactMap { $0 }.joined(separator: "  ")
    }
}
