import Search

/// Everything that was made as a grid of small pictures, over the whole screen, in the order of the table.
///
/// A run with several outputs has a tile for each of them, one without any output a tile of its own. The tile that is
/// selected is the table's run and the output that is shown of it, so that everything that can be done there can be done here.
package struct LightTable: Hashable, Sendable {
    /// One output of a run, or a run that has none yet.
    package struct Tile: Hashable, Sendable {
        package let run: RunItem.ID
        /// 0 also where there is no output (yet).
        package let output: Int

        package init(run: RunItem.ID, output: Int) {
            self.run = run
            self.output = output
        }
    }

    /// In the order in which they are read.
    package private(set) var tiles: [Tile] = []
    /// The first row of tiles on the screen.
    package private(set) var top = 0
    /// What the tiles were made from.
    private var source: RunList.Revision?
    private var places: [Tile: Int] = [:]
    /// For each tile, the places of those that were made together: outputs of one run, and by time runs of one submission.
    private var groups: [Range<Int>] = []

    package init() {}

    /// Makes the tiles anew where the runs have changed. The first one on the screen stays in the first row of it.
    mutating func follow(_ runs: RunList, columns: Int) {
        guard runs.revision != source else { return }
        source = runs.revision
        let first = shown(columns: columns, rows: 1).first
        tiles = []
        groups = []
        var before: RunItem?
        for run in runs.shown {
            if !runs.sort.isByTime || before?.isTogether(with: run) != true { closeGroup() }
            for output in 0..<max(run.outputs.count, 1) { tiles.append(Tile(run: run.id, output: output)) }
            before = run
        }
        closeGroup()
        places = Dictionary(uniqueKeysWithValues: tiles.enumerated().map { ($1, $0) })
        if let place = first.flatMap({ places[$0] }) { top = place / max(columns, 1) }
    }

    private mutating func closeGroup() {
        let group = groups.count..<tiles.count
        groups += group.map { _ in group }
    }

    /// The tiles that were made together with the one at `place`, itself among them.
    package func group(at place: Int) -> Range<Int> { groups[place] }

    /// From 0; nil: it is not on the table.
    package func place(of tile: Tile) -> Int? { places[tile] }

    /// Scrolls so that the tile at `place` is on the screen.
    mutating func reveal(_ place: Int, columns: Int, rows: Int) {
        let (columns, rows) = (max(columns, 1), max(rows, 1))
        let row = place / columns
        let last = max(0, (tiles.count + columns - 1) / columns - rows)
        top = min(max(min(top, row), row - rows + 1, 0), last)
    }

    /// The tiles on a screen of so many columns and rows of them.
    package func shown(columns: Int, rows: Int) -> ArraySlice<Tile> {
        let first = min(top * max(columns, 1), tiles.count)
        return tiles[first..<min(first + max(columns, 1) * max(rows, 1), tiles.count)]
    }
}
