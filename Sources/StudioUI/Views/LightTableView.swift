import Pixels
import Studio
import Terminal

/// The light table: small pictures in a grid, each with what it is. What was made together has a line above it.
struct LightTableView {
    private let table: LightTable
    private let state: StudioState
    private let moment: PredictionsView.Moment
    private let grid: LightTableLayout

    static func draw(
        _ table: LightTable,
        _ state: StudioState,
        layout: ScreenLayout,
        moment: PredictionsView.Moment,
        on canvas: inout Canvas
    ) {
        canvas.surface.fill(layout.body, style: canvas.style(.text))
        let view = LightTableView(table: table, state: state, moment: moment, grid: layout.lightTable)
        view.heading(in: layout.header, on: &canvas)
        view.tiles(on: &canvas)
    }

    private func tiles(on canvas: inout Canvas) {
        let shown = table.shown(columns: grid.columns, rows: grid.rows)
        guard !shown.isEmpty else {
            let text =
                state.runs.filterIssue
                ?? (state.runs.filter.isEmpty
                    ? "Nothing was made yet." : "Nothing is like that. \(state.keys.name(of: .back)) shows all.")
            canvas.write(text, at: grid.area.origin, .faint, width: grid.area.width)
            return
        }
        var group: Group?
        var titles: [(Group, place: Int, above: Rect)] = []
        for (place, tile) in shown.enumerated() {
            guard let run = state.runs[tile.run] else { continue }
            let range = table.group(at: shown.startIndex + place)
            if group?.range != range { group = Group(range, in: table, state, ellipsis: canvas.glyphs.ellipsis) }
            guard let group else { continue }
            let rect = grid.rect(place)
            if range.count > 1, hasLine(above: rect) {
                line(over: group, place: place, of: shown.count, above: rect, on: &canvas)
                // Where the beginning is out of sight, the first tile that is seen has the title.
                if place == 0 || table.top * grid.columns + place == range.lowerBound {
                    titles.append((group, place, rect))
                }
            }
            draw(tile, of: run, caption: group.captions[tile.run] ?? state.subject(of: run), in: rect, on: &canvas)
        }
        // A title reaches over the tiles after it, whose lines lie below it.
        for title in titles { draw(title.0, place: title.place, above: title.above, on: &canvas) }
    }

    private func hasLine(above rect: Rect) -> Bool { rect.top > grid.area.top || grid.area.top > 1 }

    // MARK: What was made together

    /// Tiles of one submission.
    private struct Group {
        /// Runs whose prompts are compared.
        static let mostCompared = 32

        let range: Range<Int>
        let title: String
        var captions: [RunItem.ID: String] = [:]

        init(_ range: Range<Int>, in table: LightTable, _ state: StudioState, ellipsis: String) {
            self.range = range
            var ids: [RunItem.ID] = []
            for tile in table.tiles[range] where ids.last != tile.run && ids.count < Self.mostCompared {
                ids.append(tile.run)
            }
            let runs = ids.compactMap { state.runs[$0] }
            title = runs.last.map(state.subject)?.oneLine(characters: 200) ?? ""
            guard runs.count > 1 else {
                let beside = [range.lowerBound - 1, range.upperBound].filter(table.tiles.indices.contains)
                    .compactMap { state.runs[table.tiles[$0].run]?.prompt }
                if let run = runs.first, !run.prompt.isEmpty {
                    captions[run.id] = PromptDifference.text(of: run.prompt, beside: beside, ellipsis: ellipsis)
                }
                return
            }
            let prompts = runs.map(\.prompt)
            // The same prompt several times: what else differs.
            let texts =
                Set(prompts).count > 1
                ? PromptDifference.captions(of: prompts, ellipsis: ellipsis) : RunCaption.differences(of: runs)
            for (run, text) in zip(runs, texts) where !text.isEmpty { captions[run.id] = text }
        }
    }

    /// The line over a tile of a group; it reaches on to the next one.
    private func line(over group: Group, place: Int, of count: Int, above rect: Rect, on canvas: inout Canvas) {
        let isEnd = table.top * grid.columns + place == group.range.upperBound - 1
        let reachesOn = !isEnd && place % grid.columns < grid.columns - 1 && place < count - 1
        let width = rect.width + (reachesOn ? 2 : 0)
        canvas.write(
            String(repeating: canvas.glyphs.isUnicode ? "─" : "-", count: width),
            at: Point(column: rect.left, row: rect.top - 1),
            .border,
            width: width
        )
    }

    /// How many a group has and the prompt of the first, on the line over those of its tiles that stand in one row.
    private func draw(_ group: Group, place: Int, above rect: Rect, on canvas: inout Canvas) {
        let members = min(
            group.range.upperBound - (table.top * grid.columns + place),
            grid.columns - place % grid.columns
        )
        let room = members * (rect.width + 2) - 4
        let head = " \(group.range.count) results "
        let used = TextWidth.columns(of: head) + 3
        let title = TextWidth.truncate(group.title, to: max(0, room - used), ellipsis: canvas.glyphs.ellipsis)
        canvas.write(
            [.init(head, .muted)]
                + (title.isEmpty ? [] : [.init("\(canvas.glyphs.dot) ", .border), .init(title + " ", .text)]),
            at: Point(column: rect.left + 1, row: rect.top - 1),
            width: max(0, room)
        )
    }

    // MARK: Heading

    private func heading(in rect: Rect, on canvas: inout Canvas) {
        canvas.surface.fill(rect, style: canvas.style(.text))
        var spans: [Canvas.Span] = [.init("DARKROOM", .focus, .bold), .init("  light table", .text)]
        let marked = state.runs.markedOutputCount
        if marked > 0 { spans.append(.init("  \(marked) marked", .focus)) }
        let place = state.selectedTile.flatMap { table.place(of: $0) }.map { "\($0 + 1) of " } ?? ""
        // Which tile it is of all is known only where all runs before were read.
        let count =
            state.runs.pages.isWhole
            ? "\(place)\(table.tiles.count)" : state.runs.pages.total.map { "\($0) runs" } ?? ""
        spans.append(.init("  \(count)", .muted))
        if RunsField(state) == nil, !state.runs.filter.isEmpty {
            spans.append(.init("  / \(state.runs.filter)", .focus))
        }
        if RunsField(state) == nil { spans += PredictionsView.order(of: state.runs, canvas.glyphs) }
        var used = canvas.write(spans, at: Point(column: 1, row: rect.top), width: rect.width - 2)
        if let entry = RunsField(state) {
            let column = 1 + used + 2
            canvas.write(entry.label + " ", at: Point(column: column, row: rect.top), .focus, .bold)
            let field = Point(column: column + entry.label.count + 1, row: rect.top)
            let width = min(40, max(4, rect.width - column - 24))
            FieldView.draw(entry.editor, at: field, width: width, on: &canvas)
            used = field.column + width
        }
        HeaderView.drawStanding(state, in: rect, used: used, on: &canvas)
    }

    // MARK: Tiles

    private func draw(
        _ tile: LightTable.Tile,
        of run: RunItem,
        caption prompt: String,
        in rect: Rect,
        on canvas: inout Canvas
    ) {
        canvas.link(rect, .tile(tile))
        let (area, caption) = rect.splitBottom(LightTableLayout.captionLines)
        let output = run.outputs.indices.contains(tile.output) ? run.outputs[tile.output] : nil
        let picture = state.thumbnailKey(output?.path).flatMap { state.pictures[$0] }
        if let picture, picture.cells.rows > 0 {
            PictureView.draw(picture, in: area, on: &canvas)
        } else {
            placeholder(run, output, in: area, on: &canvas)
        }
        captions(run, tile, output, picture?.facts, prompt: prompt, in: caption, on: &canvas)
    }

    /// In place of a picture: the beginning of a text, the kind of a file, or why there is none.
    private func placeholder(_ run: RunItem, _ output: RunOutput?, in area: Rect, on canvas: inout Canvas) {
        canvas.surface.frame(area, border: canvas.glyphs.isUnicode ? .light : .ascii, style: canvas.style(.border))
        let inner = area.inset(dx: 2, dy: 1)
        guard inner.width > 0, inner.height > 0 else { return }
        if output == nil, let text = run.text {
            let rows = WrappedLines.of(text, columns: inner.width, rows: inner.height)
            for (line, row) in rows.enumerated() {
                canvas.write(row, at: Point(column: inner.left, row: inner.top + line), .muted, width: inner.width)
            }
            return
        }
        DetailView.message([note(run, output)], role: .faint, in: inner, on: &canvas)
    }

    private func note(_ run: RunItem, _ output: RunOutput?) -> String {
        if let reason = run.reasonForNothing { return "\(run.statusWord): \(reason.oneLine(characters: 200))" }
        if let failure = output?.failure ?? run.failure { return failure.oneLine(characters: 200) }
        guard let output else { return run.stage == .succeeded ? "no output" : run.statusWord }
        if output.isUnwanted { return "not saved" }
        guard let key = state.thumbnailKey(output.path) else { return "saving…" }
        if output.isPictureOrFilm, state.pictures.failure(of: key) == nil { return "developing…" }
        return [output.format ?? output.contentType ?? "file", output.size.map(ByteCount.text)]
            .compactMap { $0 }.joined(separator: " · ")
    }

    private func captions(
        _ run: RunItem,
        _ tile: LightTable.Tile,
        _ output: RunOutput?,
        _ facts: PictureFacts?,
        prompt: String,
        in rect: Rect,
        on canvas: inout Canvas
    ) {
        let glyphs = canvas.glyphs
        let isSelected = tile == state.selectedTile
        let isMarked = state.runs.marks.contains(run.id, output: tile.output)
        let mark = isMarked ? glyphs.changed : isSelected ? glyphs.pointer : " "
        let count = run.outputs.count
        let number = count > 1 ? "\(tile.output + 1)/\(count) " : ""
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
        let isFilm = facts?.isMoving ?? output?.isFilm ?? false
        let made = run.made
        let seconds = facts?.duration ?? made?.seconds
        let kind =
            isFilm
            ? "\(glyphs.playing) \(seconds.map(Seconds.text) ?? "film")"
            : made.flatMap { $0.count < 2 ? PredictionsView.words(for: $0) : nil } ?? ""
        let film = kind.isEmpty ? "" : "\(kind) \(glyphs.dot) "
        canvas.write(
            [
                .init("  ", .muted), .init(stars.isEmpty ? "" : stars + " ", .cost), .init(film, .text),
                .init(cost.text, cost.role), .init(count > 1 ? " for \(count)" : "", .muted),
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
