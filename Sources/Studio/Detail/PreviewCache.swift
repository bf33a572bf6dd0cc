package import Pixels

/// A picture at a size in cells.
package struct PreviewKey: Hashable, Sendable {
    package let path: String
    package let columns: Int
    package let rows: Int

    package init(path: String, columns: Int, rows: Int) {
        self.path = path
        self.columns = columns
        self.rows = rows
    }
}

/// The pictures that were rendered last, so that one that was on the screen before is there at once.
package struct PreviewCache: Hashable, Sendable {
    /// A screenful of 24-bit cells is about half a megabyte.
    private static let most = 12

    private var cells: [PreviewKey: PixelCells] = [:]
    /// The oldest first.
    private var order: [PreviewKey] = []

    package init() {}

    /// nil: not rendered yet, or dropped since.
    package subscript(key: PreviewKey) -> PixelCells? { cells[key] }

    /// Keeps a picture in place of any under the same key, and drops the oldest where there are too many.
    package mutating func insert(_ picture: PixelCells, for key: PreviewKey) {
        if cells.updateValue(picture, forKey: key) == nil { order.append(key) }
        while order.count > Self.most { cells[order.removeFirst()] = nil }
    }
}
