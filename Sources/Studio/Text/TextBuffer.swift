/// The exchange of one fragment for another; applied to the text it was made for it is exact, and so is its inverse.
struct TextEdit: Hashable, Sendable {
    var start: TextPosition
    var removed: TextFragment
    var inserted: TextFragment

    var inverse: TextEdit { TextEdit(start: start, removed: inserted, inserted: removed) }
    var isEmpty: Bool { removed.isEmpty && inserted.isEmpty }
    var size: Int { removed.count + inserted.count }
}

/// Lines of characters, segmented as Unicode would segment the whole line: an accent typed after its letter is part of
/// that letter, and two flags' halves that an edit brings together become one flag.
struct TextBuffer: Hashable, Sendable {
    private(set) var lines: [[Character]]
    /// A line break counts as one.
    private(set) var characterCount: Int

    init(_ fragment: TextFragment) {
        lines = fragment.lines
        characterCount = fragment.count
    }

    var end: TextPosition { TextPosition(line: lines.count - 1, column: lines[lines.count - 1].count) }

    func clamp(_ position: TextPosition) -> TextPosition {
        if position.line < 0 { return .start }
        if position.line >= lines.count { return end }
        return TextPosition(line: position.line, column: min(max(position.column, 0), lines[position.line].count))
    }

    func fragment(in range: Range<TextPosition>) -> TextFragment {
        let (from, to) = (range.lowerBound, range.upperBound)
        guard from.line < to.line else {
            return TextFragment(lines: [Array(lines[from.line][from.column..<to.column])])
        }
        var taken = [Array(lines[from.line][from.column...])]
        taken += lines[(from.line + 1)..<to.line]
        taken.append(Array(lines[to.line][..<to.column]))
        return TextFragment(lines: taken)
    }

    mutating func apply(_ edit: TextEdit) {
        let (start, end) = (edit.start, edit.removed.end(from: edit.start))
        if !edit.removed.hasBreak, !edit.inserted.hasBreak {
            lines[start.line].replaceSubrange(start.column..<end.column, with: edit.inserted.lines[0])
        } else {
            lines.replaceSubrange(start.line...end.line, with: joined(start..<end, with: edit.inserted))
        }
        characterCount += edit.inserted.count - edit.removed.count
    }

    /// The edit that puts `fragment` in the place of `range`, and where its text ends afterwards.
    ///
    /// It reaches beyond `range` where characters at its ends grow together with what comes to stand beside them.
    func edit(replacing range: Range<TextPosition>, with fragment: TextFragment) -> (TextEdit, end: TextPosition) {
        let (from, to) = (range.lowerBound, range.upperBound)
        let before = from.column > 0 ? lines[from.line][from.column - 1] : nil
        let after = to.column < lines[to.line].count ? lines[to.line][to.column] : nil
        let isPlain =
            fragment.isEmpty
            ? Self.parts(before, after)
            : Self.parts(before, fragment.lines[0].first) && Self.parts(fragment.lines.last?.last, after)
        if isPlain {
            let edit = TextEdit(start: from, removed: self.fragment(in: range), inserted: fragment)
            return (edit, fragment.end(from: from))
        }
        return segmentedEdit(replacing: range, with: fragment)
    }

    private func joined(_ range: Range<TextPosition>, with fragment: TextFragment) -> [[Character]] {
        var result = fragment.lines
        result[0].insert(contentsOf: lines[range.lowerBound.line][..<range.lowerBound.column], at: 0)
        result[result.count - 1] += lines[range.upperBound.line][range.upperBound.column...]
        return result
    }

    private func segmentedEdit(
        replacing range: Range<TextPosition>,
        with fragment: TextFragment
    ) -> (TextEdit, end: TextPosition) {
        let (from, to) = (range.lowerBound, range.upperBound)
        let first = lines[from.line]
        let last = lines[to.line]
        let left = stride(from: from.column - 1, to: 0, by: -1).first { Self.alwaysBreaks(first, at: $0) } ?? 0
        let right = ((to.column + 1)..<max(last.count, to.column + 1)).first { Self.alwaysBreaks(last, at: $0) }
        let window =
            TextPosition(line: from.line, column: left)..<TextPosition(line: to.line, column: right ?? last.count)

        let old = self.fragment(in: window).lines
        var whole = fragment.lines
        whole[0].insert(contentsOf: first[left..<from.column], at: 0)
        whole[whole.count - 1] += last[to.column..<window.upperBound.column]
        let new = whole.map { Array(String($0)) }

        let head = zip(old[0], new[0]).prefix { Self.identical($0, $1) }.count
        let (oldLast, newLast) = (old[old.count - 1], new[new.count - 1])
        let room = min(
            oldLast.count - (old.count == 1 ? head : 0),
            newLast.count - (new.count == 1 ? head : 0)
        )
        let tail = zip(oldLast.reversed(), newLast.reversed()).prefix(room).prefix { Self.identical($0, $1) }.count
        func middle(_ lines: [[Character]]) -> TextFragment {
            var lines = lines
            lines[lines.count - 1].removeLast(tail)
            lines[0].removeFirst(head)
            return TextFragment(lines: lines)
        }
        let edit = TextEdit(
            start: TextPosition(line: from.line, column: left + head),
            removed: middle(old),
            inserted: middle(new)
        )

        func scalars(_ characters: some Sequence<Character>) -> Int {
            characters.reduce(0) { $0 + $1.unicodeScalars.count }
        }
        let kept = fragment.hasBreak ? 0 : scalars(first[left..<from.column])
        var rest = kept + scalars(fragment.lines[fragment.lines.count - 1])
        var column = 0
        while rest > 0, column < newLast.count {
            rest -= newLast[column].unicodeScalars.count
            column += 1
        }
        let end = TextPosition(
            line: from.line + new.count - 1,
            column: fragment.hasBreak ? column : left + column
        )
        return (edit, end)
    }

    /// Whether the place before `index` parts two characters whatever stands around them, so that segmenting anew can
    /// stop there.
    private static func alwaysBreaks(_ line: [Character], at index: Int) -> Bool {
        isPlain(line[index - 1]) && isPlain(line[index])
    }

    /// A letter that joins with nothing on its own: ASCII, kana, or an ideograph.
    private static func isPlain(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        guard let first = scalars.first, scalars.count == 1 else { return false }
        return switch first.value {
        case 0x20..<0x7F, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF: true
        default: false
        }
    }

    /// Whether the two stay two characters when one follows the other.
    private static func parts(_ left: Character?, _ right: Character?) -> Bool {
        guard let left, let right else { return true }
        if left.isASCII, right.isASCII { return true }
        guard let first = (String(left) + String(right)).first else { return true }
        return identical(first, left)
    }

    // `==` on characters holds for a composed and a decomposed letter too; text must come back as it was.
    private static func identical(_ left: Character, _ right: Character) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }
}
