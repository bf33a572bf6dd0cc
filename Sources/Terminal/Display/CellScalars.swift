import CNcurses

/// Converts the text of cells to the form that ncurses takes: one array of scalars for each cell.
enum CellScalars {
    /// The scalars for `columns` cells of one display cluster.
    ///
    /// ncurses advances by libc's width of a scalar. Where that differs from `columns`, a replacement of the right
    /// width is drawn.
    static func encode(_ text: String, columns: Int, isUnicode: Bool) -> [[UInt32]] {
        if columns == 1, text.utf8.count == 1, let byte = text.utf8.first { return [[UInt32(byte)]] }
        let scalars = text.unicodeScalars.map(\.value)
        guard let base = scalars.first, isUnicode, cn_wcwidth(base) == Int32(columns) else {
            let replacement = isUnicode ? [DisplayText.replacementScalar] : [UInt32(UInt8(ascii: "?"))]
            return [replacement] + Array(repeating: isUnicode ? [0x20] : replacement, count: columns - 1)
        }
        return [[base] + scalars.dropFirst().filter { cn_wcwidth($0) == 0 }]
    }
}
