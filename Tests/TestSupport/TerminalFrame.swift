/// What a terminal shows at one moment.
public struct TerminalFrame: Equatable, Sendable {
    public enum Color: Equatable, Sendable {
        case standard
        case indexed(UInt8)
        case rgb(UInt8, UInt8, UInt8)
    }

    public struct Cell: Equatable, Sendable {
        /// The cell's characters; a blank where nothing was drawn, empty for the right half of a wide one.
        public var text = " "
        public var foreground = Color.standard
        public var background = Color.standard
        public var isBold = false
        public var isItalic = false
        public var isUnderlined = false
        public var isReversed = false

        public init() {}
    }

    public internal(set) var columns: Int
    public internal(set) var rows: Int
    /// Row by row.
    public internal(set) var cells: [Cell]
    public internal(set) var cursor: (column: Int, row: Int) {
        get { (cursorColumn, cursorRow) }
        set { (cursorColumn, cursorRow) = newValue }
    }
    public internal(set) var isCursorVisible = true
    public internal(set) var isAlternate = false
    public internal(set) var title = ""
    private var cursorColumn = 0
    private var cursorRow = 0

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Cell(), count: columns * rows)
    }

    public subscript(column: Int, row: Int) -> Cell {
        cells[row * columns + column]
    }

    /// The rows as strings of full width.
    public var lines: [String] {
        (0..<rows).map { row in cells[(row * columns)..<((row + 1) * columns)].map(\.text).joined() }
    }

    /// The rows without trailing blanks, in one string.
    public var text: String {
        lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
    }
}
