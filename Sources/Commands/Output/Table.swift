import Terminal

/// Rows in aligned columns, for people; machines ask for `--json`.
///
/// On a terminal there is a heading, and no line is longer than the screen is wide: the flexible columns are cut with an
/// ellipsis, the widest first, and then columns are left out that can be done without. Into a file or a pipe goes
/// everything, uncut and without the heading.
struct Table {
    struct Column {
        enum Alignment { case left, right }

        let title: String
        var alignment = Alignment.left
        /// Gives way when the line is too long.
        var isFlexible = false
        /// The place in the order in which columns are left out of a narrow screen, from 1; nil: it stays.
        var leaves: Int?

        init(_ title: String, _ alignment: Alignment = .left, isFlexible: Bool = false, leaves: Int? = nil) {
            self.leaves = leaves
            self.title = title
            self.alignment = alignment
            self.isFlexible = isFlexible
        }
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// One cell a column; whatever came from the network is made harmless here.
    mutating func add(_ cells: [String]) {
        rows.append(
            cells.map { DisplayText.sanitise($0.split(whereSeparator: \.isWhitespace).joined(separator: " ")) }
        )
    }

    /// Which columns there are, and how wide each is.
    struct Layout: Hashable, Sendable {
        fileprivate var shown: [Int]
        fileprivate var widths: [Int]
    }

    /// - Parameter width: columns of the terminal; nil where nobody looks.
    func lines(width: Int?) -> [String] {
        let all = width == nil ? rows : [columns.map(\.title)] + rows
        return lines(all, layout(of: all, width: width), width: width)
    }

    private func layout(of all: [[String]], width: Int?) -> Layout {
        var shown = Array(columns.indices)
        let natural = columns.indices.map { column in all.map { TextWidth.columns(of: $0[column]) }.max() ?? 0 }
        var widths = fitted(natural, shown, width)
        while let width, Self.total(widths, shown) > width,
            let next = shown.filter({ columns[$0].leaves != nil })
                .min(by: { columns[$0].leaves ?? 0 < columns[$1].leaves ?? 0 })
        {
            shown.removeAll { $0 == next }
            widths = fitted(natural, shown, width)
        }
        return Layout(shown: shown, widths: widths)
    }

    private func lines(_ all: [[String]], _ layout: Layout, width: Int?) -> [String] {
        all.map { row in
            var line = layout.shown.map { column in
                TextWidth.pad(
                    // Where everything is to be read nothing is cut; later rows may be wider than the first ones.
                    row[column],
                    to: width == nil
                        ? max(layout.widths[column], TextWidth.columns(of: row[column])) : layout.widths[column],
                    alignment: columns[column].alignment == .right ? .right : .left
                )
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return width.map { TextWidth.columns(of: line) > $0 ? TextWidth.truncate(line, to: $0) : line } ?? line
        }
    }

    /// The flexible columns made narrower, the widest first, until all of `shown` fits or they cannot be any narrower.
    private func fitted(_ natural: [Int], _ shown: [Int], _ width: Int?) -> [Int] {
        var widths = natural
        guard let width else { return widths }
        var excess = Self.total(widths, shown) - width
        let flexible = shown.filter { columns[$0].isFlexible }
        while excess > 0, let widest = flexible.max(by: { widths[$0] < widths[$1] }), widths[widest] > 12 {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private static func total(_ widths: [Int], _ shown: [Int]) -> Int {
        shown.reduce(0) { $0 + widths[$1] } + 2 * (shown.count - 1)
    }

    /// Prints a part of a long table; nothing where there are no rows.
    ///
    /// - Parameter layout: of the parts before; nil: it is the first one and has the heading.
    /// - Returns: the layout for the next part.
    func print(on console: Console, goingOnWith layout: Layout?) -> Layout {
        let width = console.columns
        let all = layout != nil || width == nil ? rows : [columns.map(\.title)] + rows
        let layout = layout ?? self.layout(of: all, width: width)
        for line in lines(all, layout, width: width) { console.print(line) }
        return layout
    }

    /// Nothing where there are no rows.
    func print(on console: Console) {
        guard !rows.isEmpty else { return }
        for line in lines(width: console.columns) { console.print(line) }
    }
}
