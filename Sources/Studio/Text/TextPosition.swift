/// A place between two characters: `column` counts the characters (grapheme clusters, not cells) before it on `line`.
package struct TextPosition: Hashable, Sendable, Comparable {
    /// From 0.
    package var line: Int
    /// From 0 to the number of characters in the line.
    package var column: Int

    /// Need not be a place of any text.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Before the first character.
    package static let start = TextPosition(line: 0, column: 0)

    package static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
}
