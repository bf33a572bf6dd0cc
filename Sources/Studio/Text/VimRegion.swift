/// What an operator works on.
enum VimRegion: Hashable {
    case lines(ClosedRange<Int>)
    case characters(Range<TextPosition>)

    var isLinewise: Bool { if case .lines = self { true } else { false } }
}

extension TextEditor {
    func range(ofLines rows: ClosedRange<Int>, withBreak: Bool = false) -> Range<TextPosition> {
        let start = TextPosition(line: rows.lowerBound, column: 0)
        let end = TextPosition(line: rows.upperBound, column: lines[rows.upperBound].count)
        guard withBreak else { return start..<end }
        if rows.upperBound + 1 < lines.count { return start..<TextPosition(line: rows.upperBound + 1, column: 0) }
        return position(before: start)..<end
    }

    func range(of region: VimRegion) -> Range<TextPosition> {
        switch region {
        case .lines(let lines): range(ofLines: lines)
        case .characters(let range): range
        }
    }

    /// The column of a line's first character that is no blank.
    func indent(of line: Int) -> Int {
        lines[line].firstIndex { !$0.isWhitespace } ?? max(0, lines[line].count - 1)
    }

    /// What an operator takes between two places. What ends at the very beginning of a line ends with the line before;
    /// and where nothing but blanks is left of the first and the last line, it is whole lines.
    func region(_ start: TextPosition, _ end: TextPosition, _ reach: VimTarget.Reach, _ verb: VimCommand.Verb)
        -> VimRegion
    {
        guard reach != .lines else { return .lines(start.line...end.line) }
        var end = end
        var isInclusive = reach == .inclusive
        let isInIndent = lines[start.line].prefix(start.column).allSatisfy(\.isWhitespace)
        if !isInclusive, end.column == 0, start.line < end.line {
            end.line -= 1
            if isInIndent { return .lines(start.line...end.line) }
            end.column = max(0, lines[end.line].count - 1)
            isInclusive = !lines[end.line].isEmpty
        }
        if isInclusive { end.column = min(end.column + 1, lines[end.line].count) }
        if verb == .delete, start.line < end.line, isInIndent,
            lines[end.line].dropFirst(end.column).allSatisfy(\.isWhitespace)
        {
            return .lines(start.line...end.line)
        }
        return verb.isByLines ? .lines(start.line...end.line) : .characters(start..<end)
    }

    /// What is selected; the line break belongs to a selection that ends behind the last character.
    func region(of selection: VimSelection, byLines: Bool) -> VimRegion {
        guard !selection.isLinewise, !byLines else { return .lines(selection.lines) }
        return .characters(selection.start..<position(after: selection.end))
    }
}

extension VimCommand.Verb {
    /// Whether it always takes whole lines.
    var isByLines: Bool { self == .indent || self == .outdent }
}
