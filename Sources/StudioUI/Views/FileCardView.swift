import Pixels
import Studio
import Terminal

/// What is told of a file that is no picture: its kind and size, the waveform of a sound, the names in an archive.
enum FileCardView {
    private static let mostWaveformRows = 12

    /// What it is, for the edge of the pane.
    static func words(of card: FileCard) -> [String] {
        [card.format.isEmpty ? card.kind.word : card.format] + [card.duration.map(Seconds.text)].compactMap { $0 }
    }

    static func draw(_ card: FileCard, in area: Rect, on canvas: inout Canvas) {
        let dot = " \(canvas.glyphs.dot) "
        let title = ([card.kind.word] + words(of: card).filter { $0 != card.kind.word }).joined(separator: dot)
        let facts = (card.details + [ByteCount.text(card.bytes)]).joined(separator: dot)
        let head = [title, facts]
        let tail = [card.advice].compactMap { $0 }
        let names = card.names.prefix(max(0, area.height - head.count - tail.count - 3))
        let room = area.height - head.count - tail.count - 2
        let rows = card.waveform.isEmpty ? 0 : min(room, mostWaveformRows) / 2 * 2
        guard rows >= 2 else {
            return lines(head + (names.isEmpty ? [] : [""] + names) + tail.flatMap { ["", $0] }, in: area, on: &canvas)
        }
        let height = rows + head.count + 1
        let top = area.top + max(0, (area.height - height) / 2)
        let columns = min(area.width, 160)
        let place = Rect(column: area.left + (area.width - columns) / 2, row: top, width: columns, height: rows)
        draw(card.waveform, in: place, on: &canvas)
        let words = Rect(column: area.left, row: top + rows + 1, width: area.width, height: head.count)
        lines(head, in: words, on: &canvas)
    }

    private static func lines(_ lines: [String], in area: Rect, on canvas: inout Canvas) {
        DetailView.message(lines, role: .muted, in: area, on: &canvas)
    }

    /// Bars on both sides of a middle line, two steps a row; the loudest has the whole height. `area` has an even number of
    /// rows.
    private static func draw(_ waveform: [UInt8], in area: Rect, on canvas: inout Canvas) {
        let loudest = max(Int(waveform.max() ?? 0), 1)
        for column in 0..<area.width {
            let first = waveform.count * column / area.width
            let end = max(waveform.count * (column + 1) / area.width, first + 1)
            let level = Int(waveform[first..<min(end, waveform.count)].max() ?? 0)
            // Silence is a line.
            let reach = max(1, (level * area.height + loudest / 2) / loudest)
            for row in 0..<area.height {
                let (upper, lower) = (2 * row, 2 * row + 1)
                let bar = area.height - reach..<area.height + reach
                guard let sign = canvas.glyphs.halves(upper: bar.contains(upper), lower: bar.contains(lower)) else {
                    continue
                }
                canvas.write(sign, at: Point(column: area.left + column, row: area.top + row), .muted, width: 1)
            }
        }
    }
}
