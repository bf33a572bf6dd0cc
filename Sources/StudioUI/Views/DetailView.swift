import Foundation
import Pixels
import Pricing
import ReplicateAPI
import Search
import Studio
import Terminal

/// What the selected run made, said, was given and was answered.
enum DetailView {
    /// The part of the pane above the caption.
    static func pictureArea(in inner: Rect, _ state: StudioState, hasDetails: Bool) -> Rect {
        inner.removingBottom(DetailCaption(of: state, in: inner, hasDetails: hasDetails).rows)
    }

    static func draw(
        _ state: StudioState,
        in rect: Rect,
        hasDetails: Bool,
        on canvas: inout Canvas
    ) {
        let isFocused = state.focus == .detail
        let run = state.runs.selected
        var title: [Canvas.Span] = [.init("6 ", .faint)]
        for tab in DetailState.Tab.allCases {
            let isHere = tab == state.detail.tab
            let role: Role = isHere ? (isFocused ? .focus : .text) : .faint
            title.append(.init(tab.title, role, isHere ? .bold : [], target: .tab(tab)))
            title.append(.init(tab == .json ? "" : "  "))
        }
        canvas.frame(
            rect,
            title: title,
            note: run.map { facts($0, state) } ?? [],
            footnote: footnote(state, canvas.glyphs),
            isFocused: isFocused
        )
        let inner = rect.inset(dx: 2, dy: 1)
        guard inner.height > 0 else { return }
        if isFocused { canvas.cursor = .hidden(inner.origin) }
        if state.picker == nil, let image = state.shownImage {
            return drawImage(image, state, in: inner, on: &canvas)
        }
        guard let run else {
            canvas.write("Select a prediction to see what it made.", at: inner.origin, .faint, width: inner.width)
            return
        }
        switch state.detail.tab {
        case .preview: preview(run, state, in: inner, frame: rect, hasDetails: hasDetails, on: &canvas)
        case .logs, .inputs, .json: DetailTextView.draw(state, in: inner, frame: rect, on: &canvas)
        }
    }

    private static func facts(_ run: RunItem, _ state: StudioState) -> [Canvas.Span] {
        guard let output = state.shownOutput, state.shownImage == nil else { return [] }
        let known = state.preview.flatMap { state.pictures[$0.key]?.facts }
        let kind =
            state.shownCard.map(FileCardView.words) ?? known.map(PictureView.words)
            ?? [output.contentType].compactMap { $0 }
        let words = kind + [output.size.map(ByteCount.text)].compactMap { $0 }
        guard !words.isEmpty else { return [] }
        return [.init(words.joined(separator: " · "), .muted)]
    }

    private static func footnote(_ state: StudioState, _ glyphs: Glyphs) -> [Canvas.Span] {
        let count = state.runs.selected?.outputs.count ?? 0
        guard state.detail.tab == .preview, state.shownImage == nil else { return [] }
        let film = state.film.map { [Canvas.Span(FilmText.position(of: $0, glyphs) + " ", .muted)] } ?? []
        guard count > 1 else { return film }
        return film + [
            .init("output \(state.detail.output + 1) of \(count) ", .muted),
            .init(String(glyphs.steps.prefix(1)), .focus, target: .command(.previousOutput)),
            .init(String(glyphs.steps.suffix(1)), .focus, target: .command(.nextOutput)),
        ]
    }

    /// An image of the list, in the place of what the selected run made.
    private static func drawImage(_ path: String, _ state: StudioState, in inner: Rect, on canvas: inout Canvas) {
        let (area, line) = inner.splitBottom(1)
        let name = DisplayPath.abbreviated(path, home: state.home)
        let number = state.compose.images.selection + 1
        var facts: [String] = []
        if let preview = state.preview, preview.key.path == path {
            if let picture = state.shownPicture {
                facts = picture.facts.map(PictureView.words) ?? []
                if picture.cells.rows > 0 {
                    PictureView.draw(picture, in: area, isFrame: state.film != nil, on: &canvas)
                } else {
                    message(facts, role: .muted, in: area, on: &canvas)
                }
            } else if case .failed(let reason) = preview.progress {
                message([reason], role: .muted, in: area, on: &canvas)
            } else if case .card(let card) = preview.progress {
                FileCardView.draw(card, in: area, on: &canvas)
            }
        }
        canvas.write(
            [
                .init("image \(number) ", .muted),
                .init(canvas.glyphs.address(name, columns: max(8, line.width - 30)), .text),
                .init(facts.isEmpty ? "" : "  \(facts.joined(separator: " · "))", .muted),
            ],
            at: line.origin,
            width: line.width
        )
    }

    // MARK: Preview

    private static func preview(
        _ run: RunItem,
        _ state: StudioState,
        in inner: Rect,
        frame: Rect,
        hasDetails: Bool,
        on canvas: inout Canvas
    ) {
        let caption = DetailCaption(of: state, in: inner, hasDetails: hasDetails)
        let whole = inner.removingBottom(caption.rows)
        let strip = OutputStrip(area: whole, count: run.outputs.count, selected: state.detail.output)
        let frames = FilmStripLayout(area: strip.picture, isFilm: state.shownOutput?.isFilm == true)
        let area = frames.film
        if let shown = state.filmStrip, shown.key.path == state.shownOutput?.path {
            for (place, frame) in shown.frames.prefix(frames.count).enumerated() {
                PictureView.draw(frame, in: frames.rect(place), on: &canvas)
            }
        }
        if let hidden = strip.hidden(of: run.outputs.count) { canvas.write(hidden.text, at: hidden.at, .muted) }
        for output in strip.outputs { draw(output, of: run, state, in: strip, on: &canvas) }
        if let preview = state.preview, preview.key.path == state.shownOutput?.path {
            if let picture = state.shownPicture {
                if picture.cells.rows == 0 {
                    message(card(picture.facts, state), role: .muted, in: area, on: &canvas)
                } else {
                    PictureView.draw(picture, in: area, isFrame: state.film != nil, on: &canvas)
                }
            } else if case .failed(let reason) = preview.progress {
                message([reason], role: .muted, in: area, on: &canvas)
            } else if case .card(let card) = preview.progress {
                if state.detail.text.lines.isEmpty {
                    FileCardView.draw(card, in: area, on: &canvas)
                } else {
                    DetailTextView.draw(state, in: area, frame: frame, on: &canvas)
                }
            } else {
                message(["developing…"], role: .faint, in: area, on: &canvas)
            }
        } else if !state.detail.text.lines.isEmpty {
            DetailTextView.draw(state, in: area, frame: frame, on: &canvas)
        } else {
            message(
                words(for: run, state, canvas.glyphs),
                role: run.stage == .failed ? .error : run.madeNothing ? .warn : .muted,
                in: area,
                on: &canvas
            )
        }
        caption.draw(run, state, in: inner.removingTop(whole.height), on: &canvas)
    }

    /// One of several outputs, small.
    private static func draw(
        _ output: Int,
        of run: RunItem,
        _ state: StudioState,
        in strip: OutputStrip,
        on canvas: inout Canvas
    ) {
        let rect = strip.rect(output)
        canvas.link(rect, .tile(LightTable.Tile(run: run.id, output: output)))
        var columns = rect.width
        defer {
            if output == state.detail.output {
                canvas.write(canvas.glyphs.pointer, at: strip.sign(output, columns: columns), .focus, .bold)
            }
        }
        if let key = state.stripKey(run.outputs[output].path), let picture = state.pictures[key], picture.cells.rows > 0
        {
            columns = picture.cells.columns
            PictureView.draw(picture, in: rect, on: &canvas)
        } else {
            let format = run.outputs[output].isPictureOrFilm ? nil : run.outputs[output].format
            let text = format.map { "\(output + 1) \($0)" } ?? "\(output + 1)"
            columns = text.count
            let column = rect.left + (rect.width - text.count) / 2
            canvas.write(text, at: Point(column: column, row: rect.top + rect.height / 2), .faint)
        }
    }

    /// What is known of a file that is not drawn.
    private static func card(_ facts: PictureFacts?, _ state: StudioState) -> [String] {
        var lines: [String] = []
        if let facts { lines.append(PictureView.words(of: facts).joined(separator: " · ")) }
        if let path = state.shownOutput?.path { lines.append(DisplayPath.abbreviated(path, home: state.home)) }
        lines.append("\(state.keys.name(of: .openOutput)) opens it")
        return lines
    }

    private static func words(for run: RunItem, _ state: StudioState, _ glyphs: Glyphs) -> [String] {
        if let reason = run.reasonForNothing {
            return [run.statusWord, reason] + [FailureCode.explanation(in: reason)].compactMap { $0 }
        }
        if let failure = run.failure {
            return [run.statusWord, failure] + [FailureCode.explanation(in: failure)].compactMap { $0 }
        }
        switch run.stage {
        case .succeeded where run.outputs.isEmpty && run.raw["data_removed"]?.bool == true:
            return ["done; what was made is gone: the server has removed it"]
        case .succeeded where run.outputs.isEmpty: return ["no output"]
        case .succeeded where state.shownOutput?.isUnwanted == true:
            return ["done; the file was not wanted, and is at its address for an hour"]
        case .succeeded:
            return [state.shownOutput?.failure ?? "saving the output…"]
        case .canceled: return ["canceled"]
        case .aborted: return ["aborted before it started: free"]
        case .queued, .sending, .starting, .processing, .unclear: return progress(of: run, state, glyphs)
        case .failed, .refused, .resendable, .forgotten, .unknown: return [run.statusWord]
        }
    }

    /// How a run is getting on: its state, its time, a bar where it says how far it is.
    private static func progress(of run: RunItem, _ state: StudioState, _ glyphs: Glyphs) -> [String] {
        var lines = ["\(run.statusWord) \(glyphs.dot) \(ClockText.duration(run.elapsed(at: state.now)))"]
        if run.stage == .starting { lines += ["", "in the queue, or the model is booting"] }
        if let fraction = run.fraction {
            let bar = glyphs.bar(fraction, columns: 24)
            lines += ["", "\(bar.filled)\(bar.rest) \(Int(fraction * 100)) %"]
        }
        if let remaining = ClockText.remaining(of: run, at: state.now) { lines += ["", remaining] }
        return lines
    }

    static func message(_ lines: [String], role: Role, in area: Rect, on canvas: inout Canvas) {
        let rows = lines.flatMap { line in
            WrappedLines.of(
                line.oneLine(characters: area.width * (area.height + 1)),
                columns: area.width,
                rows: area.height + 1
            )
        }
        let top = area.top + max(0, (area.height - rows.count) / 2)
        for (index, row) in rows.prefix(area.height).enumerated() {
            // The last row that fits says that there would be more.
            let isCut = index == area.height - 1 && rows.count > area.height
            let text = isCut ? TextWidth.truncate(row, to: area.width - 2, ellipsis: "") + canvas.glyphs.ellipsis : row
            let column = area.left + max(0, (area.width - TextWidth.columns(of: text)) / 2)
            canvas.write(text, at: Point(column: column, row: top + index), role, width: area.width)
        }
    }
}
