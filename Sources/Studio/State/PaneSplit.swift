/// How a person has divided the screen by dragging borders; nil: as the layout divides it. In cells; the layout keeps every
/// pane large enough to be used.
package struct PaneSplit: Hashable, Sendable {
    /// A border between panes that can be dragged.
    package enum Border: Hashable, Sendable {
        /// At the right of what is composed.
        case compose
        /// Below the table.
        case table
        /// At the right of the table, where three columns stand beside each other.
        case middle
    }

    /// Columns of the panes at the left; nil: as the layout has it, as in the next two.
    package internal(set) var composeColumns: Int?
    package internal(set) var tableRows: Int?
    package internal(set) var tableColumns: Int?

    /// Without borders that were dragged.
    package init() {}

    /// - Parameter size: columns or rows of what lies before the border; nil: as the layout divides it.
    mutating func move(_ border: Border, to size: Int?) {
        switch border {
        case .compose: composeColumns = size
        case .table: tableRows = size
        case .middle: tableColumns = size
        }
    }
}
