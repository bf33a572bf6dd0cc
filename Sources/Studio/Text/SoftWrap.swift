/// Breaks lines into rows: after spaces, beside wide characters, and inside words that are longer than a row.
///
/// A space stays in the row of the word before it, and the end of a line keeps a cell for the caret, so no caret
/// position ever falls outside the width.
package enum SoftWrap {
    /// Lays out `lines` in rows of `columns` cells (at least one; a character wider than the row gets a row of its
    /// own). `measure` gives the cells of a character, 0 for those that take none.
    ///
    /// With `previous`, a layout made with the same `measure`, only what differs from it is measured, and only lines
    /// that differ are broken again: a key press costs comparing one line and adding up its widths.
    package static func layout(
        _ lines: [[Character]],
        columns: Int,
        reusing previous: WrappedText? = nil,
        measure: (Character) -> Int
    ) -> WrappedText {
        let columns = max(columns, 1)
        let lines = lines.isEmpty ? [[]] : lines
        guard let previous, previous.columns == columns else {
            let cells = lines.map { metrics(of: $0[...], measure) }
            return WrappedText(
                columns: columns,
                lines: lines,
                cells: cells,
                starts: cells.map { rowStarts($0, columns: columns) }
            )
        }

        // Unchanged lines share their storage with the previous layout, which array equality notices at once.
        let old = previous.lines
        let head = zip(old, lines).prefix { $0 == $1 }.count
        let room = min(old.count, lines.count) - head
        let tail = zip(old.reversed(), lines.reversed()).prefix(room).prefix { $0 == $1 }.count
        let changed = head..<(lines.count - tail)
        let isOneLine = changed.count == 1 && old.count == lines.count
        let cells = changed.map { index in
            isOneLine
                ? metrics(of: lines[index], from: old[index], previous.cells[index], measure)
                : metrics(of: lines[index][...], measure)
        }
        let replaced = head..<(old.count - tail)
        return WrappedText(
            columns: columns,
            lines: lines,
            cells: previous.cells.replacing(replaced, with: cells),
            starts: previous.starts.replacing(replaced, with: cells.map { rowStarts($0, columns: columns) })
        )
    }

    private static func metrics(of characters: ArraySlice<Character>, _ measure: (Character) -> Int) -> [CellMetric] {
        characters.map { CellMetric(width: measure($0), isSpace: $0 == " ") }
    }

    private static func metrics(
        of line: [Character],
        from old: [Character],
        _ known: [CellMetric],
        _ measure: (Character) -> Int
    ) -> [CellMetric] {
        let most = min(line.count, old.count)
        var head = 0
        while head < most, line[head] == old[head] { head += 1 }
        var tail = 0
        while tail < most - head, line[line.count - 1 - tail] == old[old.count - 1 - tail] { tail += 1 }
        return known.replacing(
            head..<(old.count - tail),
            with: metrics(of: line[head..<(line.count - tail)], measure)
        )
    }

    private static func rowStarts(_ cells: [CellMetric], columns: Int) -> [Int] {
        var starts = [0]
        var start = 0
        var width = 0
        var lastBreak: Int?
        var index = 0
        func breaks(after index: Int) -> Bool {
            cells[index].isSpace || cells[index].width > 1 || (index + 1 < cells.count && cells[index + 1].width > 1)
        }
        // The step past the last character stands for the caret's cell at the end of the line.
        while index <= cells.count {
            let next = index < cells.count ? cells[index].width : 1
            if index > start, width + next > columns, next > 0 {
                start = lastBreak ?? index
                starts.append(start)
                width = 0
                lastBreak = nil
                index = start
                if start == cells.count { break }
                continue
            }
            width += next
            if index < cells.count, breaks(after: index) { lastBreak = index + 1 }
            index += 1
        }
        return starts
    }
}

extension Array {
    fileprivate func replacing(_ range: Range<Int>, with elements: [Element]) -> [Element] {
        var copy = self
        copy.replaceSubrange(range, with: elements)
        return copy
    }
}
