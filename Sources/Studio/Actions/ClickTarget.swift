/// What stands at a place of the screen, for a click. The views say it while they draw, so that whatever is shown can be
/// clicked.
package enum ClickTarget: Hashable, Sendable {
    /// The name of a key, or a button, that gives a command.
    case command(Command)
    /// A frame, or a place where nothing else is.
    case pane(Pane)
    /// The text of the prompt; `top` is the row of the wrapped text in its first line.
    case prompt(top: Int)
    case run(RunItem.ID)
    /// A heading of the table, with the command that sorts by what is below it.
    case heading(Command)
    case tile(LightTable.Tile)
    /// By its place in the list, from 0.
    case image(Int)
    /// By its place in the form, from 0.
    case input(Int)
    /// What changes an input: its box, its arrows; with the command that it gives once the input is selected.
    case inputControl(Int, Command)
    case tab(DetailState.Tab)
    /// A row of the open list, by its place among the matches, from 0.
    case pickerRow(Int)
    /// A button of the open question.
    case answer(isConfirm: Bool)
    /// A row of the guide, by its place, from 0.
    case guideRow(Int)
    /// A border that can be dragged; `size` are the columns or rows before it. A double click lets the layout decide again.
    case border(PaneSplit.Border, size: Int)
    /// A scroll bar above or below its mark: scrolls by so many rows. nil: that of an open list.
    case scrollbar(Pane?, rows: Int)
    /// The mark of a scroll bar; `hidden` rows are out of sight, and it can be dragged by `room` rows of the screen. nil: that
    /// of an open list.
    case scrollMark(Pane?, hidden: Int, room: Int)
    /// How far back the view of what was spent looks.
    case period(Ledger.Period)

    /// Whether a drag that begins here means something; elsewhere it selects what is on the screen.
    package var isDragged: Bool {
        switch self {
        case .prompt, .border, .scrollMark: true
        case .command, .pane, .run, .heading, .tile, .image, .input, .inputControl, .tab, .pickerRow, .answer,
            .guideRow, .scrollbar, .period:
            false
        }
    }
}

/// A click with the left button.
package struct Click: Hashable, Sendable {
    package var target: ClickTarget
    /// Columns and rows from the upper left corner of the target.
    package var column: Int
    package var row: Int
    /// The second of two clicks on the same cell.
    package var isDouble: Bool

    package init(_ target: ClickTarget, column: Int = 0, row: Int = 0, isDouble: Bool = false) {
        self.target = target
        self.column = column
        self.row = row
        self.isDouble = isDouble
    }
}

/// The pointer was moved with the left button down.
package struct Drag: Hashable, Sendable {
    /// Where the button went down.
    package var target: ClickTarget
    /// Columns and rows from the upper left corner of the target; also outside of it, and negative.
    package var column: Int
    package var row: Int
    /// Rows from where the button went down, before this movement and after it.
    package var from: Int
    package var to: Int

    package init(_ target: ClickTarget, column: Int, row: Int, from: Int = 0, to: Int = 0) {
        self.target = target
        self.column = column
        self.row = row
        self.from = from
        self.to = to
    }
}
