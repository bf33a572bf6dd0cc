package import Foundation
import Synchronization

/// Rendered pictures, the least recently used dropped first. Safe to use from any thread; decoding and rendering on a
/// miss are the caller's, where it chooses.
package final class PictureCache: Sendable {
    /// What makes a rendering reusable.
    package struct Key: Sendable, Hashable {
        package var path: String
        /// When the file was last changed; nil where that is not known, which is a key like any other.
        package var modification: Date?
        /// The space it was rendered for.
        package var columns: Int
        package var rows: Int
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

    /// - Parameter mostCells: The sum over all pictures; the default is about 80 full screens of 200×60 and 30 MB. A
    ///   picture larger than that on its own is not kept.
    package init(mostCells: Int = 1_000_000) {
        self.mostCells = mostCells
    }

    /// The rendering kept for `key`, which becomes the most recently used; nil when there is none.
    package func cells(for key: Key) -> PixelCells? {
        state.withLock { state in
            state.uses += 1
            state.entries[key]?.lastUse = state.uses
            return state.entries[key]?.cells
        }
    }

    /// Keeps a rendering, in place of any under the same key, dropping others until it fits.
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

    package func removeAll() {
        state.withLock { $0 = State() }
    }
}
