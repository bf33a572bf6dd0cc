import Glibc
import Terminal

/// Rows in aligned columns, for people; machines ask for `--json`.
///
/// On a terminal there is a heading, and what is too long for the line is cut with an ellipsis in the flexible columns,
/// the widest first. Into a file or a pipe goes everything, uncut and without the heading.
struct Table {
    struct Column {
        enum Alignment { case left, right }

        let title: String
        var alignment = Alignment.left
        /// Gives way when the line is too long.
        var isFlexible = false

        init(_ title: String, _ alignment: Alignment = .left, isFlexible: Bool = false) {
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

    /// - Parameter width: columns of the terminal; nil where nobody looks.
    func lines(width: Int?) -> [String] {
        let shown = width == nil ? rows : [columns.map(\.title)] + rows
        var widths = columns.indices.map { column in shown.map { TextWidth.columns(of: $0[column]) }.max() ?? 0 }
        if let width {
            let flexible = columns.indices.filter { columns[$0].isFlexible }
            var excess = widths.reduce(0, +) + 2 * (columns.count - 1) - width
            while excess > 0, let widest = flexible.max(by: { widths[$0] < widths[$1] }), widths[widest] > 12 {
                widths[widest] -= 1
                excess -= 1
            }
        }
        return shown.map { row in
            var line = zip(columns.indices, row).map { index, cell in
                TextWidth.pad(cell, to: widths[index], alignment: columns[index].alignment == .right ? .right : .left)
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    func print() {
        guard !rows.isEmpty else { return }
        for line in lines(width: Self.terminalWidth) { Console.print(line) }
    }

    private static var terminalWidth: Int? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
        else { return nil }
        return Int(size.ws_col)
    }
}
