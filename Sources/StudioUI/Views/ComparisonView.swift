import Pixels
import Studio
import Terminal

/// Where compared pictures stand: side by side above what differs, and one line for keys.
package struct ComparisonLayout: Hashable, Sendable {
    private static let gap = 2
    /// Rows for what differs.
    static let mostDifferences = 6

    let columns: [Rect]
    let captionRows: Int

    init(size: Size, count: Int, differences: Int) {
        let body = Rect(origin: .zero, size: size).removingBottom(1)
        captionRows = min(max(differences, 1), Self.mostDifferences, max(1, body.height / 3))
        let count = max(count, 1)
        let width = max(1, (body.width - Self.gap * (count - 1)) / count)
        columns = (0..<count).map {
            Rect(column: body.left + $0 * (width + Self.gap), row: body.top, width: width, height: body.height)
        }
    }

    /// The cells of a picture.
    var picture: Size {
        Size(columns: columns.first?.width ?? 0, rows: max(0, (columns.first?.height ?? 0) - captionRows - 1))
    }
}

/// Pictures beside each other, or one in the place of all, with the inputs that differ.
enum ComparisonView {
    static func draw(_ comparison: Comparison, _ state: StudioState, size: Size, on canvas: inout Canvas) {
        let runs = comparison.tiles.compactMap { state.runs[$0.run] }
        let differences = InputDifference.all(runs)
        let shown = comparison.shown
        let layout = ComparisonLayout(size: size, count: shown.count, differences: differences.count)
        for (tile, rect) in zip(shown, layout.columns) {
            let place = comparison.tiles.firstIndex(of: tile) ?? 0
            let (area, caption) = rect.splitBottom(layout.captionRows + 1)
            picture(tile, state, in: area, on: &canvas)
            if let run = state.runs[tile.run] {
                captions(run, tile, place: place, differences, in: caption, on: &canvas)
            }
        }
        let row = size.rows - 1
        canvas.cursor = .hidden(Point(column: 0, row: row))
        keys(state, comparison, row: row, columns: size.columns, on: &canvas)
    }

    private static func picture(_ tile: LightTable.Tile, _ state: StudioState, in area: Rect, on canvas: inout Canvas) {
        guard let key = state.comparisonKey(tile) else { return }
        if let picture = state.pictures[key], picture.cells.rows > 0 {
            PictureView.draw(picture, in: area, on: &canvas)
        } else {
            let text = state.pictures.failure(of: key) ?? "developing…"
            let point = Point(column: area.left + 1, row: area.top + area.height / 2)
            canvas.write(text, at: point, .faint, width: area.width - 2)
        }
    }

    private static func captions(
        _ run: RunItem,
        _ tile: LightTable.Tile,
        place: Int,
        _ differences: [InputDifference],
        in rect: Rect,
        on canvas: inout Canvas
    ) {
        let cost = PredictionsView.costText(run)
        let number = run.outputs.count > 1 ? "output \(tile.output + 1) of \(run.outputs.count)" : run.shortModel
        canvas.write(
            [
                .init("\(place + 1) ", .focus, .bold), .init(number, .text, .bold),
                .init(" \(canvas.glyphs.dot) ", .muted), .init(cost.text, cost.role),
            ],
            at: rect.origin,
            width: rect.width
        )
        for (index, difference) in differences.prefix(rect.height - 1).enumerated() {
            guard difference.values.indices.contains(place) else { continue }
            canvas.write(
                [
                    .init("\(difference.name) ", .faint),
                    .init(difference.values[place].oneLine(characters: rect.width + 1)),
                ],
                at: Point(column: rect.left, row: rect.top + 1 + index),
                width: rect.width
            )
        }
    }

    private static func keys(
        _ state: StudioState,
        _ comparison: Comparison,
        row: Int,
        columns: Int,
        on canvas: inout Canvas
    ) {
        let words: [(Command, String)] = [
            (.compare, comparison.single == nil ? "flip in place" : "next"), (.zoomIn, "zoom"),
            (.realPixels, "full size"),
            (.fitPicture, "fit"), (.back, comparison.single == nil ? "back" : "side by side"),
        ]
        let hints = words.flatMap { command, word -> [Canvas.Span] in
            guard let key = state.keys.key(for: command, in: state.contexts) else { return [] }
            return Canvas.Span.key(key, word, command) + [.init("   ")]
        }
        let arrows = [Command.panLeft, .panRight, .panUp, .panDown]
            .compactMap { state.keys.key(for: $0, in: state.contexts) }.map(canvas.glyphs.spelled)
        let moving: [Canvas.Span] = [
            .init("\(arrows.joined(separator: canvas.glyphs.isUnicode ? "" : " ")) ", .focus), .init("move   ", .muted),
        ]
        // Where all is seen there is nowhere to move to.
        let shown = state.detail.crop == nil ? hints : moving + hints
        let used = canvas.write(shown, at: Point(column: 1, row: row), width: columns - 2)
        let scale = state.detail.crop.map { "\($0.percent) %" } ?? "fit"
        canvas.writeRight([.init(scale, .muted)], endingAt: columns - 1, row: row, width: columns - used - 3)
    }
}
