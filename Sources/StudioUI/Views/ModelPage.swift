import Studio
import Terminal

/// The columns of the list of models: what it is, what it costs, how long it takes, what it takes.
struct ModelColumns {
    /// In cells; zero: the column is left out.
    let path: Int
    let kind: Int
    let price: Int
    let time: Int
    let takes: Int
    private static let gap = 2

    /// - Parameter width: of a row, without the pointer before it.
    init(width: Int) {
        // What is left out first is what a person needs last; the page or the line below the list has it all.
        takes = width >= 88 ? 14 : 0
        time = width >= 66 ? 8 : 0
        // In a narrow list the name is what is chosen by.
        price = width >= 60 ? 16 : width >= 44 ? 14 : 0
        kind = width >= 56 ? 6 : 0
        let columns = [kind, price, time, takes].filter { $0 > 0 }
        path = max(8, width - columns.reduce(0) { $0 + $1 + Self.gap })
    }

    func drawHeading(at point: Point, on canvas: inout Canvas) {
        draw(
            ["model", "kind", "price", "usual", "takes"],
            [.faint, .faint, .faint, .faint, .faint],
            at: point,
            on: &canvas
        )
    }

    func draw(_ item: Picker.Item, _ model: ModelSummary, at point: Point, on canvas: inout Canvas) {
        let fits = TextWidth.columns(of: item.title) <= path
        draw(
            [
                fits ? item.title : "\(canvas.glyphs.ellipsis)/\(model.name)", model.kind?.rawValue ?? "",
                canvas.glyphs.spelled(item.note),
                model.usualSeconds.map(ClockText.duration) ?? "", model.takes.map(\.rawValue).joined(separator: ", "),
            ],
            item.isAbsent ? [.faint, .faint, .faint, .faint, .faint] : [.text, .muted, .cost, .muted, .muted],
            at: point,
            on: &canvas
        )
    }

    private func draw(_ texts: [String], _ roles: [Role], at point: Point, on canvas: inout Canvas) {
        var column = point.column
        for ((text, role), width) in zip(zip(texts, roles), [path, kind, price, time, takes]) where width > 0 {
            canvas.write(text, at: Point(column: column, row: point.row), role, width: width)
            column += width + Self.gap
        }
    }
}

/// What is known of the selected model, beside the list: its description, its example, the beginning of its readme.
enum ModelPage {
    static func draw(_ item: Picker.Item, readme: String?, in area: Rect, on canvas: inout Canvas) {
        guard let model = item.model, area.width > 10 else { return }
        var page = Page(area: area)
        page.line(String(model.name), .text, .bold, on: &canvas)
        page.line(standing(of: model).joined(separator: " · "), .muted, on: &canvas)
        let use = use(of: model)
        if !use.isEmpty { page.line(use.joined(separator: " · "), .muted, on: &canvas) }
        if item.isAbsent {
            page.paragraph(
                "Not loaded: its price is known, but the demo does not have it.",
                .warn,
                rows: 3,
                on: &canvas
            )
        }
        page.paragraph(model.summary, .text, rows: 4, on: &canvas)
        if !model.example.isEmpty {
            page.space()
            page.line("Example", .faint, on: &canvas)
            for input in model.example.prefix(6) {
                let value = input.value.split(whereSeparator: \.isNewline).joined(separator: " ")
                page.line([.init("\(input.name)  ", .muted), .init(value, .text)], on: &canvas)
            }
        }
        guard let readme, !readme.isEmpty else { return }
        page.space()
        page.line("Readme", .faint, on: &canvas)
        for line in readme.split(whereSeparator: \.isNewline) where page.hasRoom {
            let isHeading = line.hasPrefix("#")
            let text = line.drop { $0 == "#" || $0 == " " }
            page.paragraph(String(text), isHeading ? .focus : .muted, rows: 4, on: &canvas)
        }
    }

    /// All in one line, where there is no room for a page.
    static func facts(of model: ModelSummary) -> String {
        let summary = model.summary.oneLine(characters: 400)
        return (standing(of: model) + use(of: model) + (summary.isEmpty ? [] : [summary])).joined(separator: " · ")
    }

    private static func standing(of model: ModelSummary) -> [String] {
        // Nobody has told it of a model that only has a price.
        if model.isOnlyPriced { return ["only its price is known"] }
        return [model.isOfficial ? "official" : "community"]
            + (model.runCount.map { ["\(CountText.short($0)) runs"] } ?? [])
    }

    /// What it takes, and how long it usually takes.
    private static func use(of model: ModelSummary) -> [String] {
        let takes = model.takes.map(\.rawValue).joined(separator: ", ")
        let usual = model.usualSeconds.map { ["usually \(ClockText.duration($0))"] } ?? []
        return (takes.isEmpty ? [] : ["takes \(takes)"]) + usual
    }

    /// Writes line after line until the area is full.
    private struct Page {
        let area: Rect
        var row: Int

        init(area: Rect) {
            self.area = area
            row = area.top
        }

        var hasRoom: Bool { row < area.bottom }

        mutating func space() { row += 1 }

        mutating func line(_ text: String, _ role: Role, _ attributes: TextAttributes = [], on canvas: inout Canvas) {
            line([.init(text, role, attributes)], on: &canvas)
        }

        mutating func line(_ spans: [Canvas.Span], on canvas: inout Canvas) {
            guard hasRoom else { return }
            canvas.write(spans, at: Point(column: area.left, row: row), width: area.width)
            row += 1
        }

        mutating func paragraph(_ text: String, _ role: Role, rows: Int, on canvas: inout Canvas) {
            for text in WrappedLines.of(text, columns: area.width, rows: rows) where !text.isEmpty {
                line(text, role, on: &canvas)
            }
        }
    }
}

/// Large counts in a few characters.
enum CountText {
    /// `912`, `1.2 k`, `34 k`, `5.3 M`.
    static func short(_ count: Int) -> String {
        switch count {
        case ..<1_000: "\(count)"
        case ..<10_000: "\(tenths(count, of: 1_000)) k"
        case ..<1_000_000: "\(count / 1_000) k"
        case ..<10_000_000: "\(tenths(count, of: 1_000_000)) M"
        default: "\(count / 1_000_000) M"
        }
    }

    private static func tenths(_ count: Int, of unit: Int) -> String {
        let tenths = count * 10 / unit
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
