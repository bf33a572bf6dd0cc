/// A move that needs to know the text only.
package enum TextMotion: Hashable, Sendable, CaseIterable {
    case left, right
    /// Over spaces and then one run of letters and digits, or of other signs. A line's edge stops it.
    case wordLeft, wordRight
    case lineStart, lineEnd
    case textStart, textEnd
}

/// A move over the rows on the screen.
package enum RowMotion: Hashable, Sendable {
    case up, down
    case rowStart, rowEnd
    case pageUp(rows: Int), pageDown(rows: Int)
}
