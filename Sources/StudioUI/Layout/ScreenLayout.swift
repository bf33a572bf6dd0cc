package import Studio
package import Terminal

/// Where everything stands: a pure function of the size, the focus and what there is to show.
package struct ScreenLayout: Hashable, Sendable {
    package enum Shape: Hashable, Sendable {
        /// Below 60×16: only a card that says so.
        case tooSmall
        /// One group of panes at a time: Compose, Predictions, Preview.
        case tabbed
        /// Everything in one tall column.
        case portrait
        case twoColumns
        case threeColumns
    }

    package static let smallest = Size(columns: 60, rows: 16)

    package let shape: Shape
    package let size: Size
    package let header: Rect
    /// Between header and the last two lines.
    package let body: Rect
    package let toast: Rect
    package let footer: Rect
    /// Panes that are on the screen, frame included. The model is one line without a frame where space is short.
    package let panes: [Pane: Rect]
    package let estimate: Rect?
    /// Logs beside the table, and details under the picture, on very wide screens only.
    package let logs: Rect?
    package let details: Rect?

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
        var panes: [Pane: Rect] = [:]
        var estimate: Rect?
        var logs: Rect?
        var details: Rect?

        let shape = Self.shape(for: size)
        self.shape = shape
        if shape != .tooSmall, state.isZoomed {
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
                    if state.focus == .predictions {
                        let table = rest.height >= 16 ? max(8, rest.height * 55 / 100) : rest.height
                        let (top, bottom) = rest.splitTop(table)
                        panes[.predictions] = top
                        if !bottom.isEmpty { panes[.detail] = bottom }
                    } else {
                        panes[.detail] = rest
                    }
                }
            case .portrait:
                let (top, rest) = body.splitTop(min(24, body.height / 2))
                estimate = Self.compose(in: top, state: state, isCompact: true, &panes)
                let (table, picture) = rest.splitTop(max(8, rest.height * 40 / 100))
                panes[.predictions] = table
                panes[.detail] = picture
            case .twoColumns:
                let (left, right) = body.splitLeft(size.columns * 45 / 100)
                estimate = Self.compose(in: left, state: state, isCompact: body.height < 24, &panes)
                let (table, picture) = right.splitTop(max(8, right.height * 42 / 100))
                panes[.predictions] = table
                panes[.detail] = picture
            case .threeColumns:
                let (left, rest) = body.splitLeft(size.columns * 30 / 100)
                let (middle, right) = rest.splitLeft(size.columns * 35 / 100)
                estimate = Self.compose(in: left, state: state, isCompact: false, &panes)
                let (table, log) = middle.splitTop(max(10, middle.height * 62 / 100))
                panes[.predictions] = table
                logs = log
                let (picture, facts) = right.splitBottom(min(12, right.height / 3))
                panes[.detail] = picture
                details = facts
            }
        }
        self.panes = panes
        self.estimate = estimate
        self.logs = logs
        self.details = details
    }

    static func shape(for size: Size) -> Shape {
        if size.columns < smallest.columns || size.rows < smallest.rows { return .tooSmall }
        if size.rows >= 46, size.columns <= 84 { return .portrait }
        if size.columns < 100 { return .tabbed }
        return size.columns < 160 || size.rows < 30 ? .twoColumns : .threeColumns
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
        let (model, belowModel) = area.splitTop(isCompact ? 1 : 4)
        let (aboveEstimate, estimate) = belowModel.splitBottom(isCompact ? 1 : 4)
        panes[.model] = model
        let columns = InputGrid.columns(width: area.width - 4)
        let wishedInputs = 2 + max(1, (state.compose.inputs.rowCount + columns - 1) / columns)
        let wishedImages = 2 + max(2, state.compose.images.items.count + 1)
        let room = aboveEstimate.height
        if room < leastForAll {
            accordion(in: aboveEstimate, focus: state.focus, &panes)
            return estimate
        }
        // The prompt gets what the lists leave, and never less than five lines while there is any choice.
        let least = isCompact ? 5 : 7
        let forLists = max(0, room - least)
        var images = min(wishedImages, max(4, forLists / 2))
        var inputs = min(wishedInputs, max(3, forLists - images))
        if images + inputs > forLists { inputs = max(3, forLists - images) }
        if images + inputs > forLists { images = max(3, forLists - inputs) }
        let most = max(least, room * 55 / 100)
        let prompt = room - images - inputs
        // A tall screen shows more of the lists' empty space rather than an endless prompt.
        if prompt > most + 6 { images += (prompt - most) / 3 }
        let (top, below) = aboveEstimate.splitTop(max(3, room - images - inputs))
        panes[.prompt] = top
        let (middle, bottom) = below.splitTop(images)
        panes[.images] = middle
        panes[.inputs] = bottom
        return estimate
    }
}

extension ScreenLayout {
    /// What the reducer has to know of it.
    package func viewport(state: StudioState) -> Viewport {
        func inside(_ pane: Pane) -> Rect { panes[pane]?.inset(dx: 2, dy: 1) ?? Rect(origin: .zero, size: .zero) }
        let detail = inside(.detail)
        let picture = DetailView.pictureArea(in: detail, hasDetails: details != nil)
        return Viewport(
            promptColumns: max(1, inside(.prompt).width),
            promptRows: max(1, inside(.prompt).height),
            imageRows: max(1, inside(.images).height),
            inputRows: max(1, inside(.inputs).height),
            inputColumns: InputGrid.columns(width: inside(.inputs).width),
            // The heading takes a line of the table.
            runRows: max(1, inside(.predictions).height - 1),
            detailRows: max(1, detail.height),
            detailColumns: max(1, detail.width),
            pictureColumns: panes[.detail] == nil ? 0 : picture.width,
            pictureRows: panes[.detail] == nil ? 0 : picture.height,
            isTabbed: shape == .tabbed
        )
    }

    /// The pane under a point, and the line of its content; nil for frames.
    package func hit(_ point: Point) -> (pane: Pane, row: Int?)? {
        for (pane, rect) in panes where rect.contains(point) {
            let isBare = rect.height == 1
            let content = isBare ? rect : rect.inset(dx: 1, dy: 1)
            guard content.contains(point) else { return (pane, nil) }
            let heading = pane == .predictions ? 1 : 0
            let row = point.row - content.top - heading
            return (pane, row < 0 ? nil : row)
        }
        return nil
    }
}

/// How the inputs flow into columns.
enum InputGrid {
    static let cell = 37

    static func columns(width: Int) -> Int { max(1, width / cell) }
}
