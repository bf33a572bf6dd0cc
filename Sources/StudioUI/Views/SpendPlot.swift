import Money
import Pricing
import Terminal

/// Bars for days, the newest at the right; several days share a bar where there are more days than columns.
enum SpendPlot {
    static func draw(_ days: [SpendReport.Line<String>], in rect: Rect, on canvas: inout Canvas) {
        // The upper edge names the highest bar, the last line the first and the last day.
        guard rect.height >= 4, rect.width >= 20, !days.isEmpty else { return }
        let perBar = (days.count + rect.width - 1) / rect.width
        let bars = merged(days, by: perBar)
        let most = bars.map(\.paid).max() ?? .zero
        let step = max(1, min(rect.width / bars.count, 6))
        let width = step >= 3 ? step - 1 : step
        let left = rect.left
        let span = perBar == 1 ? "day" : "\(perBar) days"
        canvas.write(
            [.init("highest \(span) ", .faint), .init(most.shortText, .cost)],
            at: rect.origin,
            width: rect.width
        )
        let area = Rect(column: left, row: rect.top + 1, width: rect.width, height: rect.height - 2)
        for (index, bar) in bars.enumerated() {
            draw(bar, most: most, column: area.left + index * step, width: width, in: area, on: &canvas)
        }
        axis(days, end: area.left + bars.count * step - (step - width), in: rect, on: &canvas)
    }

    private static func merged(_ days: [SpendReport.Line<String>], by size: Int) -> [SpendSum] {
        // From the newest back, so that the last bar is whole.
        stride(from: days.count, to: 0, by: -size).map { end in
            days[max(0, end - size)..<end].reduce(SpendSum()) { $0 + $1.sum }
        }.reversed()
    }

    private static func draw(
        _ bar: SpendSum,
        most: Money,
        column: Int,
        width: Int,
        in area: Rect,
        on canvas: inout Canvas
    ) {
        var eighths = Int((bar.paid.fraction(of: most) * Double(area.height * 8)).rounded())
        if bar.paid > .zero { eighths = max(eighths, 1) }
        for line in 0..<area.height {
            let part = min(max(eighths - line * 8, 0), 8)
            let point = Point(column: column, row: area.bottom - 1 - line)
            if part > 0 {
                let sign = canvas.glyphs.column(part)
                canvas.write(String(repeating: sign, count: width), at: point, .cost, width: width)
            } else if line == 0 {
                // A day that cost nothing known is no empty day.
                let sign = bar.unknownRuns > 0 ? "?" : bar.runs > 0 ? canvas.glyphs.baseline : canvas.glyphs.dot
                let role: Role = bar.unknownRuns > 0 ? .warn : bar.runs > 0 ? .muted : .border
                canvas.write(sign, at: point, role, width: width)
            }
        }
    }

    private static func axis(_ days: [SpendReport.Line<String>], end: Int, in rect: Rect, on canvas: inout Canvas) {
        let row = rect.bottom - 1
        guard let first = days.first?.key, let last = days.last?.key else { return }
        let used = canvas.write(first, at: Point(column: rect.left, row: row), .faint, width: rect.width)
        let right = max(end, rect.left + used + 2 + last.count)
        guard right <= rect.right else { return }
        canvas.writeRight([.init(last, .faint)], endingAt: right, row: row, width: rect.width)
    }
}
