package import Foundation
import Synchronization

/// A cache of rendered pictures; the least recently used ones are removed first. It may be used from any thread. On a
/// miss the caller decodes and renders, on a thread of its choice.
package final class PictureCache: Sendable {
    /// Everything on which a rendering depends.
    package struct Key: Sendable, Hashable {
        /// The path of the picture file.
        package var path: String
        /// The time of the file's last change; nil when it is not known. Nil equals only nil.
        package var modification: Date?
        /// The width of the space for which it was rendered, in cells.
        package var columns: Int
        /// The height of the space for which it was rendered, in cells.
        package var rows: Int
        /// The colours with which it was rendered.
        package var depth: PixelDepth

        package init(path: String, modification: Date?, columns: Int, rows: Int, depth: PixelDepth) {
            self.path = path
            self.modification = modification
            self.columns = columns
            self.rows = rows
            self.depth = depth
        }
    }

    private struct Entry {
        var cells: PixelCells
        var lastUse: Int
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var uses = 0
        var cellCount = 0
    }

    private let mostCells: Int
    private let state = Mutex(State())

    /// - Parameter mostCells: the most cells of all pictures together. The default is about 80 full screens of 200×60,
    ///   and 30 MB. A picture larger than that is not kept.
    package init(mostCells: Int = 1_000_000) {
        self.mostCells = mostCells
    }

    /// The rendering for `key`, which becomes the most recently used; nil when there is none.
    package func cells(for key: Key) -> PixelCells? {
        state.withLock { state in
            state.uses += 1
            state.entries[key]?.lastUse = state.uses
            return state.entries[key]?.cells
        }
    }

    /// Stores a rendering and replaces an earlier one under the same key. Removes others until it fits.
    package func insert(_ cells: PixelCells, for key: Key) {
        state.withLock { state in
            if let replaced = state.entries.removeValue(forKey: key) { state.cellCount -= replaced.cells.cells.count }
            guard cells.cells.count <= mostCells else { return }
            while state.cellCount + cells.cells.count > mostCells,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries[oldest.key] = nil
                state.cellCount -= oldest.value.cells.cells.count
            }
            state.uses += 1
            state.cellCount += cells.cells.count
            state.entries[key] = Entry(cells: cells, lastUse: state.uses)
        }
    }

    /// Removes all renderings.
    package func removeAll() {
        state.withLock { $0 = State() }
    }
}
