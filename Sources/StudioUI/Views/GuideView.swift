import Pixels
import Studio
import Terminal

/// The guide of a first start: three screens in one frame, with everything behind it dimmed.
struct GuideView {
    private let guide: Guide
    private let display: PictureDisplay
    private let keys: KeyTable
    private let inner: Rect
    /// Rows between paragraphs.
    private let gap: Int
    private var row: Int

    static func draw(_ guide: Guide, _ state: StudioState, on canvas: inout Canvas) {
        canvas.dim()
        let size = canvas.surface.size
        let rect = canvas.surface.bounds.centered(Size(columns: min(size.columns - 4, 76), rows: 16))
        let isNarrow = rect.width < 50
        let step = isNarrow ? "" : "\(guide.step.rawValue + 1) of \(Guide.Step.allCases.count) \(canvas.glyphs.dot) "
        let skip = guide.step == .beginning ? "Esc skips" : guide.step == .budget ? "Esc keeps them" : "Esc begins"
        let title = isNarrow && guide.step == .beginning ? "Welcome" : title(guide.step)
        DialogView.panel(rect, title: title, note: step + skip, on: &canvas)
        var view = GuideView(guide, state, rect.inset(dx: 3, dy: 1))
        switch guide.step {
        case .beginning: view.drawBeginning(on: &canvas)
        case .budget: view.drawBudget(on: &canvas)
        case .pictures: view.drawPictures(on: &canvas)
        }
        view.drawProgress(on: &canvas)
        let go = guide.step == .pictures ? "begin" : "go on"
        canvas.writeRight(
            [
                .init(
                    guide.step == .pictures ? "" : " \(canvas.glyphs.spelled("↑↓")) choose \(canvas.glyphs.dot)",
                    .muted
                ),
                .init(" "), .key(canvas.glyphs.key("enter"), .choose),
                .init(" \(go) ", .muted, target: .command(.choose)),
            ],
            endingAt: rect.right - 2,
            row: rect.bottom - 1,
            width: rect.width - 4
        )
    }

    private init(_ guide: Guide, _ state: StudioState, _ inner: Rect) {
        self.guide = guide
        display = state.display
        keys = state.keys
        self.inner = inner
        gap = inner.width < 50 ? 0 : 1
        row = inner.top
    }

    private static func title(_ step: Guide.Step) -> String {
        switch step {
        case .beginning: "Welcome to Darkroom"
        case .budget: "What may be spent"
        case .pictures: "Pictures"
        }
    }

    // MARK: The screens

    private mutating func drawBeginning(on canvas: inout Canvas) {
        say("Write a prompt, see its price, run it at Replicate, keep the picture.", on: &canvas)
        row += gap
        heading("The demo", "no token, no network, no money", .demo, on: &canvas)
        say("The whole studio on a built-in stand-in for Replicate.", indent: 2, on: &canvas)
        row += gap
        heading("My account", "paste the token below", .account, on: &canvas)
        drawToken(on: &canvas)
        let way = "From replicate.com/account/api-tokens. It goes to \(guide.host) only, and is kept in"
        say("\(way) \(guide.tokenFile) for you alone.", indent: 2, on: &canvas)
    }

    private mutating func heading(_ text: String, _ note: String, _ beginning: Guide.Beginning, on canvas: inout Canvas)
    {
        let isSelected = guide.beginning == beginning
        let line = Rect(column: inner.left, row: row, width: inner.width, height: 1)
        canvas.write(isSelected ? canvas.glyphs.pointer : " ", at: line.origin, .focus, .bold)
        let point = Point(column: inner.left + 2, row: row)
        canvas.write([.init(text, .text, .bold), .init("  \(note)", .muted)], at: point, width: inner.width - 2)
        if isSelected { canvas.highlight(line) }
        canvas.link(
            Rect(column: inner.left, row: row, width: inner.width, height: 2),
            .guideRow(beginning.rawValue)
        )
        if isSelected, beginning == .demo { canvas.cursor = .hidden(line.origin) }
        row += 1
    }

    /// As many dots as signs, never a sign.
    private mutating func drawToken(on canvas: inout Canvas) {
        let width = inner.width - 9
        let point = Point(column: inner.left + 9, row: row)
        canvas.write("Token", at: Point(column: inner.left + 2, row: row), .muted)
        let field = Rect(origin: point, size: Size(columns: width, rows: 1))
        canvas.surface.fill(field, style: canvas.style(.text, .underline))
        let dots = String(repeating: canvas.glyphs.changed, count: min(guide.token.count, width - 1))
        canvas.write(dots, at: point, .text, .underline, width: width)
        if guide.beginning == .account, guide.progress != .working {
            canvas.cursor = .shown(Point(column: point.column + dots.count, row: row))
        }
        row += 1
    }

    private mutating func drawBudget(on canvas: inout Canvas) {
        if let kept = guide.kept {
            let account = DisplayText.sanitise(kept.account.oneLine(characters: 30))
            canvas.write(
                [.init("\(canvas.glyphs.check) ", .ok), .init("The token is \(account)'s and is kept.", .text)],
                at: Point(column: inner.left, row: row),
                width: inner.width
            )
        }
        row += 1 + gap
        for (index, limit) in guide.limits.enumerated() { draw(limit, index, on: &canvas) }
        row += gap
        let rule =
            "Amounts in USD, or none. What could go over a limit is not sent, counted over everything that runs on"
        say("\(rule) this machine. The config file has them below `budget:`.", on: &canvas)
    }

    private mutating func draw(_ limit: Guide.Limit, _ index: Int, on canvas: inout Canvas) {
        let isSelected = index == guide.selection
        let line = Rect(column: inner.left, row: row, width: inner.width, height: 1)
        canvas.write(isSelected ? canvas.glyphs.pointer : " ", at: line.origin, .focus, .bold)
        let place = Point(column: min(inner.left + 32, inner.right - 13), row: row)
        canvas.write(
            Self.label(limit.kind),
            at: Point(column: inner.left + 2, row: row),
            isSelected ? .text : .muted,
            width: place.column - inner.left - 3
        )
        if isSelected, guide.progress != .working {
            FieldView.draw(limit.text, at: place, width: 13, on: &canvas)
        } else {
            canvas.write(limit.text.text, at: place, .cost, width: 13)
        }
        canvas.link(line, .guideRow(index))
        row += 1
    }

    private static func label(_ kind: Guide.Limit.Kind) -> String {
        switch kind {
        case .askAbove: "Ask before a run above"
        case .run: "A run at most"
        case .day: "A day at most"
        case .month: "A month at most"
        }
    }

    private mutating func drawPictures(on canvas: inout Canvas) {
        say(Self.found(display.method), role: .text, on: &canvas)
        let more =
            "`pictures:` in the config file has it otherwise; `darkroom doctor` tells what the terminal has answered."
        say(more, on: &canvas)
        row += gap
        say("To begin with:", role: .text, on: &canvas)
        for (command, text) in Self.lessons {
            let name = canvas.glyphs.spelled(keys.name(of: command))
            canvas.write(name, at: Point(column: inner.left + 2, row: row), .focus, .bold, width: 9)
            canvas.write(text, at: Point(column: inner.left + 12, row: row), .muted, width: inner.width - 12)
            row += 1
        }
        canvas.cursor = .hidden(inner.origin)
    }

    private static let lessons: [(Command, String)] = [
        (.run, "runs; the price is on the key"), (.changeModel, "chooses the model"),
        (.help, "lists everything that can be done"), (.quit, "leaves; what runs goes on"),
    ]

    private static func found(_ method: PictureMethod) -> String {
        switch method {
        case .symbols: "This terminal shows pictures as half blocks of colour."
        case .none: "The settings ask for no pictures: files are told of in words."
        default: "This terminal shows pictures in real pixels (\(method.rawValue))."
        }
    }

    // MARK: Lines

    private mutating func say(_ text: String, indent: Int = 0, role: Role = .muted, on canvas: inout Canvas) {
        let left = max(0, inner.bottom - row)
        for line in WrappedLines.of(text, columns: inner.width - indent, rows: left).prefix(left) {
            canvas.write(line, at: Point(column: inner.left + indent, row: row), role, width: inner.width - indent)
            row += 1
        }
    }

    private func drawProgress(on canvas: inout Canvas) {
        var place = Point(column: inner.left, row: inner.bottom - 1)
        switch guide.progress {
        case .idle: break
        case .working:
            let text = guide.step == .beginning ? "asking \(guide.host)" : "writing"
            canvas.write(text + canvas.glyphs.ellipsis, at: place, .running, width: inner.width)
        case .failed(let reason):
            let lines = WrappedLines.of(
                DisplayText.sanitise(reason),
                columns: inner.width - 2,
                rows: max(1, inner.bottom - row)
            )
            place.row = inner.bottom - lines.count
            canvas.write("\(canvas.glyphs.cross) ", at: place, .error, .bold)
            for line in lines {
                canvas.write(line, at: Point(column: place.column + 2, row: place.row), .error, width: inner.width - 2)
                place.row += 1
            }
        }
    }
}
