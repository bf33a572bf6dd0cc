import Foundation
import Pixels
import Pricing
import ReplicateAPI
import Search
import Studio
import Terminal

/// What the selected run made, said, was given and was answered.
enum DetailView {
    /// Lines under the picture.
    static let captionLines = 3

    static func pictureArea(in inner: Rect, hasDetails: Bool) -> Rect {
        let caption = hasDetails ? 1 : captionLines
        return inner.height > caption + 3 ? inner.removingBottom(caption) : inner
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
        case .preview: preview(run, state, in: inner, hasDetails: hasDetails, on: &canvas)
        case .logs, .inputs, .json: text(state, in: inner, frame: rect, isFocused: isFocused, on: &canvas)
        }
    }

    private static func facts(_ run: RunItem, _ state: StudioState) -> [Canvas.Span] {
        guard let output = state.shownOutput, state.shownImage == nil else { return [] }
        let known = state.preview.flatMap { state.pictures[$0.key]?.facts }
        let kind = known.map(PictureView.words) ?? [output.contentType].compactMap { $0 }
        let words = kind + [output.size.map(ByteCount.text)].compactMap { $0 }
        guard !words.isEmpty else { return [] }
        return [.init(words.joined(separator: " · "), .muted)]
    }

    private static func footnote(_ state: StudioState, _ glyphs: Glyphs) -> [Canvas.Span] {
        let count = state.runs.selected?.outputs.count ?? 0
        guard state.detail.tab == .preview, state.shownImage == nil else { return [] }
        let film = state.film.map { [Canvas.Span(FilmText.position(of: $0, glyphs) + " ", .muted)] } ?? []
        guard count > 1 else { return film }
        return film + [.init("output \(state.detail.output + 1) of \(count) ", .muted), .init(glyphs.steps, .focus)]
    }

    /// An image of the list, in the place of what the selected run made.
    private static func drawImage(_ path: String, _ state: StudioState, in inner: Rect, on canvas: inout Canvas) {
        let (area, line) = inner.splitBottom(1)
        let name = abbreviated(path)
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
        hasDetails: Bool,
        on canvas: inout Canvas
    ) {
        let whole = pictureArea(in: inner, hasDetails: hasDetails)
        let strip = OutputStrip(area: whole, count: run.outputs.count, selected: state.detail.output)
        let area = strip.picture
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
            } else {
                message(["developing…"], role: .faint, in: area, on: &canvas)
            }
        } else if let text = run.text {
            write(text, in: area, on: &canvas)
        } else {
            message(
                words(for: run, state, canvas.glyphs),
                role: run.stage == .failed ? .error : .muted,
                in: area,
                on: &canvas
            )
        }
        guard whole.height < inner.height else { return }
        caption(run, state, in: inner.removingTop(whole.height), on: &canvas)
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
        let isShown = output == state.detail.output
        canvas.write(isShown ? canvas.glyphs.pointer : " ", at: strip.sign(output), .focus, .bold)
        if let key = state.stripKey(run.outputs[output].path), let picture = state.pictures[key], picture.cells.rows > 0
        {
            PictureView.draw(picture, in: rect, on: &canvas)
        } else {
            let text = "\(output + 1)"
            let column = rect.left + (rect.width - text.count) / 2
            canvas.write(text, at: Point(column: column, row: rect.top + rect.height / 2), .faint)
        }
    }

    /// What is known of a file that is not drawn.
    private static func card(_ facts: PictureFacts?, _ state: StudioState) -> [String] {
        var lines: [String] = []
        if let facts { lines.append(PictureView.words(of: facts).joined(separator: " · ")) }
        if let path = state.shownOutput?.path { lines.append(abbreviated(path)) }
        lines.append("\(state.keys.name(of: .openOutput)) opens it")
        return lines
    }

    private static func words(for run: RunItem, _ state: StudioState, _ glyphs: Glyphs) -> [String] {
        if let failure = run.failure {
            return [run.statusWord, failure] + [FailureCode.explanation(in: failure)].compactMap { $0 }
        }
        switch run.stage {
        case .succeeded where run.outputs.isEmpty: return ["done, without any output"]
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
        if let fraction = run.fraction {
            let bar = glyphs.bar(fraction, columns: 24)
            lines += ["", "\(bar.filled)\(bar.rest) \(Int(fraction * 100)) %"]
        }
        if let remaining = ClockText.remaining(of: run, at: state.now) { lines += ["", remaining] }
        return lines
    }

    private static func message(_ lines: [String], role: Role, in area: Rect, on canvas: inout Canvas) {
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

    private static func write(_ text: String, in area: Rect, on canvas: inout Canvas) {
        for (index, row) in WrappedLines.of(text, columns: area.width, rows: area.height).enumerated() {
            canvas.write(row, at: Point(column: area.left, row: area.top + index), width: area.width)
        }
    }

    private static func caption(_ run: RunItem, _ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        var lines: [[Canvas.Span]] = []
        if let output = state.shownOutput {
            let place = output.path.map { ("saved ", abbreviated($0)) } ?? ("at ", output.url)
            lines.append([
                .init(place.0, .faint),
                .init(canvas.glyphs.address(place.1, columns: max(8, rect.width - 6)), .muted),
            ])
        }
        if rect.height > 1 {
            lines.append(numbers(run, columns: rect.width, canvas.glyphs))
            lines.append(keys(state, canvas.glyphs))
        }
        for (index, spans) in lines.prefix(rect.height).enumerated() {
            canvas.write(spans, at: Point(column: rect.left, row: rect.top + index), width: rect.width)
        }
    }

    /// What can be done with what is shown, by the keys of the table beside it.
    private static func keys(_ state: StudioState, _ glyphs: Glyphs) -> [Canvas.Span] {
        let commands: [Command] = [
            .cancelRun, .openOutput, .copyURL, .useAsImage, .whichOne, .sendAgain, .reuse, .newSeed,
        ]
        let available = commands.filter { CommandAvailability.obstacle(to: $0, in: state) == nil }
        return available.flatMap { command -> [Canvas.Span] in
            guard let key = state.keys.key(for: command, in: [.predictions]) else { return [] }
            return [.init(glyphs.spelled(key), .focus), .init(" \(command.entry.hint.lowercased())  ", .muted)]
        }
    }

    /// Money, seed and times, each only where it is known; money first, and whole words where not all has room.
    private static func numbers(_ run: RunItem, columns: Int, _ glyphs: Glyphs) -> [Canvas.Span] {
        // What a person has added stands last in the line of what gives way.
        var words: [String] = []
        if let seed = run.input["seed"] { words.append("seed \(seed.plain)") }
        if let seconds = run.raw["metrics"]?["predict_time"]?.double {
            words.append("predict \(Seconds.text(seconds))")
        }
        if let end = run.finishedAt { words.append("total \(Seconds.text(end.timeIntervalSince(run.createdAt)))") }
        words += run.annotation.note.map { ["“\($0.oneLine(characters: 60))”"] } ?? []
        words += run.annotation.tags.map { "#\($0.oneLine(characters: 30))" }
        let stars = glyphs.stars(run.annotation)
        if !stars.isEmpty { words.append(stars) }
        let cost = PredictionsView.costText(run)
        let money = [.init(cost.text, cost.role, .bold)] + PredictionsView.comparison(run)
        func line() -> [Canvas.Span] { money + words.map { .init(" \(glyphs.dot) \($0)", .muted) } }
        func columnsOfLine() -> Int { line().reduce(0) { $0 + TextWidth.columns(of: glyphs.spelled($1.text)) } }
        while !words.isEmpty, columnsOfLine() > columns { words.removeFirst() }
        return line()
    }

    private static func abbreviated(_ path: String) -> String {
        let home = NSHomeDirectory()
        return home.count > 1 && path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
    }

    // MARK: Text tabs

    private static func text(
        _ state: StudioState,
        in inner: Rect,
        frame: Rect,
        isFocused: Bool,
        on canvas: inout Canvas
    ) {
        let lines = state.detail.text.lines
        let last = max(0, lines.count - inner.height)
        let isFollowing = state.detail.tab == .logs && state.detail.follows
        let top = isFollowing ? last : min(state.detail.top, last)
        if lines.isEmpty {
            let what = state.detail.tab == .logs ? "No logs yet." : "Nothing here."
            canvas.write(what, at: inner.origin, .faint, width: inner.width)
        }
        let label = state.detail.text.labelColumns
        let shown = lines.dropFirst(top).prefix(inner.height)
        for (row, line) in shown.enumerated() {
            let point = Point(column: inner.left, row: inner.top + row)
            if label > 0 {
                canvas.write(
                    [.init(TextWidth.pad(line.label, to: label) + "  ", .muted), .init(line.text)],
                    at: point,
                    width: inner.width
                )
            } else {
                canvas.write(line.text, at: point, state.detail.tab == .logs ? .muted : .text, width: inner.width)
            }
        }
        canvas.scrollbar(.detail, frame, top: top, shown: inner.height, total: lines.count, isFocused: isFocused)
    }
}
