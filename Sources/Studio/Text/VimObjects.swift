/// A piece of text that an object such as `iw` stands for.
struct VimObjectSpan {
    var start: TextPosition
    /// With the character there where ``reach`` is inclusive.
    var end: TextPosition
    var reach: VimTarget.Reach
    /// There are not as many; the caret goes to ``end`` all the same.
    var fails = false
}

/// Vim's text objects around a place, or around what is selected.
struct VimObjects {
    let lines: [[Character]]
    let cursor: TextPosition
    /// Where the selection began; nil: nothing is selected.
    let anchor: TextPosition?
    let isLinewise: Bool

    /// nil: there is none.
    func span(of object: VimCommand.Object, count: Int) -> VimObjectSpan? {
        switch object.kind {
        case .word(let isBig): word(isBig, isWhole: object.isWhole, count)
        case .paragraph: paragraph(isWhole: object.isWhole, count)
        case .quotes(let quote): quotes(quote, isWhole: object.isWhole, count)
        case .block(let open, let close): block((open, close), isWhole: object.isWhole, count)
        }
    }

    /// Whether more than one character is selected: objects add to it then.
    private var extends: Bool { anchor.map { $0 != cursor } ?? false }

    // MARK: Words

    private func word(_ isBig: Bool, isWhole: Bool, _ count: Int) -> VimObjectSpan? {
        var walker = VimWalker(lines, at: cursor, isBig: isBig)
        var start = anchor ?? cursor
        var left = count
        var isInclusive = true
        var addsBlanksBefore = false
        func failure() -> VimObjectSpan {
            VimObjectSpan(start: start, end: walker.place, reach: .inclusive, fails: true)
        }
        if !extends {
            walker.toRunStart()
            start = walker.place
            if (walker.kind == .space) == isWhole {
                guard walker.toWordEnd(staysInWord: true, stopsOnEmptyLine: true) else { return failure() }
            } else {
                _ = walker.toNextWord(stopsAtLineEnd: true)
                if walker.place.column == 0 { walker.backOverEnd() } else { walker.place.column -= 1 }
                addsBlanksBefore = isWhole
            }
            left -= 1
        }
        let goesBack = extends && cursor < start
        for _ in 0..<max(0, left) {
            isInclusive = true
            if goesBack {
                guard walker.backOverEnd() != .none else { return failure() }
                if isWhole != (walker.kind != .space) {
                    guard walker.toWordStart(staysInWord: true) else { return failure() }
                } else {
                    guard walker.toEarlierWordEnd(stopsAtLineEnd: true) else { return failure() }
                    walker.forwardOverEnd()
                }
            } else {
                guard walker.forwardOverEnd() != .none else { return failure() }
                if isWhole != (walker.kind == .space) {
                    _ = walker.toNextWord(stopsAtLineEnd: true)
                    if walker.place.column > 0 { walker.place.column -= 1 } else { isInclusive = false }
                } else {
                    guard walker.toWordEnd(staysInWord: true, stopsOnEmptyLine: true) else { return failure() }
                }
            }
        }
        if addsBlanksBefore, walker.kind != .space || (walker.place.column == 0 && !isInclusive), start.column > 0 {
            // The last word of a line takes the blanks before it, but for the indentation.
            var before = VimWalker(lines, at: TextPosition(line: start.line, column: start.column - 1), isBig: isBig)
            before.toRunStart()
            if before.kind == .space, before.place.column > 0 { start = before.place }
        }
        return VimObjectSpan(start: start, end: walker.place, reach: isInclusive ? .inclusive : .exclusive)
    }

    // MARK: Paragraphs

    private func isBlank(_ line: Int) -> Bool { lines[line].allSatisfy(\.isWhitespace) }

    private func paragraph(isWhole: Bool, _ count: Int) -> VimObjectSpan? {
        func span(_ start: Int, _ end: Int) -> VimObjectSpan {
            VimObjectSpan(
                start: TextPosition(line: start, column: 0),
                end: TextPosition(line: end, column: 0),
                reach: .lines
            )
        }
        if let anchor, anchor.line != cursor.line {
            guard let end = extended(from: cursor.line, isForward: cursor.line > anchor.line, isWhole, count) else {
                return nil
            }
            var result = span(anchor.line, end)
            result.start = anchor
            return result
        }
        let last = lines.count - 1
        var start = cursor.line
        let isInBlank = isBlank(start)
        while start > 0, isBlank(start - 1) == isInBlank { start -= 1 }
        var end = start
        while end <= last, isBlank(end) { end += 1 }
        end -= 1
        var left = count - (!isWhole && isInBlank ? 1 : 0)
        while left > 0 {
            left -= 1
            guard end < last else { return nil }
            let takesBlanks = isBlank(end + 1)
            if isWhole || !takesBlanks {
                end += 1
                while end < last, !isBlank(end + 1) { end += 1 }
            }
            if left == 0, isInBlank, isWhole { break }
            if isWhole || takesBlanks {
                while end < last, isBlank(end + 1) { end += 1 }
            }
        }
        if isWhole, !isInBlank, !isBlank(end) {
            while start > 0, isBlank(start - 1) { start -= 1 }
        }
        if let anchor, isLinewise, start == end {
            guard let end = extended(from: cursor.line, isForward: true, isWhole, count) else { return nil }
            var result = span(anchor.line, end)
            result.start = anchor
            return result
        }
        return span(start, end)
    }

    /// The line to which a selection grows; nil: it cannot.
    private func extended(from start: Int, isForward: Bool, _ isWhole: Bool, _ count: Int) -> Int? {
        let (step, edge) = isForward ? (1, lines.count - 1) : (-1, 0)
        var line = start
        for _ in 0..<count {
            guard line != edge else { return nil }
            var before: Bool?
            for _ in 0..<2 {
                line += step
                let isInBlank = isBlank(line)
                if before == isInBlank {
                    line -= step
                    break
                }
                while line != edge, isBlank(line + step) == isInBlank { line += step }
                guard isWhole, line != edge else { break }
                before = isInBlank
            }
        }
        return line
    }

    // MARK: Quotes

    private func quotes(_ quote: Character, isWhole: Bool, _ count: Int) -> VimObjectSpan? {
        let line = lines[cursor.line]
        guard !line.isEmpty else { return nil }
        func next(from column: Int, heedsEscapes: Bool) -> Int? {
            var column = column
            while column < line.count {
                if heedsEscapes, line[column] == "\\" {
                    column += 1
                } else if line[column] == quote {
                    return column
                }
                column += 1
            }
            return nil
        }
        let column = min(cursor.column, line.count - 1)
        var start: Int
        var end: Int
        if line[column] == quote {
            start = 0
            repeat {
                guard let open = next(from: start, heedsEscapes: false), open <= column,
                    let close = next(from: open + 1, heedsEscapes: true)
                else { return nil }
                (start, end) = (open, close)
                if column <= close { break }
                start = close + 1
            } while true
        } else {
            let before = line[..<column].indices.reversed().first { index in
                line[index] == quote && line[..<index].reversed().prefix { $0 == "\\" }.count % 2 == 0
            }
            guard let open = before ?? next(from: column, heedsEscapes: false),
                let close = next(from: open + 1, heedsEscapes: true)
            else { return nil }
            (start, end) = (open, close)
        }
        if isWhole {
            if end + 1 < line.count, line[end + 1].isWhitespace {
                while end + 1 < line.count, line[end + 1].isWhitespace { end += 1 }
            } else {
                while start > 0, line[start - 1].isWhitespace { start -= 1 }
            }
        } else if count < 2 {
            start += 1
        }
        let isInclusive = isWhole || count > 1
        let from = TextPosition(line: cursor.line, column: start)
        let to = TextPosition(line: cursor.line, column: end)
        return VimObjectSpan(start: from, end: to, reach: isInclusive ? .inclusive : .exclusive)
    }

    // MARK: Brackets

    private func isInIndent(_ place: TextPosition) -> Bool {
        let line = lines[place.line]
        let indent = line.firstIndex { !$0.isWhitespace } ?? line.count
        return indent >= place.column + 1
    }

    private func block(_ pair: (open: Character, close: Character), isWhole: Bool, _ count: Int) -> VimObjectSpan? {
        let brackets = VimBrackets(lines)
        var walker = VimWalker(lines, at: cursor)
        var (oldStart, oldEnd) = (cursor, cursor)
        if let anchor, extends {
            if anchor < cursor {
                oldStart = anchor
                walker.place = anchor
            } else {
                oldEnd = anchor
            }
        } else {
            if pair.open == "{" {
                while isInIndent(walker.place), walker.forward() == .inside {}
            }
            let line = lines[walker.place.line]
            if walker.place.column < line.count, line[walker.place.column] == pair.open { walker.place.column += 1 }
        }
        // Outside of any block, the next one is meant.
        let isInside = brackets.opening(pair, from: walker.place, heedsQuotes: false) != nil
        for _ in 0..<count {
            let open =
                isInside
                ? brackets.opening(pair, from: walker.place, heedsQuotes: false)
                : brackets.next(pair, from: walker.place)
            guard let open else { return nil }
            walker.place = open
        }
        var start = walker.place
        guard let end = brackets.closing(pair, from: start, heedsQuotes: true) else { return nil }
        walker.place = end
        var isAtLineStart = false
        while !isWhole {
            var first = VimWalker(lines, at: start)
            first.forwardOverEnd()
            start = first.place
            isAtLineStart = walker.place.column == 0
            walker.backOverEnd()
            if pair.open == "{" {
                while isInIndent(walker.place) {
                    isAtLineStart = true
                    if walker.backOverEnd() != .inside { break }
                }
            }
            guard anchor != nil, start >= oldStart, walker.place <= oldEnd else { break }
            var outer = VimWalker(lines, at: oldStart)
            outer.backOverEnd()
            guard let open = brackets.opening(pair, from: outer.place, heedsQuotes: false),
                let close = brackets.closing(pair, from: open, heedsQuotes: true)
            else { return nil }
            start = open
            walker.place = close
        }
        if anchor != nil {
            if isAtLineStart, walker.place.column < lines[walker.place.line].count { _ = walker.forward() }
            return VimObjectSpan(start: start, end: walker.place, reach: .inclusive)
        }
        if isAtLineStart {
            walker.forwardOverEnd()
            return VimObjectSpan(start: start, end: walker.place, reach: .exclusive)
        }
        guard start <= walker.place else { return VimObjectSpan(start: start, end: start, reach: .exclusive) }
        return VimObjectSpan(start: start, end: walker.place, reach: .inclusive)
    }
}
