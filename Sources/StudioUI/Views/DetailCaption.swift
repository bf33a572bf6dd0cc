import Foundation
import Pricing
import ReplicateAPI
import Search
import Studio
import Terminal

/// What stands under the picture: what came beside it, what it was made from, where it lies and what it cost. Where rows are
/// few, a single line, so that they go to the picture. What can be done with it is said in the footer.
struct DetailCaption {
    /// Rows that a picture keeps before there is more than the last lines.
    private static let leastPicture = 12
    private static let mostPrompt = 2
    /// Columns of a path in a line with other facts; where there are fewer it is left out.
    private static let leastPlace = 16
    private static let mostValues = 2

    /// Rows of the pane below which the picture gets all of them but one.
    private static let fewRows = 20

    private let isShort: Bool
    private let columns: Int
    private let hasDetails: Bool
    private let values: [String]
    private let prompt: [String]
    private let hasSources: Bool
    /// Rows of the pane that it takes; 0 where there is no room.
    let rows: Int

    /// - Parameter hasDetails: the facts of the run stand elsewhere on the screen.
    init(of state: StudioState, in inner: Rect, hasDetails: Bool) {
        columns = inner.width
        self.hasDetails = hasDetails
        isShort = inner.height < Self.fewRows && !hasDetails
        let least = hasDetails ? 0 : isShort ? 1 : 2
        var room = inner.height - least - Self.leastPicture
        func take(_ wished: Int) -> Int {
            let rows = min(max(room, 0), wished)
            room -= rows
            return rows
        }
        let run = state.shownImage == nil ? state.runs.selected : nil
        let beside = run.flatMap { $0.outputs.isEmpty ? nil : $0.text }?.replacing("\n", with: " · ") ?? ""
        let values = Self.lines(of: beside, columns: columns, most: Self.mostValues)
        self.values = Array(values.prefix(take(values.count)))
        let prompt = Self.lines(
            of: hasDetails || isShort ? "" : run?.prompt ?? "",
            columns: columns,
            most: Self.mostPrompt
        )
        self.prompt = Array(prompt.prefix(take(prompt.count)))
        hasSources = !isShort && run?.inputFiles.isEmpty == false && take(1) == 1
        let wished = least + self.values.count + self.prompt.count + (hasSources ? 1 : 0)
        rows = inner.height > wished + 3 ? wished : 0
    }

    /// Broken after words; the last one is cut with an ellipsis where there would be more.
    private static func lines(of text: String, columns: Int, most: Int) -> [String] {
        guard !text.isEmpty else { return [] }
        let line = text.oneLine(characters: columns * (most + 1))
        let rows = WrappedLines.of(line, columns: columns, rows: most + 1)
        guard rows.count > most else { return rows }
        return rows.prefix(most - 1) + [rows[most - 1] + rows[most]]
    }

    func draw(_ run: RunItem, _ state: StudioState, in rect: Rect, on canvas: inout Canvas) {
        guard rows > 0 else { return }
        var lines: [[Canvas.Span]] = values.map { [.init($0)] } + prompt.map { [.init($0, .muted)] }
        if hasSources { lines.append([.init("from  ", .faint), .init(sources(run, state, canvas.glyphs), .muted)]) }
        if !hasDetails {
            let place = state.shownOutput.map { output in
                output.path.map { ("saved ", DisplayPath.abbreviated($0, home: state.home)) } ?? ("at ", output.url)
            }
            var numbers = numbers(run, canvas.glyphs)
            if let place, isShort {
                let used = numbers.reduce(0) { $0 + TextWidth.columns(of: canvas.glyphs.spelled($1.text)) }
                let left = rect.width - used - 3 - place.0.count
                if left >= Self.leastPlace {
                    let address = canvas.glyphs.address(place.1, columns: left)
                    numbers += [
                        .init(" \(canvas.glyphs.dot) ", .faint), .init(place.0, .faint), .init(address, .muted),
                    ]
                }
            } else if let place {
                let address = canvas.glyphs.address(place.1, columns: max(8, rect.width - 6))
                lines.append([.init(place.0, .faint), .init(address, .muted)])
            }
            lines.append(numbers)
        }
        for (index, spans) in lines.prefix(rect.height).enumerated() {
            canvas.write(spans, at: Point(column: rect.left, row: rect.top + index), width: rect.width)
        }
    }

    /// The images that were given to it: by the prompt of the run that made them, else by their names.
    private func sources(_ run: RunItem, _ state: StudioState, _ glyphs: Glyphs) -> String {
        run.inputFiles.prefix(8).map { address in
            if let prompt = state.runs.maker(of: address)?.prompt, !prompt.isEmpty {
                return prompt.oneLine(characters: 40)
            }
            return glyphs.address(address.split(separator: "/").last.map(String.init) ?? address, columns: 32)
        }.joined(separator: ", ")
    }

    /// Money, seed and times, each only where it is known; money first, and whole words where not all has room.
    private func numbers(_ run: RunItem, _ glyphs: Glyphs) -> [Canvas.Span] {
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
}
