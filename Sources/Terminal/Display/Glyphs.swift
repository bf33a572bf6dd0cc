import CNcurses

/// Cell texts as ncurses takes them: one array of scalars for each cell to fill.
enum Glyphs {
    /// What to put into `columns` cells for a display cluster.
    ///
    /// Where libc, by which ncurses advances, thinks otherwise of a scalar's width, a stand-in of the right width.
    static func spelled(_ text: String, columns: Int, isUnicode: Bool) -> [[UInt32]] {
        if columns == 1, text.utf8.count == 1, let byte = text.utf8.first { return [[UInt32(byte)]] }
        let scalars = text.unicodeScalars.map(\.value)
        guard let base = scalars.first, isUnicode, cn_wcwidth(base) == Int32(columns) else {
            let standIn = isUnicode ? [DisplayText.standInScalar] : [UInt32(UInt8(ascii: "?"))]
            return [standIn] + Array(repeating: isUnicode ? [0x20] : standIn, count: columns - 1)
        }
        return [[base] + scalars.dropFirst().filter { cn_wcwidth($0) == 0 }]
    }
}
