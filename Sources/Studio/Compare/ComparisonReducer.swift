import Pixels

/// Opens and leaves the comparison, and goes from one picture to the next in place.
enum ComparisonReducer {
    static func open(_ state: inout StudioState) {
        state.comparison = Comparison(ComparedOutputs.tiles(of: state))
        state.comparisonFacts = [:]
        state.detail.crop = nil
    }

    /// Takes over what is known of a compared file.
    static func note(_ facts: PictureFacts?, of key: PreviewKey, _ state: inout StudioState) {
        guard let facts, let comparison = state.comparison else { return }
        for tile in comparison.tiles where state.comparisonKey(tile) == key { state.comparisonFacts[tile] = facts }
    }

    /// Returns false for a command that is the screen's.
    static func reduce(_ command: CommandMeaning, _ state: inout StudioState) -> Bool {
        guard let comparison = state.comparison else { return false }
        switch command {
        case .screen(.compare): flip(&state)
        case .screen(.back):
            if comparison.single != nil {
                state.comparison?.single = nil
            } else {
                state.comparison = nil
                state.detail.crop = nil
            }
        case .large(let command): LargeReducer.reduce(command, &state)
        case .screen(.redraw), .screen(.suspend), .screen(.interrupt), .screen(.quit), .screen(.help),
            .screen(.palette):
            return false
        case .screen, .compose, .list, .edit, .normalMode, .acceptField, .images, .inputs, .runs, .annotate, .detail,
            .film,
            .ledger,
            .dialog:
            break
        }
        return true
    }

    private static func flip(_ state: inout StudioState) {
        guard let comparison = state.comparison else { return }
        state.comparison?.single = ((comparison.single ?? -1) + 1) % comparison.tiles.count
    }
}

extension StudioState {
    /// What a compared picture is known by; nil: it is not on this disk, or there is no room.
    package func comparisonKey(_ tile: LightTable.Tile) -> PreviewKey? {
        guard let run = runs[tile.run], run.outputs.indices.contains(tile.output),
            let path = run.outputs[tile.output].path, viewport.comparisonColumns > 0, viewport.comparisonRows > 0
        else { return nil }
        return PreviewKey(
            path: path,
            columns: viewport.comparisonColumns,
            rows: viewport.comparisonRows,
            display: display,
            crop: detail.crop
        )
    }
}
