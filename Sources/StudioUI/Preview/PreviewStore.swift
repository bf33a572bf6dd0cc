package import Pictures
package import Studio
import Synchronization

/// Pictures that have been turned into cells, by file and size: filled by whoever decodes, read by whoever draws.
package final class PreviewStore: Sendable {
    private struct Shelf {
        var cells: [PreviewKey: PixelCells] = [:]
        var order: [PreviewKey] = []
    }

    private let shelf = Mutex(Shelf())
    /// A screenful of 24-bit cells is about half a megabyte.
    private let most: Int

    package init(most: Int = 12) { self.most = most }

    package func put(_ cells: PixelCells, for key: PreviewKey) {
        shelf.withLock { shelf in
            if shelf.cells.updateValue(cells, forKey: key) == nil { shelf.order.append(key) }
            while shelf.order.count > most { shelf.cells[shelf.order.removeFirst()] = nil }
        }
    }

    package func cells(for key: PreviewKey) -> PixelCells? { shelf.withLock { $0.cells[key] } }
}
