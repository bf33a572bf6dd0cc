import Pixels
import Studio
import Terminal

/// The picture over the whole screen, and one line.
enum LargeView {
    static func draw(_ state: StudioState, layout: ScreenLayout, on canvas: inout Canvas) {
        guard let area = layout.panes[.detail] else { return }
        canvas.cursor = .hidden(layout.footer.origin)
        if let reason = state.pictureFailure {
            DetailView.message([reason], role: .muted, in: area.inset(dx: 2, dy: 0), on: &canvas)
        } else if let picture = state.shownPicture, picture.cells.rows > 0 {
            PictureView.draw(picture, in: area, isFrame: state.film != nil, on: &canvas)
        }
        if state.toast != nil {
            FooterView.drawToast(state, in: layout.footer, on: &canvas)
        } else {
            line(state, in: layout.footer, on: &canvas)
        }
    }

    private static func line(_ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        guard let run = state.runs.selected, let output = state.shownOutput else { return }
        var words: [String] = []
        if let facts = state.shownFacts { words += PictureView.words(of: facts) }
        if let size = output.size { words.append(ByteCount.text(size)) }
        if let film = state.film { words.append(FilmText.position(of: film, canvas.glyphs)) }
        if let crop = state.detail.crop {
            words.append("\(crop.percent) %")
        } else if state.film == nil, state.pictureFailure == nil {
            words.append("fit")
        }
        if run.outputs.count > 1 { words.append("output \(state.detail.output + 1) of \(run.outputs.count)") }
        words.append(run.shortModel)
        let text = words.joined(separator: " \(canvas.glyphs.dot) ")
        let play = state.film?.isPlaying == true ? "pause" : "play"
        let film: [(Command, String)] = state.film == nil ? [] : [(.playFilm, play), (.nextFrame, "step")]
        let keys: [(Command, String)] =
            film + [
                (.zoomIn, "larger"), (.zoomOut, "smaller"), (.realPixels, "full size"), (.fitPicture, "fit"),
                (.nextOutput, "next"), (.back, "back"),
            ]
        let hints = keys.compactMap { command, word -> [Canvas.Span]? in
            guard let key = state.keys.key(for: command, in: state.contexts),
                CommandAvailability.obstacle(to: command, in: state) == nil
            else { return nil }
            return [.init(" "), .key(key, command), .init(" \(word) ", .muted)]
        }
        let used = canvas.writeRight(
            fitting(hints, columns: rect.width * 2 / 3),
            endingAt: rect.right - 1,
            row: rect.top,
            width: rect.width - 2
        )
        canvas.write(
            [.init(text + "   ", .muted), .init(run.prompt.oneLine(characters: rect.width), .text)],
            at: Point(column: 1, row: rect.top),
            width: rect.width - used - 3
        )
    }

    /// As many of the hints as fit, whole, with the last one, the way back, in any case.
    private static func fitting(_ hints: [[Canvas.Span]], columns: Int) -> [Canvas.Span] {
        func width(_ hint: [Canvas.Span]) -> Int { hint.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }
        var left = columns - (hints.last.map(width) ?? 0)
        let others = hints.dropLast().prefix { hint in
            left -= width(hint)
            return left >= 0
        }
        return others.joined() + (hints.last ?? [])
    }
}
