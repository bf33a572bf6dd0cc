/// What is typed of a name of the library: `@` and letters, digits and `-`, with the caret behind it.
struct LibraryToken: Hashable {
    /// Where the `@` stands.
    let start: TextPosition
    /// What stands behind it, in small letters.
    let stem: String
    /// A list that is inserted here becomes alternatives without braces of its own.
    let isInBraces: Bool

    /// nil: the caret stands behind no such thing, or something is selected.
    init?(before caret: TextPosition, in lines: [[Character]]) {
        guard lines.indices.contains(caret.line) else { return nil }
        let line = lines[caret.line]
        var column = min(caret.column, line.count)
        while column > 0, line[column - 1].isLetter || line[column - 1].isNumber || line[column - 1] == "-" {
            column -= 1
        }
        guard column > 0, line[column - 1] == "@" else { return nil }
        // An address of somebody is no name.
        let before = column > 1 ? line[column - 2] : " "
        guard !before.isLetter, !before.isNumber else { return nil }
        start = TextPosition(line: caret.line, column: column - 1)
        stem = String(line[column..<min(caret.column, line.count)]).lowercased()
        isInBraces = before == "{" || before == "|"
    }
}
