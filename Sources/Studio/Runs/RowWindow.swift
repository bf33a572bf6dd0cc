/// Which rows of a list stand on the screen. A row takes one line or more.
struct RowWindow {
    let height: Int
    let rows: Int

    /// The first row on the screen: the selected one lies within it, and there are no blank lines below while rows hide above.
    ///
    /// - Parameters:
    ///   - top: the first row before; it stays where it can.
    ///   - lines: those of a row, 1 or more. It is asked for no more rows than fit.
    func top(from top: Int, selected: Int, lines: (Int) -> Int) -> Int {
        // The first row from which the selected one is still inside the window.
        var first = selected
        var used = lines(selected)
        while first > 0 {
            let next = lines(first - 1)
            if used + next > height { break }
            first -= 1
            used += next
        }
        var top = min(max(top, first), selected)
        var below = 0
        var row = top
        while row < rows, below <= height {
            below += lines(row)
            row += 1
        }
        while row == rows, top > 0, below + lines(top - 1) <= height {
            top -= 1
            below += lines(top)
        }
        return top
    }
}
