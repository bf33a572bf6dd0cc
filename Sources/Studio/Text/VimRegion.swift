/// What an operator works on.
enum VimRegion: Hashable {
    case lines(ClosedRange<Int>)
    case characters(Range<TextPosition>)

    var isLinewise: Bool { if case .lines = self { true } else { false } }

    /// What an operator takes between two places. What ends at the very beginning of a line ends with the line before;
    /// and where nothing but blanks is left of the first and the last line, it is whole lines.
    init(
        from start: TextPosition,
        to last: TextPosition,
        _ reach: VimTarget.Reach,
        _ verb: VimCommand.Verb,
        in editor: TextEditor
    ) {
        guard reach != .lines else {
            self = .lines(start.line...last.line)
            return
        }
        let lines = editor.lines
        var end = last
        var isInclusive = reach == .inclusive
        let isInIndent = lines[start.line].prefix(start.column).allSatisfy(\.isWhitespace)
        if !isInclusive, end.column == 0, start.line < end.line {
            end.line -= 1
            if isInIndent {
                self = .lines(start.line...end.line)
                return
            }
            end.column = max(0, lines[end.line].count - 1)
            isInclusive = !lines[end.line].isEmpty
        }
        if isInclusive { end.column = min(end.column + 1, lines[end.line].count) }
        let takesAll =
            verb == .delete && start.line < end.line && isInIndent
            && lines[end.line].dropFirst(end.column).allSatisfy(\.isWhitespace)
        self = takesAll || verb.isByLines ? .lines(start.line...end.line) : .characters(start..<end)
    }

    /// What is selected; the line break belongs to a selection that ends behind the last character.
    init(_ selection: VimSelection, byLines: Bool, in editor: TextEditor) {
        self =
            selection.isLinewise || byLines
            ? .lines(selection.lines) : .characters(selection.start..<editor.position(after: selection.end))
    }

    func range(in editor: TextEditor) -> Range<TextPosition> {
        switch self {
        case .lines(let lines): editor.range(ofLines: lines)
        case .characters(let range): range
        }
    }
}

extension VimCommand.Verb {
    /// Whether it always takes whole lines.
    var isByLines: Bool { self == .indent || self == .outdent }
}
