/// Where a motion goes, and what an operator takes on the way.
struct VimTarget {
    enum Reach { case exclusive, inclusive, lines }

    var place: TextPosition
    var reach = Reach.exclusive
    /// Deletions go to the register `1`, however small they are.
    var usesFirst = false
    /// No operator is applied.
    var fails = false
}

/// What motions remember of each other.
struct VimMemory: Hashable, Sendable {
    struct Search: Hashable, Sendable {
        var pattern: String
        var isForward: Bool
    }

    var find: VimCommand.Find?
    var search: Search?
}

/// The motions of vim over a text. Under an operator some go on differently.
struct VimMotions {
    let lines: [[Character]]
    let cursor: TextPosition
    let count: Int
    let hasCount: Bool
    /// The operator that waits for the motion; nil: none.
    var verb: VimCommand.Verb?
    var isVisual = false
    /// The column that moves from line to line try to keep.
    var wantedColumn: Int?

    private var line: [Character] { lines[cursor.line] }
    private var lastLine: Int { lines.count - 1 }

    /// The column of a line's first character that is no blank.
    func indent(of line: Int) -> Int {
        lines[line].firstIndex { !$0.isWhitespace } ?? max(0, lines[line].count - 1)
    }

    func target(of motion: VimCommand.Motion, _ memory: inout VimMemory) -> VimTarget {
        switch motion {
        case .left: VimTarget(place: at(max(0, cursor.column - count)))
        case .right: VimTarget(place: at(min(line.count - (mayPassEnd ? 0 : 1), cursor.column + count)))
        case .rightOn: rightOn()
        case .leftOn: leftOn()
        case .down: vertical(cursor.line + count, fails: cursor.line == lastLine)
        case .up: vertical(cursor.line - count, fails: cursor.line == 0)
        case .nextLine: toIndent(cursor.line + count, fails: cursor.line == lastLine)
        case .previousLine: toIndent(cursor.line - count, fails: cursor.line == 0)
        case .thisLine: thisLine()
        case .top: toIndent(count - 1, fails: false)
        case .bottom: toIndent(hasCount ? count - 1 : lastLine, fails: false)
        case .word(let isBig): word(isBig)
        case .wordBack(let isBig): walk(isBig, .exclusive) { $0.toWordStart() }
        case .wordEnd(let isBig): wordEnd(isBig)
        case .wordEndBack(let isBig): walk(isBig, .inclusive) { $0.toEarlierWordEnd() }
        case .lineStart: VimTarget(place: at(0))
        case .firstNonBlank: VimTarget(place: at(indent(of: cursor.line)))
        case .column: VimTarget(place: at(min(count - 1, max(0, line.count - 1))))
        case .lineEnd: lineEnd()
        case .lastNonBlank: lastNonBlank()
        case .paragraph(let isForward): paragraph(isForward)
        case .match: match()
        case .find(let find): self.find(find, remembering: &memory)
        case .findAgain(let isReversed): findAgain(memory, isReversed)
        case .search(let pattern, let isForward):
            search(pattern.isEmpty ? memory.search?.pattern : pattern, isForward, remembering: &memory)
        case .searchAgain(let isReversed): searchAgain(memory, isReversed)
        // Rows need their layout.
        case .rowDown, .rowUp: VimTarget(place: cursor, fails: true)
        }
    }

    // MARK: In the line

    private var mayPassEnd: Bool { verb != nil || isVisual }

    private func at(_ column: Int) -> TextPosition { TextPosition(line: cursor.line, column: max(0, column)) }

    private func rightOn() -> VimTarget {
        var target = VimTarget(place: cursor)
        for _ in 0..<count {
            let line = lines[target.place.line]
            let column = target.place.column
            if isVisual ? column < line.count : column + 1 < line.count {
                target.place.column += 1
            } else if verb != nil, target.reach == .exclusive, column < line.count {
                target.reach = .inclusive
            } else if target.place.line < lastLine {
                target.place = TextPosition(line: target.place.line + 1, column: 0)
                target.reach = .exclusive
            } else {
                break
            }
        }
        return target
    }

    private func leftOn() -> VimTarget {
        var place = cursor
        for _ in 0..<count {
            if place.column > 0 {
                place.column -= 1
            } else if place.line > 0 {
                let count = lines[place.line - 1].count
                place = TextPosition(line: place.line - 1, column: max(0, count - (mayPassEnd ? 0 : 1)))
            } else {
                break
            }
        }
        return VimTarget(place: place)
    }

    private func lineEnd() -> VimTarget { lastColumn { lines[$0].count } }

    private func lastNonBlank() -> VimTarget {
        lastColumn { line in lines[line].lastIndex { !$0.isWhitespace } ?? max(0, lines[line].count - 1) }
    }

    private func lastColumn(of column: (Int) -> Int) -> VimTarget {
        guard count == 1 || cursor.line < lastLine else { return VimTarget(place: cursor, fails: true) }
        let target = min(lastLine, cursor.line + count - 1)
        return VimTarget(place: TextPosition(line: target, column: column(target)), reach: .inclusive)
    }

    // MARK: From line to line

    private func vertical(_ target: Int, fails: Bool) -> VimTarget {
        guard !fails else { return VimTarget(place: cursor, reach: .lines, fails: true) }
        let target = min(max(target, 0), lastLine)
        let last = lines[target].count - (isVisual ? 0 : 1)
        let column = max(0, min(wantedColumn ?? cursor.column, last))
        return VimTarget(place: TextPosition(line: target, column: column), reach: .lines)
    }

    private func toIndent(_ target: Int, fails: Bool) -> VimTarget {
        guard !fails else { return VimTarget(place: cursor, reach: .lines, fails: true) }
        let target = min(max(target, 0), lastLine)
        return VimTarget(place: TextPosition(line: target, column: indent(of: target)), reach: .lines)
    }

    private func thisLine() -> VimTarget {
        var target = toIndent(cursor.line + count - 1, fails: count > 1 && cursor.line == lastLine)
        if verb == .copy { target.place.column = cursor.column }
        return target
    }

    private func paragraph(_ isForward: Bool) -> VimTarget {
        var target = cursor.line
        for left in (0..<count).reversed() {
            var hasSkipped = false
            var isFirst = true
            while true {
                if !lines[target].isEmpty { hasSkipped = true }
                if !isFirst, hasSkipped, lines[target].isEmpty { break }
                isFirst = false
                let next = target + (isForward ? 1 : -1)
                guard lines.indices.contains(next) else {
                    if left > 0 { return VimTarget(place: cursor, fails: true) }
                    break
                }
                target = next
            }
        }
        guard isForward, target == lastLine, !lines[target].isEmpty else {
            return VimTarget(place: TextPosition(line: target, column: 0), usesFirst: true)
        }
        let end = TextPosition(line: target, column: lines[target].count - 1)
        return VimTarget(place: end, reach: .inclusive, usesFirst: true)
    }

    // MARK: Words

    private func walk(
        _ isBig: Bool,
        _ reach: VimTarget.Reach,
        _ step: (inout VimWalker) -> Bool
    ) -> VimTarget {
        var walker = VimWalker(lines, at: cursor, isBig: isBig)
        for _ in 0..<count {
            guard step(&walker) else { return VimTarget(place: walker.place, reach: reach, fails: true) }
        }
        return VimTarget(place: walker.place, reach: reach)
    }

    private func wordEnd(_ isBig: Bool) -> VimTarget {
        var target = walk(isBig, .inclusive) { $0.toWordEnd(staysInWord: false) }
        // At the end of the text an operator takes what is there.
        if verb != nil { target.fails = false }
        return target
    }

    private func word(_ isBig: Bool) -> VimTarget {
        var walker = VimWalker(lines, at: cursor, isBig: isBig)
        var reach = VimTarget.Reach.exclusive
        if verb == .change, cursor.column < line.count, walker.kind != .space {
            // On a word, cw changes no blanks behind it.
            reach = .inclusive
            for index in 0..<count {
                guard walker.toWordEnd(staysInWord: index == 0) else { break }
            }
        } else {
            for left in (0..<count).reversed() {
                guard walker.toNextWord(stopsAtLineEnd: verb != nil && left == 0) else { break }
            }
        }
        if cursor < walker.place, !isVisual, walker.place.column > 0,
            walker.place.column == lines[walker.place.line].count
        {
            walker.place.column -= 1
            reach = .inclusive
        }
        return VimTarget(place: walker.place, reach: reach)
    }

    // MARK: Characters

    private func find(_ find: VimCommand.Find, remembering memory: inout VimMemory) -> VimTarget {
        memory.find = find
        return found(find, staysBefore: true)
    }

    private func findAgain(_ memory: VimMemory, _ isReversed: Bool) -> VimTarget {
        guard var find = memory.find else { return VimTarget(place: cursor, fails: true) }
        if isReversed { find.isForward.toggle() }
        // Again, `t` goes on from the character that it stopped before.
        return found(find, staysBefore: !(find.isTill && count == 1))
    }

    private func found(_ find: VimCommand.Find, staysBefore: Bool) -> VimTarget {
        let step = find.isForward ? 1 : -1
        var column = cursor.column
        var stops = staysBefore
        for _ in 0..<count {
            while true {
                column += step
                guard line.indices.contains(column) else { return VimTarget(place: cursor, fails: true) }
                if line[column] == find.character, stops { break }
                stops = true
            }
        }
        return VimTarget(place: at(column - (find.isTill ? step : 0)), reach: find.isForward ? .inclusive : .exclusive)
    }

    private func match() -> VimTarget {
        if hasCount {
            guard count <= 100 else { return VimTarget(place: cursor, fails: true) }
            let target = min(lastLine, max(0, (count * lines.count + 99) / 100 - 1))
            return VimTarget(place: TextPosition(line: target, column: indent(of: target)), reach: .lines)
        }
        guard let place = VimBrackets(lines).partner(from: cursor) else {
            return VimTarget(place: cursor, usesFirst: true, fails: true)
        }
        return VimTarget(place: place, reach: .inclusive, usesFirst: true)
    }

    // MARK: Searching

    private func searchAgain(_ memory: VimMemory, _ isReversed: Bool) -> VimTarget {
        guard let search = memory.search else { return VimTarget(place: cursor, fails: true) }
        return found(search.pattern, search.isForward != isReversed)
    }

    private func search(
        _ pattern: String?,
        _ isForward: Bool,
        remembering memory: inout VimMemory
    ) -> VimTarget {
        guard let pattern else { return VimTarget(place: cursor, fails: true) }
        memory.search = VimMemory.Search(pattern: pattern, isForward: isForward)
        return found(pattern, isForward)
    }

    /// Literally, and on from the other end of the text.
    private func found(_ pattern: String, _ isForward: Bool) -> VimTarget {
        let pattern = Array(pattern)
        var places: [TextPosition] = []
        for (index, line) in lines.enumerated() where line.count >= pattern.count {
            for column in 0...(line.count - pattern.count) where line[column] == pattern.first {
                if line[column..<(column + pattern.count)].elementsEqual(pattern) {
                    places.append(TextPosition(line: index, column: column))
                }
            }
        }
        guard !places.isEmpty else { return VimTarget(place: cursor, fails: true) }
        let next = places.firstIndex { isForward ? $0 > cursor : $0 >= cursor } ?? places.count
        let index = isForward ? next + count - 1 : next - count
        let around = (index % places.count + places.count) % places.count
        return VimTarget(place: places[around], usesFirst: true)
    }
}
