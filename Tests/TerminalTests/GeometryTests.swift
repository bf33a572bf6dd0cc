import Terminal
import TestSupport
import Testing

/// Laws of rectangles, over many of them.
struct GeometryTests {
    private func rects(_ seed: UInt64, _ count: Int = 500) -> [Rect] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            Rect(
                column: Int.random(in: -5...15, using: &random),
                row: Int.random(in: -5...15, using: &random),
                width: Int.random(in: -2...12, using: &random),
                height: Int.random(in: -2...12, using: &random)
            )
        }
    }

    private func cells(_ rect: Rect) -> Set<Point> {
        var found: Set<Point> = []
        for row in -30..<60 {
            for column in -30..<60 where rect.contains(Point(column: column, row: row)) {
                found.insert(Point(column: column, row: row))
            }
        }
        return found
    }

    @Test func `no extent is negative`() {
        for rect in rects(1) {
            #expect(rect.width >= 0 && rect.height >= 0)
            #expect(rect.isEmpty == (rect.width == 0 || rect.height == 0))
            for cut in [rect.inset(by: 4), rect.inset(dx: 9, dy: 0), rect.removingTop(99), rect.removingLeft(99)] {
                #expect(cut.width >= 0 && cut.height >= 0)
            }
        }
    }

    @Test func `an intersection holds the cells that both have`() {
        let all = rects(2, 24)
        for (first, second) in zip(all, all.reversed()) {
            #expect(cells(first.intersection(second)) == cells(first).intersection(cells(second)))
            #expect(cells(first.intersection(second)) == cells(second.intersection(first)))
        }
        for rect in all { #expect(cells(rect.intersection(rect)) == cells(rect)) }
    }

    @Test func `a split has two parts that together are the whole, and no cell in both`() {
        for rect in rects(3, 12) {
            for cut in [-3, 0, 1, 4, 99] {
                let parts = [
                    (rect.splitTop(cut).top, rect.splitTop(cut).rest),
                    (rect.splitBottom(cut).rest, rect.splitBottom(cut).bottom),
                    (rect.splitLeft(cut).left, rect.splitLeft(cut).rest),
                    (rect.splitRight(cut).rest, rect.splitRight(cut).right),
                ]
                for (first, second) in parts {
                    #expect(cells(first).union(cells(second)) == cells(rect))
                    #expect(cells(first).isDisjoint(with: cells(second)))
                }
                #expect(rect.splitTop(cut).top.height == max(0, min(cut, rect.height)))
                #expect(rect.splitBottom(cut).bottom.height == max(0, min(cut, rect.height)))
                #expect(rect.removingTop(cut) == rect.splitTop(cut).rest)
                #expect(rect.removingRight(cut) == rect.splitRight(cut).rest)
                #expect(rect.removingBottom(cut) == rect.splitBottom(cut).rest)
            }
        }
    }

    @Test func `what is centred lies inside, with as much room at either side, or one more behind`() {
        for rect in rects(4) {
            for size in [Size.zero, Size(columns: 3, rows: 2), Size(columns: 40, rows: 40)] {
                let inner = rect.centered(size)
                #expect(inner.intersection(rect) == inner || inner.isEmpty)
                #expect(inner.width == min(size.columns, rect.width))
                let (before, behind) = (inner.left - rect.left, rect.right - inner.right)
                #expect(before == behind || before + 1 == behind)
                let (above, below) = (inner.top - rect.top, rect.bottom - inner.bottom)
                #expect(above == below || above + 1 == below)
            }
        }
    }
}

/// Laws of shown text, over many texts.
struct TextPropertyTests {
    private static let pieces = [
        "a", "Z", " ", "漢", "字", "é", "e\u{301}", "👍🏽", "👨‍👩‍👧", "🇩🇪", "\u{1B}[31m", "\n", "\t", "\u{202E}", "…", "\u{200B}",
        "한",
        "\u{9B}", "\u{0}", "ｗ", "☃", "क्षि",
    ]

    private func texts(_ seed: UInt64) -> [String] {
        var random = SeededGenerator(seed: seed)
        return (0..<800).map { _ in
            (0..<Int.random(in: 0...12, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
                .joined()
        }
    }

    @Test func `what was made safe stays as it is, and is as wide`() {
        for text in texts(1) {
            let safe = DisplayText.sanitise(text)
            #expect(
                Array(DisplayText.sanitise(safe).unicodeScalars) == Array(safe.unicodeScalars),
                "\(text.debugDescription)"
            )
            #expect(TextWidth.columns(of: safe) == TextWidth.columns(of: text), "\(text.debugDescription)")
        }
    }

    @Test func `a shortened text fits, and is the text where that fits`() {
        for text in texts(2) {
            let width = TextWidth.columns(of: text)
            for limit in 0...14 {
                let short = TextWidth.truncate(text, to: limit)
                #expect(TextWidth.columns(of: short) <= limit)
                #expect((short == text) == (width <= limit) || text == "…")
                #expect(TextWidth.columns(of: TextWidth.truncateMiddle(text, to: limit)) <= limit)
                #expect(TextWidth.columns(of: TextWidth.prefix(text, columns: limit)) <= limit)
                #expect(TextWidth.columns(of: TextWidth.suffix(text, columns: limit)) <= limit)
                #expect(text.hasPrefix(TextWidth.prefix(text, columns: limit)))
                #expect(text.hasSuffix(TextWidth.suffix(text, columns: limit)))
                for alignment in [TextWidth.Alignment.left, .right, .center] {
                    let padded = TextWidth.pad(text, to: limit, alignment: alignment)
                    #expect(TextWidth.columns(of: padded) == limit, "\(text.debugDescription) in \(limit)")
                }
            }
        }
    }

    @Test func `a surface holds what is as wide as measured, whatever is written over it`() {
        var random = SeededGenerator(seed: 3)
        var surface = Surface(size: Size(columns: 17, rows: 5))
        for text in texts(3) {
            let point = Point(
                column: Int.random(in: -6...20, using: &random),
                row: Int.random(in: -1...5, using: &random)
            )
            let limit = [nil, 0, 3, 30].randomElement(using: &random) ?? nil
            let used = surface.write(text, at: point, style: Style(), width: limit)
            let isOnGrid = (0..<5).contains(point.row)
            if isOnGrid, point.column >= 0, point.column < 17 {
                #expect(used == min(TextWidth.columns(of: text), min(17 - point.column, limit ?? 17)))
            }
            // No half of a wide cluster is left over: each row is exactly as wide as the grid.
            for row in surface.text() { #expect(TextWidth.columns(of: row) == 17, "\(row)") }
            #expect(
                surface.text().joined().unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
                }
            )
        }
    }

    @Test func `a copy of a surface is the surface, and a part of it a part`() {
        var random = SeededGenerator(seed: 4)
        var source = Surface(size: Size(columns: 9, rows: 3))
        for text in texts(4).prefix(40) {
            source.write(
                text,
                at: Point(column: Int.random(in: 0...8, using: &random), row: Int.random(in: 0...2, using: &random)),
                style: Style(attributes: .bold)
            )
        }
        var copy = Surface(size: source.size)
        copy.draw(source, at: .zero)
        #expect(copy == source)
        var larger = Surface(size: Size(columns: 13, rows: 5))
        larger.draw(source, at: Point(column: 2, row: 1))
        for row in 0..<3 { for column in 0..<9 { #expect(larger[column + 2, row + 1] == source[column, row]) } }
        #expect(larger[0, 0] == Cell())
        #expect(larger[-1, 0] == Cell())
        #expect(larger[99, 99] == Cell())
    }

    @Test func `a fill covers its rectangle and nothing else`() {
        for cluster in [".", "漢", "e\u{301}"] {
            var surface = Surface(size: Size(columns: 8, rows: 4))
            surface.fill(Rect(column: 2, row: 1, width: 5, height: 2), with: cluster, style: Style(attributes: .dim))
            for row in 0..<4 {
                for column in 0..<8 {
                    let isInside = (2..<7).contains(column) && (1..<3).contains(row)
                    #expect(surface[column, row].style.attributes.contains(.dim) == isInside)
                }
            }
            for row in surface.text() { #expect(TextWidth.columns(of: row) == 8) }
            surface.restyle(Rect(column: -5, row: -5, width: 100, height: 6)) { _ in Style(attributes: .bold) }
            #expect(surface[7, 0].style.attributes == .bold)
            #expect(!surface[7, 1].style.attributes.contains(.bold))
        }
    }

    @Test(arguments: [BorderKind.light, .heavy, .ascii, .heavyASCII])
    func `a frame changes its edge only, and stays on the grid`(kind: BorderKind) {
        for rect in [
            Rect(column: 0, row: 0, width: 8, height: 4), Rect(column: 1, row: 1, width: 2, height: 2),
            Rect(column: -2, row: -1, width: 30, height: 3), Rect(column: 6, row: 2, width: 9, height: 9),
            Rect(column: 0, row: 0, width: 1, height: 4), Rect(column: 0, row: 0, width: 0, height: 0),
        ] {
            var surface = Surface(size: Size(columns: 8, rows: 4))
            surface.fill(surface.bounds, with: "x", style: Style())
            surface.frame(rect, border: kind, style: Style())
            for row in 0..<4 {
                for column in 0..<8 {
                    let point = Point(column: column, row: row)
                    let isEdge =
                        rect.width >= 2 && rect.height >= 2 && rect.contains(point)
                        && !rect.inset(by: 1).contains(point)
                    #expect((surface[column, row].text != "x") == isEdge, "\(rect) \(point)")
                }
            }
        }
    }
}
