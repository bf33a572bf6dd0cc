package import Studio
package import Terminal

/// Where everything stands: a pure function of the size, the focus and what there is to show.
package struct ScreenLayout: Hashable, Sendable {
    /// How the panes are put together; chosen by the size alone.
    package enum Shape: Hashable, Sendable {
        /// Below 40×16: only a card that says so.
        case tooSmall
        /// One group of panes at a time: Compose, Predictions, Preview.
        case tabbed
        /// Everything in one tall column.
        case portrait
        case twoColumns
        case threeColumns
    }

    /// Below it nothing but a sentence is drawn.
    package static let smallest = Size(columns: 40, rows: 16)

    package let shape: Shape
    package let size: Size
    package let header: Rect
    /// Between header and the last two lines.
    package let body: Rect
    /// One row above the footer, for a message.
    package let toast: Rect
    package let footer: Rect
    /// Panes that are on the screen, frame included. The model is one line without a frame where space is short.
    package let panes: [Pane: Rect]
    /// nil: the shape has no pane of its own for it.
    package let estimate: Rect?
    /// The facts of the selected run, under the table, on very wide screens only.
    package let details: Rect?
    /// Where the tiles of the light table stand, if it is open.
    package let lightTable: LightTableLayout

    package init(size: Size, state: StudioState) {
        self.size = size
        let all = Rect(origin: .zero, size: size)
        let (header, belowHeader) = all.splitTop(1)
        let (aboveFooter, footer) = belowHeader.splitBottom(1)
        let (body, toast) = aboveFooter.splitBottom(1)
        self.header = header
        self.body = body
        self.toast = toast
        self.footer = footer
        lightTable = LightTableLayout(area: body, count: state.lightTable?.tiles.count ?? 0)
        var panes: [Pane: Rect] = [:]
        var estimate: Rect?
        var details: Rect?

        let shape = Self.shape(for: size)
        self.shape = shape
        if shape != .tooSmall, state.isLarge {
            panes[.detail] = all.removingBottom(1)
        } else if shape != .tooSmall, state.isZoomed {
            let (rest, line) = body.splitBottom(1)
            panes[state.focus] = rest
            estimate = line
        } else {
            switch shape {
            case .tooSmall: break
            case .tabbed:
                if state.focus.isCompose {
                    estimate = Self.compose(in: body, state: state, isCompact: true, &panes)
                } else {
                    let (rest, line) = body.splitBottom(1)
                    estimate = line
                    // A picture of a few cells under the table shows nothing; Enter shows it large.
                    panes[state.focus] = rest
                }
            case .portrait:
                let (top, rest) = body.splitTop(min(24, body.height / 2))
                estimate = Self.compose(in: top, state: state, isCompact: true, &panes)
                let (table, picture) = rest.splitTop(Self.tableRows(state, in: rest.height))
                panes[.predictions] = table
                panes[.detail] = picture
            case .twoColumns:
                let usual = min(max(42, size.columns * 37 / 100), 60)
                let (left, right) = body.splitLeft(
                    Self.chosen(state.split.composeColumns, usual, 30, size.columns - 44)
                )
                estimate = Self.compose(in: left, state: state, isCompact: body.height < 24, &panes)
                let (table, picture) = right.splitTop(Self.tableRows(state, in: right.height))
                panes[.predictions] = table
                panes[.detail] = picture
            case .threeColumns:
                let usual = min(50, size.columns * 30 / 100)
                let (left, rest) = body.splitLeft(Self.chosen(state.split.composeColumns, usual, 30, size.columns - 90))
                let third = size.columns * 33 / 100
                let (middle, picture) = rest.splitLeft(
                    Self.chosen(state.split.tableColumns, third, 44, rest.width - 44)
                )
                estimate = Self.compose(in: left, state: state, isCompact: false, &panes)
                let (table, facts) = middle.splitBottom(min(16, middle.height * 40 / 100))
                panes[.predictions] = table
                panes[.detail] = picture
                details = facts
            }
        }
        self.panes = panes
        self.estimate = estimate
        self.details = details
    }

    static func shape(for size: Size) -> Shape {
        if size.columns < smallest.columns || size.rows < smallest.rows { return .tooSmall }
        if size.rows >= 46, size.columns <= 84 { return .portrait }
        if size.columns < 100 { return .tabbed }
        return size.columns < 160 || size.rows < 30 ? .twoColumns : .threeColumns
    }

    /// Rows of the table above the picture: as many as it has lines for, and the picture gets the rest. Two spare lines
    /// keep the picture in its place while one run or two begin and end.
    private static func tableRows(_ state: StudioState, in height: Int) -> Int {
        let runs = state.runs.shown
        let lines = runs.prefix(max(height, 0)).reduce(0) { $0 + RunRow.lines(of: $1) }
        // Frame and heading take three.
        let wished = max(7, runs.count + 5, lines + 3)
        return chosen(state.split.tableRows, min(wished, max(7, height * 40 / 100)), 6, height - 7)
    }

    /// What a person has chosen, as far as the panes on both sides keep room for what they are for.
    private static func chosen(_ wished: Int?, _ usual: Int, _ least: Int, _ most: Int) -> Int {
        wished.map { min(max($0, least), max(least, most)) } ?? usual
    }

    /// The borders that can be dragged, and what lies before them: columns, or rows of the table.
    var borders: [(area: Rect, border: PaneSplit.Border, size: Int)] {
        guard let table = panes[.predictions], let picture = panes[.detail] else { return [] }
        func edge(_ rect: Rect) -> Rect {
            Rect(column: rect.left, row: rect.top + 1, width: 1, height: rect.height - 2)
        }
        var borders: [(area: Rect, border: PaneSplit.Border, size: Int)] = []
        if table.left > 0 { borders.append((edge(table), .compose, table.left)) }
        if picture.left > table.left {
            borders.append((edge(picture), .middle, picture.left - table.left))
        } else {
            if picture.left > 0 { borders.append((edge(picture), .compose, picture.left)) }
            let line = Rect(column: table.left + 1, row: table.bottom - 1, width: table.width - 2, height: 1)
            borders.append((line, .table, table.height))
        }
        return borders
    }

    /// Rows below which only one of prompt, images and inputs is open.
    private static let leastForAll = 15

    /// The focused one gets all the room, the others a line each.
    private static func accordion(in area: Rect, focus: Pane, _ panes: inout [Pane: Rect]) {
        let boxes: [Pane] = [.prompt, .images, .inputs]
        let open = boxes.contains(focus) ? focus : .prompt
        var rest = area
        for pane in boxes {
            let rows = pane == open ? max(3, area.height - boxes.count + 1) : 1
            let (box, below) = rest.splitTop(rows)
            panes[pane] = box
            rest = below
        }
    }

    /// Stacks model, prompt, images, inputs and estimate; returns the estimate's place.
    private static func compose(
        in area: Rect,
        state: StudioState,
        isCompact: Bool,
        _ panes: inout [Pane: Rect]
    ) -> Rect {
        let modelRows = isCompact ? 1 : area.height >= 40 ? 6 : area.height >= 32 ? 5 : 4
        let (model, belowModel) = area.splitTop(modelRows)
        let (aboveEstimate, estimate) = belowModel.splitBottom(isCompact ? 1 : area.height >= 30 ? 5 : 4)
        panes[.model] = model
        let room = aboveEstimate.height
        if room < leastForAll {
            accordion(in: aboveEstimate, focus: state.focus, &panes)
            return estimate
        }
        let wishedImages = 2 + max(2, state.compose.images.items.count + 1)
        // The prompt grows as it is typed, up to about half; what the lists do not need is its own as well.
        let least = isCompact ? 5 : 6
        var prompt = min(max(least, state.compose.promptLayout.rowCount + 3), max(least, room * 55 / 100))
        let forLists = room - prompt
        let images = min(wishedImages, max(4, forLists * 2 / 5))
        let form = state.compose.inputs
        let columns = InputGrid.columns(
            in: Size(columns: area.width - 4, rows: forLists - images - 2),
            count: form.rowCount,
            longest: form.longestName,
            isZoomed: false
        )
        let inputRows = max(1, (form.rowCount + columns - 1) / columns)
        // Two lines each with descriptions, and three for the whole description of the selected one.
        let mostInputs = 2 + (columns == 1 ? inputRows * 2 : inputRows) + 3
        let inputs = min(mostInputs, forLists - images)
        prompt = room - images - inputs
        // Of rows that the prompt leaves empty, the others take what they need to say all.
        var spare = max(0, prompt - max(least, state.compose.promptLayout.rowCount + 3))
        let wishedModel =
            isCompact ? modelRows : 3 + ModelView.statusRows(state.compose.model, columns: area.width)
        let moreModel = min(max(0, wishedModel - modelRows), spare)
        spare -= moreModel
        let moreImages = min(max(0, 2 + ImagesView.hintRows(state, columns: area.width) - images), spare)
        panes[.model] = area.splitTop(modelRows + moreModel).0
        let (top, below) = aboveEstimate.removingTop(moreModel).splitTop(prompt - moreModel - moreImages)
        panes[.prompt] = top
        let (middle, bottom) = below.splitTop(images + moreImages)
        panes[.images] = middle
        panes[.inputs] = bottom
        return estimate
    }
}

extension ScreenLayout {
    /// The outputs beside the preview; nil: there is no room for them, or only one.
    func strip(state: StudioState) -> OutputStrip? {
        guard let pane = panes[.detail], !state.isLarge, state.shownImage == nil, let run = state.runs.selected else {
            return nil
        }
        let area = DetailView.pictureArea(in: pane.inset(dx: 2, dy: 1), state, hasDetails: details != nil)
        let strip = OutputStrip(area: area, count: run.outputs.count, selected: state.detail.output)
        return strip.outputs.isEmpty ? nil : strip
    }

    /// What the reducer has to know of it.
    package func viewport(state: StudioState) -> Viewport {
        func inside(_ pane: Pane) -> Rect { panes[pane]?.inset(dx: 2, dy: 1) ?? Rect(origin: .zero, size: .zero) }
        let detail = inside(.detail)
        let picture =
            state.isLarge
            ? panes[.detail] ?? detail : DetailView.pictureArea(in: detail, state, hasDetails: details != nil)
        var viewport = Viewport(
            promptColumns: max(1, inside(.prompt).width),
            promptRows: max(1, inside(.prompt).height),
            imageRows: max(1, inside(.images).height),
            inputRows: max(1, inside(.inputs).height),
            inputColumns: InputGrid.columns(
                in: inside(.inputs).size,
                count: state.compose.inputs.rowCount,
                longest: state.compose.inputs.longestName,
                isZoomed: state.isZoomed
            ),
            // The heading takes a line of the table.
            runRows: max(1, inside(.predictions).height - 1),
            detailRows: max(1, detail.height),
            detailColumns: max(1, detail.width),
            pictureColumns: panes[.detail] == nil ? 0 : picture.width,
            pictureRows: panes[.detail] == nil ? 0 : picture.height,
            isTabbed: shape == .tabbed
        )
        viewport.showsModelPages = PickerLayout.hasPage(size)
        if let strip = strip(state: state) {
            viewport.stripOutputs = strip.outputs
            (viewport.stripColumns, viewport.stripRows) = (OutputStrip.tile.columns, OutputStrip.tile.rows)
            (viewport.pictureColumns, viewport.pictureRows) = (strip.picture.width, strip.picture.height)
        }
        if panes[.detail] != nil, !state.isLarge, state.shownImage == nil {
            let area = strip(state: state)?.picture ?? picture
            let frames = FilmStripLayout(area: area, isFilm: state.shownOutput?.isFilm == true)
            viewport.filmFrames = frames.count
            (viewport.filmColumns, viewport.filmRows) = (FilmStripLayout.tile.columns, FilmStripLayout.tile.rows)
            (viewport.pictureColumns, viewport.pictureRows) = (frames.film.width, frames.film.height)
        }
        if let picker = state.picker {
            let layout = PickerLayout(picker, size: size)
            viewport.pickerRows = layout.list.height
            if picker.kind == .files {
                let picture = layout.page.map(PickerView.pictureArea)
                (viewport.pictureColumns, viewport.pictureRows) = (picture?.width ?? 0, picture?.height ?? 0)
            }
        }
        if state.lightTable != nil {
            (viewport.tileColumns, viewport.tileRows) = (lightTable.columns, lightTable.rows)
            viewport.thumbnailColumns = lightTable.thumbnail.columns
            viewport.thumbnailRows = lightTable.thumbnail.rows
        }
        if let comparison = state.comparison {
            let runs = comparison.tiles.compactMap { state.runs[$0.run] }
            let count = InputDifference.all(runs).count
            let room = ComparisonLayout(size: size, count: comparison.shown.count, differences: count).picture
            (viewport.comparisonColumns, viewport.comparisonRows) = (room.columns, room.rows)
        }
        return viewport
    }

    /// The pane under a point, its frame included; nil: none is there.
    package func pane(at point: Point) -> Pane? { panes.first { $0.value.contains(point) }?.key }
}
