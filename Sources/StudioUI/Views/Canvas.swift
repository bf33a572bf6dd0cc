import Studio
package import Terminal

/// A surface with the theme and the signs at hand.
package struct Canvas {
    package var surface: Surface
    let theme: Theme
    let glyphs: Glyphs
    let depth: ColorDepth
    /// Where the terminal's own cursor belongs; nil hides it.
    package var cursor: Cursor?
    /// What can be clicked.
    private(set) var targets = ClickMap()
    /// Where pictures were drawn: their glyphs are colours, not signs.
    private(set) var pictures: [Rect] = []

    package init(size: Size, theme: Theme, glyphs: Glyphs, depth: ColorDepth) {
        self.init(surface: Surface(size: size), theme: theme, glyphs: glyphs, depth: depth)
    }

    /// Draws over what is there.
    init(surface: Surface, theme: Theme, glyphs: Glyphs, depth: ColorDepth) {
        self.theme = theme
        self.glyphs = glyphs
        self.depth = depth
        self.surface = surface
    }

    /// Draws a part of the screen apart from what was drawn before, and returns what belongs to it besides its cells.
    mutating func part(_ draw: (inout Canvas) -> Void) -> Marks {
        let before = marks
        marks = Marks()
        draw(&self)
        defer { marks = before }
        return marks
    }

    /// What a drawing has besides its cells.
    struct Marks {
        var cursor: Cursor?
        var targets = ClickMap()
        var pictures: [Rect] = []
    }

    private var marks: Marks {
        get { Marks(cursor: cursor, targets: targets, pictures: pictures) }
        set { (cursor, targets, pictures) = (newValue.cursor, newValue.targets, newValue.pictures) }
    }

    /// Adds what belongs to a part; it stands above what is there.
    mutating func add(_ part: Marks) {
        if let cursor = part.cursor { self.cursor = cursor }
        targets.add(part.targets)
        pictures += part.pictures
    }

    func style(_ role: Role, _ attributes: TextAttributes = []) -> Style {
        theme.style(role, depth: depth, adding: attributes)
    }

    /// Says that the cells of `area` are a picture.
    mutating func drewPicture(in area: Rect) { pictures.append(area) }

    /// Says what a click within `area` means; nothing where `target` is nil.
    mutating func link(_ area: Rect, _ target: ClickTarget?) {
        if let target, !area.isEmpty { targets.add(area, target) }
    }

    /// Takes everything back behind what is drawn next: texts become faint, pictures pale on a light
    /// ground and dark on a dark one, and nothing can be clicked.
    mutating func dim() {
        targets.removeAll()
        let faint = style(.faint)
        let shown = surface
        surface.restyle(surface.bounds) { _ in faint }
        for area in pictures {
            for row in area.top..<area.bottom {
                for column in area.left..<area.right {
                    surface[column, row] = shown[column, row].dimmed(on: theme.ground) ?? Cell(text: " ", style: faint)
                }
            }
        }
        cursor = nil
    }

    /// A piece of a line.
    struct Span {
        var text: String
        var role: Role
        var attributes: TextAttributes
        /// What a click on it means.
        var target: ClickTarget?

        init(
            _ text: String,
            _ role: Role = .text,
            _ attributes: TextAttributes = [],
            target: ClickTarget? = nil
        ) {
            self.text = text
            self.role = role
            self.attributes = attributes
            self.target = target
        }

        /// The name of a key, which can be clicked instead.
        static func key(_ name: String, _ command: Command, _ role: Role = .focus) -> Span {
            Span(name, role, target: .command(command))
        }

        /// The name of a key and what it does; both can be clicked.
        static func key(_ name: String, _ word: String, _ command: Command) -> [Span] {
            [key(name, command), Span(" \(word)", .muted, target: .command(command))]
        }
    }

    /// Writes `text` cut to `width` columns with an ellipsis; returns the columns used.
    @discardableResult
    mutating func write(
        _ text: String,
        at point: Point,
        _ role: Role = .text,
        _ attributes: TextAttributes = [],
        width: Int? = nil
    ) -> Int {
        let room = width ?? surface.size.columns - point.column
        guard room > 0 else { return 0 }
        let cut = TextWidth.truncate(glyphs.spelled(text), to: room, ellipsis: glyphs.ellipsis)
        return surface.write(cut, at: point, style: style(role, attributes), width: room)
    }

    /// Writes spans one after the other within `width` columns; returns the columns used.
    @discardableResult
    mutating func write(_ spans: [Span], at point: Point, width: Int) -> Int {
        var used = 0
        for span in spans where used < width {
            let start = Point(column: point.column + used, row: point.row)
            let columns = write(span.text, at: start, span.role, span.attributes, width: width - used)
            link(Rect(origin: start, size: Size(columns: columns, rows: 1)), span.target)
            used += columns
        }
        return used
    }

    /// Writes spans so that they end at `right` (exclusive), if they fit into `width`; returns the columns used.
    @discardableResult
    mutating func writeRight(_ spans: [Span], endingAt right: Int, row: Int, width: Int) -> Int {
        let length = spans.reduce(0) { $0 + TextWidth.columns(of: glyphs.spelled($1.text)) }
        guard length <= width else { return 0 }
        return write(spans, at: Point(column: right - length, row: row), width: length)
    }

    /// A pane's frame: the title in the upper edge, notes at its right and in the lower edge, and there at the left what
    /// is wrong. The focused one is heavy, so that the focus shows without colour.
    mutating func frame(
        _ rect: Rect,
        title: [Span],
        note: [Span] = [],
        footnote: [Span] = [],
        alarm: String? = nil,
        isFocused: Bool
    ) {
        guard rect.width >= 4, rect.height >= 2 else { return }
        let border: BorderKind =
            glyphs.isUnicode ? (isFocused ? .heavy : .light) : (isFocused ? .heavyASCII : .ascii)
        surface.frame(rect, border: border, style: style(isFocused ? .focus : .border))
        targets.add(frame: rect)
        let room = rect.width - 4
        let title = [Span(" ")] + title + [Span(" ")]
        let used = write(title, at: Point(column: rect.left + 2, row: rect.top), width: room)
        if !note.isEmpty {
            writeRight(
                [Span(" ")] + note + [Span(" ")],
                endingAt: rect.right - 2,
                row: rect.top,
                width: room - used - 1
            )
        }
        let lower =
            footnote.isEmpty
            ? 0
            : writeRight(
                [Span(" ")] + footnote + [Span(" ")],
                endingAt: rect.right - 2,
                row: rect.bottom - 1,
                width: room
            )
        if let alarm {
            let point = Point(column: rect.left + 2, row: rect.bottom - 1)
            write([Span(" \(glyphs.cross) \(alarm)", .error), Span(" ")], at: point, width: room - lower - 1)
        }
    }

    /// A mark in the right edge of a pane that shows which part of `total` rows is seen. A click above or below it turns a
    /// page.
    ///
    /// - Parameter pane: nil: an open list.
    mutating func scrollbar(_ pane: Pane?, _ rect: Rect, top: Int, shown: Int, total: Int, isFocused: Bool) {
        let height = rect.height - 2
        guard total > shown, height > 1 else { return }
        let length = max(1, height * shown / total)
        let room = height - length
        let start = total == shown ? 0 : min(room, (room * top + (total - shown) / 2) / max(1, total - shown))
        let track = Rect(column: rect.right - 1, row: rect.top + 1, width: 1, height: height)
        link(track.splitTop(start).0, .scrollbar(pane, rows: -max(1, shown)))
        link(track.removingTop(start + length), .scrollbar(pane, rows: max(1, shown)))
        let mark = track.removingTop(start).splitTop(length).0
        link(mark, .scrollMark(pane, hidden: total - shown, room: room))
        for row in start..<(start + length) {
            surface.write(
                glyphs.thumb,
                at: Point(column: rect.right - 1, row: rect.top + 1 + row),
                style: style(isFocused ? .focus : .faint)
            )
        }
    }

    /// Shows that the text of `rect` is selected: without colour, by reversing it.
    mutating func select(_ rect: Rect) {
        surface.restyle(rect) { $0.reversed }
    }

    /// Spreads the selected row's colours over a whole line.
    mutating func highlight(_ rect: Rect) {
        let selected = style(.selection)
        // Reversed colours would make a ground of their own under every word.
        guard !selected.attributes.contains(.reverse) else {
            surface.restyle(rect) { _ in
                Style(
                    foreground: selected.foreground,
                    background: selected.background,
                    attributes: selected.attributes.union(.bold)
                )
            }
            return
        }
        let (faint, muted) = (style(.faint).foreground, style(.muted).foreground)
        surface.restyle(rect) { old in
            Style(
                // What is faint would be lost on the selection's ground.
                foreground: old.foreground == faint ? muted : old.foreground,
                background: selected.background,
                attributes: old.attributes.union(selected.attributes).union(.bold)
            )
        }
    }
}

extension Cell {
    /// The same with two fifths of its colours left on a ground; nil where a colour has no such shade.
    fileprivate func dimmed(on ground: UInt8) -> Cell? {
        guard let foreground = style.foreground.dimmed(on: ground), let background = style.background.dimmed(on: ground)
        else { return nil }
        return Cell(text: text, style: Style(foreground: foreground, background: background))
    }
}

extension Color {
    fileprivate func dimmed(on ground: UInt8) -> Color? {
        func part(_ value: UInt8) -> UInt8 { UInt8((Int(value) * 2 + Int(ground) * 3) / 5) }
        return switch self {
        case .rgb(let red, let green, let blue): .rgb(part(red), part(green), part(blue))
        case .standard, .palette: nil
        }
    }
}
