extension TextEditor {
    /// Moves the caret, stopping at the ends of the text; left and right of something selected, to its edge. Nothing is
    /// selected afterwards. Ends a run of kills.
    package mutating func move(_ motion: TextMotion) {
        let selected = selection
        beginCommand()
        if let selected, motion == .left || motion == .right {
            cursor = motion == .left ? selected.lowerBound : selected.upperBound
            return
        }
        cursor =
            switch motion {
            case .left: position(before: cursor)
            case .right: position(after: cursor)
            case .wordLeft: wordStart(before: cursor)
            case .wordRight: wordEnd(after: cursor)
            case .lineStart: TextPosition(line: cursor.line, column: 0)
            case .lineEnd: TextPosition(line: cursor.line, column: lines[cursor.line].count)
            case .textStart: TextPosition.start
            case .textEnd: buffer.end
            }
    }

    /// Moves over the rows of `layout`, which must be a layout of the present text. Moves up and down aim for the
    /// column that the first of them began in. False when the caret is already in the first or last row and stays.
    @discardableResult
    package mutating func move(_ motion: RowMotion, in layout: WrappedText) -> Bool {
        let here = layout.point(of: cursor)
        let wanted = preferredColumn ?? here.column
        beginCommand()
        func vertical(_ rows: Int) -> TextPosition? {
            let row = min(max(here.row + rows, 0), layout.rowCount - 1)
            return row == here.row ? nil : layout.position(at: TextPoint(row: row, column: wanted))
        }
        let target: TextPosition?
        switch motion {
        case .up: target = vertical(-1)
        case .down: target = vertical(1)
        case .pageUp(let rows): target = vertical(-max(1, rows))
        case .pageDown(let rows): target = vertical(max(1, rows))
        case .rowStart:
            cursor = layout.position(at: TextPoint(row: here.row, column: 0))
            return true
        case .rowEnd:
            cursor = layout.position(at: TextPoint(row: here.row, column: .max))
            return true
        }
        if let target { cursor = target }
        preferredColumn = wanted
        return target != nil
    }

    /// Puts the caret at `position`, brought into the text where it lies outside, as a click does.
    package mutating func place(at position: TextPosition) {
        beginCommand()
        cursor = buffer.clamp(position)
    }
}

extension TextEditor {
    func position(before position: TextPosition) -> TextPosition {
        if position.column > 0 { return TextPosition(line: position.line, column: position.column - 1) }
        guard position.line > 0 else { return position }
        return TextPosition(line: position.line - 1, column: lines[position.line - 1].count)
    }

    func position(after position: TextPosition) -> TextPosition {
        if position.column < lines[position.line].count {
            return TextPosition(line: position.line, column: position.column + 1)
        }
        guard position.line + 1 < lines.count else { return position }
        return TextPosition(line: position.line + 1, column: 0)
    }

    func wordStart(before position: TextPosition) -> TextPosition {
        guard position.column > 0 else { return self.position(before: position) }
        let line = lines[position.line]
        var column = position.column
        while column > 0, CharacterClass(line[column - 1]) == .space { column -= 1 }
        if column > 0 {
            let kind = CharacterClass(line[column - 1])
            while column > 0, CharacterClass(line[column - 1]) == kind { column -= 1 }
        }
        return TextPosition(line: position.line, column: column)
    }

    func wordEnd(after position: TextPosition) -> TextPosition {
        let line = lines[position.line]
        guard position.column < line.count else { return self.position(after: position) }
        var column = position.column
        while column < line.count, CharacterClass(line[column]) == .space { column += 1 }
        if column < line.count {
            let kind = CharacterClass(line[column])
            while column < line.count, CharacterClass(line[column]) == kind { column += 1 }
        }
        return TextPosition(line: position.line, column: column)
    }

    // MARK: Lines

    /// - Parameter withBreak: with the line break behind them, or before them where they are the last.
    func range(ofLines rows: ClosedRange<Int>, withBreak: Bool = false) -> Range<TextPosition> {
        let start = TextPosition(line: rows.lowerBound, column: 0)
        let end = TextPosition(line: rows.upperBound, column: lines[rows.upperBound].count)
        guard withBreak else { return start..<end }
        if rows.upperBound + 1 < lines.count { return start..<TextPosition(line: rows.upperBound + 1, column: 0) }
        return position(before: start)..<end
    }

    /// The column of a line's first character that is no blank.
    func indent(of line: Int) -> Int {
        lines[line].firstIndex { !$0.isWhitespace } ?? max(0, lines[line].count - 1)
    }
}
