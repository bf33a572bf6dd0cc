import Pixels
import Studio
import Terminal

/// Where the parts of a list to choose from stand.
struct PickerLayout {
    let box: Rect
    let query: Rect
    /// Names of the columns; in the list of models only.
    let heading: Rect?
    let list: Rect
    /// The selected row in full, below the list; nil: rows are whole, or there is no room.
    let whole: Rect?
    /// What is known of the selected row; nil: there is no room, or nothing to say.
    let page: Rect?

    /// Rows of a list that can be as long as it likes: more are no help for an eye.
    private static let mostRows = 30

    /// Whether a list of models has room for a page beside it.
    static func hasPage(_ size: Size) -> Bool { size.columns >= 120 && size.rows >= 24 }

    init(_ picker: Picker, size: Size) {
        let isModels = picker.kind == .models
        let hasPage = (isModels || picker.kind == .files) && Self.hasPage(size)
        // The page beside a list of models says the same and more.
        let wholeRows = size.rows < 24 ? 0 : isModels ? (hasPage ? 0 : 2) : Self.wholeRows(picker.kind)
        let frame = (isModels ? 7 : 5) + (wholeRows == 0 ? 0 : wholeRows + 1)
        // As many rows as there can ever be, so that typing does not move the frame; a search may find any number.
        let wished = Self.wishedRows(picker)
        let rows = max(3, min(wished, size.rows - frame - 3))
        // Of a narrow screen nothing worth seeing would be left at the sides.
        let margin = size.columns < 90 ? 0 : 4
        let width = min(size.columns - margin, hasPage ? 168 : isModels || picker.kind == .commands ? 104 : 92)
        box = Rect(origin: .zero, size: size).centered(Size(columns: width, rows: rows + frame))
        let inner = box.inset(dx: 2, dy: 1)
        query = Rect(column: inner.left, row: inner.top, width: inner.width, height: 1)
        var list = inner.removingTop(2)
        var page: Rect?
        if hasPage {
            let columns = min(60, list.width * 2 / 5)
            page = Rect(column: list.right - columns, row: list.top, width: columns, height: list.height)
            list = Rect(column: list.left, row: list.top, width: list.width - columns - 3, height: list.height)
        }
        heading = isModels ? Rect(column: list.left, row: list.top, width: list.width, height: 1) : nil
        self.list = Rect(column: list.left, row: list.top + (isModels ? 1 : 0), width: list.width, height: rows)
        whole =
            wholeRows == 0
            ? nil
            : Rect(column: self.list.left, row: self.list.bottom + 1, width: self.list.width, height: wholeRows)
        self.page = page
    }

    private static func wishedRows(_ picker: Picker) -> Int {
        switch picker.kind {
        case .choices, .ticks, .branches, .candidates, .themes: min(max(3, picker.items.count), 12)
        case .hardware, .library, .drafts: min(max(12, picker.items.count), mostRows)
        case .models, .prompts, .commands, .files: mostRows
        }
    }

    private static func wholeRows(_ kind: Picker.Kind) -> Int {
        switch kind {
        case .prompts, .library, .drafts: 3
        case .commands: 2
        case .models, .choices, .ticks, .branches, .themes, .hardware, .files, .candidates: 0
        }
    }
}

/// A list to choose from: centred, with everything behind it dimmed.
enum PickerView {
    ///
    /// - Parameter state: has the picture of the selected file.
    static func draw(_ picker: Picker, _ state: StudioState, on canvas: inout Canvas) {
        // Of a theme the screen is what there is to see.
        if picker.kind != .themes { canvas.dim() }
        let layout = PickerLayout(picker, size: canvas.surface.size)
        DialogView.panel(layout.box, title: picker.title, note: "Esc", on: &canvas)
        canvas.write("> ", at: layout.query.origin, .focus, .bold)
        FieldView.draw(
            picker.query,
            at: Point(column: layout.query.left + 2, row: layout.query.top),
            width: layout.query.width - 2,
            on: &canvas
        )
        let columns = ModelColumns(width: layout.list.width - 2)
        if let heading = layout.heading {
            columns.drawHeading(at: Point(column: heading.left + 2, row: heading.top), on: &canvas)
        }
        let rows = layout.list.height
        for (line, index) in (picker.top..<max(picker.top, picker.matches.count)).prefix(rows).enumerated() {
            let item = picker.matches[index]
            let row = Rect(column: layout.list.left, row: layout.list.top + line, width: layout.list.width, height: 1)
            canvas.link(row, .pickerRow(index))
            let isSelected = index == picker.selection
            canvas.write(isSelected ? canvas.glyphs.pointer : " ", at: row.origin, .focus, .bold)
            if let model = item.model {
                columns.draw(item, model, at: Point(column: row.left + 2, row: row.top), on: &canvas)
            } else {
                draw(item, in: row, on: &canvas)
            }
            if isSelected { canvas.highlight(row) }
        }
        if picker.matches.isEmpty {
            let text = picker.isLoading ? "looking\(canvas.glyphs.ellipsis)" : emptyText(picker, state.keys)
            let lines = WrappedLines.of(text, columns: layout.list.width, rows: rows)
            for (line, row) in zip(lines, layout.list.top...) {
                let point = Point(column: layout.list.left, row: row)
                canvas.write(line, at: point, .faint, width: layout.list.width)
            }
        }
        if let whole = layout.whole, let item = picker.selected { drawWhole(item, in: whole, on: &canvas) }
        drawStatus(picker, layout, on: &canvas)
        if let page = layout.page, let item = picker.selected {
            if picker.kind == .files {
                drawPicture(state, in: page, on: &canvas)
            } else {
                ModelPage.draw(item, readme: picker.readmes[item.value], in: page, on: &canvas)
            }
        }
        canvas.scrollbar(nil, layout.box, top: picker.top, shown: rows, total: picker.matches.count, isFocused: true)
    }

    /// The part of a page that a picture has; facts stand below it.
    static func pictureArea(_ page: Rect) -> Rect { page.removingBottom(1) }

    /// The selected file, where it is a picture.
    private static func drawPicture(_ state: StudioState, in page: Rect, on canvas: inout Canvas) {
        guard let preview = state.preview, preview.key.path == state.shownImage else { return }
        let area = pictureArea(page)
        if let picture = state.shownPicture {
            if picture.cells.rows > 0 { PictureView.draw(picture, in: area, on: &canvas) }
            let words = (picture.facts.map(PictureView.words) ?? []).joined(separator: " · ")
            canvas.write(
                words,
                at: Point(column: page.left, row: page.bottom - 1),
                .muted,
                width: page.width
            )
        } else if case .failed(let reason) = preview.progress {
            canvas.write(reason, at: area.origin, .muted, width: area.width)
        } else if case .card(let card) = preview.progress {
            FileCardView.draw(card, in: area, on: &canvas)
        }
    }

    /// The selected row without being cut, and why it cannot be chosen.
    private static func drawWhole(_ item: Picker.Item, in area: Rect, on canvas: inout Canvas) {
        if let model = item.model {
            let lines = WrappedLines.of(ModelPage.facts(of: model), columns: area.width, rows: area.height)
            for (line, row) in zip(lines, area.top...) {
                canvas.write(line, at: Point(column: area.left, row: row), .muted, width: area.width)
            }
            return
        }
        // What a command does stays beside what stands in its way.
        let rows = item.name != nil && item.obstacle != nil && area.height > 1 ? area.height - 1 : area.height
        let sentence = rows < area.height || item.obstacle == nil ? item.title : item.obstacle ?? ""
        var lines = WrappedLines.of(canvas.glyphs.spelled(sentence), columns: area.width, rows: rows)
            .map { (text: $0, role: item.obstacle == nil || rows < area.height ? Role.muted : .warn) }
        if rows < area.height, let obstacle = item.obstacle { lines.append((text: obstacle, role: .warn)) }
        for (line, row) in zip(lines, area.top...) {
            canvas.write(line.text, at: Point(column: area.left, row: row), line.role, width: area.width)
        }
    }

    /// The lower edge: what went wrong or is under way, the place in the list, and the key that chooses.
    private static func drawStatus(_ picker: Picker, _ layout: PickerLayout, on canvas: inout Canvas) {
        let box = layout.box
        let place = Point(column: box.left + 2, row: box.bottom - 2)
        if let failure = picker.failure {
            canvas.write(
                [.init("\(canvas.glyphs.cross) ", .error, .bold), .init(failure, .error)],
                at: place,
                width: layout.list.width
            )
        } else if let awaited = picker.awaited {
            canvas.write(
                "asking for \(awaited)\(canvas.glyphs.ellipsis)",
                at: place,
                .running,
                width: layout.list.width
            )
        }
        canvas.writeRight(
            [
                .init(" \(picker.matches.isEmpty ? 0 : picker.selection + 1) of \(picker.matches.count) ", .muted),
                .init(picker.isLoading ? "· looking " : "", .running),
                .init("· ", .muted), .key("⏎", .choose), .init(" \(verb(picker)) ", .muted, target: .command(.choose)),
            ],
            endingAt: box.right - 2,
            row: box.bottom - 1,
            width: box.width - 4
        )
    }

    private static func verb(_ picker: Picker) -> String {
        if case .ticks = picker.kind { "tick" } else { "choose" }
    }

    private static func emptyText(_ picker: Picker, _ keys: KeyTable) -> String {
        if picker.items.isEmpty, picker.query.text.isEmpty, let text = teaching(picker.kind, keys) { return text }
        return switch picker.kind {
        case .models: "No model found; Enter takes owner/name as typed."
        case .prompts: "No earlier prompt has these words."
        case .choices, .ticks, .branches, .themes: "There is no such choice."
        case .commands: "Nothing is called that."
        case .library: "Nothing is kept by that name."
        case .drafts: "No draft is kept by that name."
        case .files: "No picture and no folder of that name."
        case .hardware: "No hardware of that name has a price."
        case .candidates: "No prediction has this id."
        }
    }

    /// How a list that is empty is filled; nil: nobody fills it.
    private static func teaching(_ kind: Picker.Kind, _ keys: KeyTable) -> String? {
        switch kind {
        case .library:
            "The library is empty. \(keys.name(of: .savePrompt)) keeps the prompt under a name; "
                + "@name and \(keys.name(of: .completeName)) put it in."
        case .drafts: "No drafts yet: \(keys.name(of: .saveDraft)) keeps one."
        case .prompts: "No earlier prompts yet: every prompt that is run is listed here."
        case .models: "No model is known yet; Enter takes owner/name as typed."
        case .files: "No picture and no folder is here."
        default: nil
        }
    }

    /// Columns of a command's name.
    private static let nameColumns = 16

    private static func draw(_ item: Picker.Item, in row: Rect, on canvas: inout Canvas) {
        let isOpen = item.obstacle == nil
        // Of a command the keys are told in any case, and the reason below the list.
        let mostColumns = row.width * 45 / 100
        var note = canvas.glyphs.spelled(item.name == nil ? item.obstacle ?? item.note : item.note)
        if let place = item.place {
            // Where there is room for one of them, that is the key.
            let whole = "\(place)  \(note)"
            if note.isEmpty || TextWidth.columns(of: whole) <= mostColumns { note = whole }
        }
        let noteWidth = min(TextWidth.columns(of: note), mostColumns)
        var left = row.left + 2
        if let name = item.name {
            canvas.write(
                name,
                at: Point(column: left, row: row.top),
                isOpen ? .text : .faint,
                isOpen ? .bold : [],
                width: nameColumns - 1
            )
            left += nameColumns
        }
        let tick = item.isTicked.map { ($0 ? canvas.glyphs.on : canvas.glyphs.off) + " " } ?? ""
        canvas.write(
            tick + item.title,
            at: Point(column: left, row: row.top),
            isOpen ? .text : .faint,
            width: row.right - noteWidth - 2 - left
        )
        canvas.write(
            note,
            at: Point(column: row.right - noteWidth, row: row.top),
            isOpen ? .focus : .faint,
            width: noteWidth
        )
    }
}
