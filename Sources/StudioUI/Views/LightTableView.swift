import Pixels
import Studio
import Terminal

/// Where the tiles of the light table stand. A pure function of the area.
package struct LightTableLayout: Hashable, Sendable {
    /// Lines below a thumbnail: what it is, and what it cost.
    static let captionLines = 2
    private static let gap = 2

    let area: Rect
    package let columns: Int
    package let rows: Int
    let tile: Size

    init(area: Rect) {
        // One line of air above, and one between rows.
        self.area = area.inset(dx: 1, dy: 0).removingTop(area.height > 12 ? 1 : 0)
        let width = self.area.width
        columns = max(1, (width + Self.gap) / (26 + Self.gap))
        let tileWidth = max(1, (width - Self.gap * (columns - 1)) / columns)
        // As high as a picture of four by three, in cells twice as high as wide; lower where that makes room for a row.
        let wished = tileWidth * 3 / 8 + Self.captionLines + 1
        let least = max(Self.captionLines + 3, wished * 3 / 4)
        let fitting = max(1, (self.area.height + 1) / wished)
        let most = max(1, (self.area.height + 1) / least)
        rows = min(max(fitting, 2), most)
        tile = Size(columns: tileWidth, rows: max(1, (self.area.height + 1) / rows - 1))
    }

    /// The cells of a thumbnail.
    var thumbnail: Size { Size(columns: tile.columns, rows: max(0, tile.rows - Self.captionLines)) }

    /// The place of a tile, counted from the upper left.
    func rect(_ place: Int) -> Rect {
        Rect(
            column: area.left + place % columns * (tile.columns + Self.gap),
            row: area.top + place / columns * (tile.rows + 1),
            width: tile.columns,
            height: tile.rows
        )
    }
}

/// The light table: small pictures in a grid, each with what it is.
enum LightTableView {
    static func draw(
        _ table: LightTable,
        _ state: StudioState,
        layout: ScreenLayout,
        moment: PredictionsView.Moment,
        on canvas: inout Canvas
    ) {
        canvas.surface.fill(layout.body, style: canvas.style(.text))
        heading(table, state, in: layout.header, on: &canvas)
        let grid = layout.lightTable
        let tiles = table.shown(columns: grid.columns, rows: grid.rows)
        guard !tiles.isEmpty else {
            let text =
                state.runs.filterIssue
                ?? (state.runs.filter.isEmpty
                    ? "Nothing was made yet." : "Nothing is like that. \(state.keys.name(of: .back)) shows all.")
            canvas.write(text, at: grid.area.origin, .faint, width: grid.area.width)
            return
        }
        for (place, tile) in tiles.enumerated() {
            guard let run = state.runs[tile.run] else { continue }
            let isSelected = tile == state.selectedTile
            let prompt = PromptDifference.text(
                of: run.prompt,
                beside: neighbours(of: tiles.startIndex + place, in: table, state),
                ellipsis: canvas.glyphs.ellipsis
            )
            draw(
                tile,
                of: run,
                prompt: prompt,
                in: grid.rect(place),
                state,
                moment: moment,
                isSelected: isSelected,
                on: &canvas
            )
        }
    }

    /// The prompts of the tiles before and after.
    private static func neighbours(of place: Int, in table: LightTable, _ state: StudioState) -> [String] {
        [place - 1, place + 1].filter(table.tiles.indices.contains)
            .compactMap { state.runs[table.tiles[$0].run]?.prompt }
    }

    private static func heading(_ table: LightTable, _ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        canvas.surface.fill(rect, style: canvas.style(.text))
        var spans: [Canvas.Span] = [.init("DARKROOM", .focus, .bold), .init("  light table", .text)]
        if !state.runs.marked.isEmpty { spans.append(.init("  \(state.runs.marked.count) marked", .focus)) }
        if RunsField(state) == nil, !state.runs.filter.isEmpty {
            spans.append(.init("  / \(state.runs.filter)", .focus))
        }
        let used = canvas.write(spans, at: Point(column: 1, row: rect.top), width: rect.width - 2)
        if let entry = RunsField(state) {
            let column = 1 + used + 2
            canvas.write(entry.label + " ", at: Point(column: column, row: rect.top), .focus, .bold)
            let field = Point(column: column + entry.label.count + 1, row: rect.top)
            FieldView.draw(entry.editor, at: field, width: min(40, max(4, rect.width - column - 24)), on: &canvas)
        }
        let place = state.selectedTile.flatMap { table.place(of: $0) }.map { "\($0 + 1) of " } ?? ""
        // Which tile it is of all is known only where all runs before were read.
        let isWhole = state.runs.pages.isWhole
        let runs = state.runs.pages.total.map { "\($0) runs" } ?? ""
        canvas.writeRight(
            [.init(isWhole ? "\(place)\(table.tiles.count)" : runs, .muted)],
            endingAt: rect.right - 1,
            row: rect.top,
            width: 24
        )
    }

    private static func draw(
        _ tile: LightTable.Tile,
        of run: RunItem,
        prompt: String,
        in rect: Rect,
        _ state: StudioState,
        moment: PredictionsView.Moment,
        isSelected: Bool,
        on canvas: inout Canvas
    ) {
        canvas.link(rect, .tile(tile))
        let (area, caption) = rect.splitBottom(LightTableLayout.captionLines)
        let output = run.outputs.indices.contains(tile.output) ? run.outputs[tile.output] : nil
        if let key = state.thumbnailKey(output?.path), let picture = state.pictures[key], picture.cells.rows > 0 {
            PictureView.draw(picture, in: area, on: &canvas)
        } else {
            let words = note(run, output, state)
            canvas.surface.frame(area, border: canvas.glyphs.isUnicode ? .light : .ascii, style: canvas.style(.border))
            let row = area.top + area.height / 2
            let text = TextWidth.truncate(words, to: area.width - 4, ellipsis: canvas.glyphs.ellipsis)
            let column = area.left + (area.width - TextWidth.columns(of: text)) / 2
            canvas.write(text, at: Point(column: column, row: row), .faint, width: area.width - 4)
        }
        captions(run, tile, prompt: prompt, state, in: caption, moment: moment, isSelected: isSelected, on: &canvas)
    }

    /// Why there is no picture.
    private static func note(_ run: RunItem, _ output: RunOutput?, _ state: StudioState) -> String {
        if let key = state.thumbnailKey(output?.path) {
            return state.pictures.failure(of: key) == nil ? "developing…" : output?.contentType ?? "no picture"
        }
        if let failure = output?.failure ?? run.failure { return failure.oneLine(characters: 200) }
        if output?.isUnwanted == true { return "not saved" }
        return run.stage == .succeeded ? "saving…" : run.statusWord
    }

    private static func captions(
        _ run: RunItem,
        _ tile: LightTable.Tile,
        prompt: String,
        _ state: StudioState,
        in rect: Rect,
        moment: PredictionsView.Moment,
        isSelected: Bool,
        on canvas: inout Canvas
    ) {
        let glyphs = canvas.glyphs
        let mark = state.runs.marked.contains(run.id) ? glyphs.changed : isSelected ? glyphs.pointer : " "
        let number = run.outputs.count > 1 ? "\(tile.output + 1)/\(run.outputs.count) " : ""
        canvas.write(
            [
                .init(mark, .focus, .bold), .init(glyphs.stage(run, frame: moment.frame), glyphs.stageRole(run), .bold),
                .init(" \(number)", .muted), .init(prompt.oneLine(characters: rect.width + 1)),
            ],
            at: rect.origin,
            width: rect.width
        )
        let time = ClockText.moment(run.finishedAt ?? run.createdAt, now: moment.now, calendar: moment.calendar)
        let cost = PredictionsView.costText(run)
        let stars = glyphs.stars(run.annotation)
        canvas.write(
            [
                .init("  ", .muted), .init(stars.isEmpty ? "" : stars + " ", .cost), .init(cost.text, cost.role),
                .init(" \(glyphs.dot) \(time) \(glyphs.dot) \(run.shortModel)", .muted),
            ],
            at: Point(column: rect.left, row: rect.top + 1),
            width: rect.width
        )
        guard isSelected else { return }
        canvas.highlight(Rect(column: rect.left, row: rect.top, width: rect.width, height: 1))
        if RunsField(state) == nil { canvas.cursor = .hidden(rect.origin) }
    }
}
