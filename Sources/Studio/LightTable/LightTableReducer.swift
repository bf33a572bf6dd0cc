/// Moves on the light table, and between it and the large picture.
enum LightTableReducer {
    /// Opens it at the run that is selected; every dialog and field is closed by then.
    static func open(_ state: inout StudioState) {
        state.focus(on: .predictions)
        state.isZoomed = false
        state.detail.show(.preview)
        state.lightTable = LightTable()
    }

    /// Returns false for a command that is the table's or the screen's.
    static func reduce(_ command: CommandMeaning, _ state: inout StudioState) -> Bool {
        guard state.isOnLightTable else { return false }
        switch command {
        case .list(let move): self.move(move, &state)
        case .detail(.nextOutput): step(by: 1, &state)
        case .detail(.previousOutput): step(by: -1, &state)
        case .screen(.focus(.detail)): openLarge(&state)
        case .screen(.lightTable), .screen(.back): state.lightTable = nil
        case .runs(.mark):
            state.runs.toggleMark(output: state.detail.output)
            step(by: 1, &state)
        case .screen, .compose, .edit, .normalMode, .acceptField, .images, .inputs, .runs, .annotate, .detail, .large,
            .film,
            .ledger,
            .dialog:
            return false
        }
        return true
    }

    static func openLarge(_ state: inout StudioState) {
        state.detail.show(.preview)
        state.isZoomed = true
        state.focus(on: .detail)
    }

    private static func move(_ move: ListMove, _ state: inout StudioState) {
        let columns = max(state.viewport.tileColumns, 1)
        switch move {
        case .up: step(by: -columns, &state)
        case .down: step(by: columns, &state)
        case .pageUp: step(by: -columns * max(state.viewport.tileRows, 1), &state)
        case .pageDown: step(by: columns * max(state.viewport.tileRows, 1), &state)
        case .first:
            step(by: -1_000_000, &state)
            state.runs.seek(.first)
        case .last:
            step(by: 1_000_000, &state)
            state.runs.seek(.last)
        }
    }

    static func step(by tiles: Int, _ state: inout StudioState) {
        guard let table = state.lightTable, !table.tiles.isEmpty else { return }
        let place = (state.selectedTile.flatMap { table.place(of: $0) } ?? 0) + tiles
        show(table.tiles[min(max(place, 0), table.tiles.count - 1)], &state)
    }

    static func show(_ tile: LightTable.Tile, _ state: inout StudioState) {
        if tile.run != state.runs.selection {
            state.runs.select(tile.run)
            state.detail.showAnother()
        }
        state.detail.output = tile.output
    }
}

extension StudioState {
    /// Whether the light table is what keys go to: it stays below a large picture.
    package var isOnLightTable: Bool { lightTable != nil && !isZoomed }

    /// nil: nothing is selected.
    package var selectedTile: LightTable.Tile? {
        runs.selection.map { LightTable.Tile(run: $0, output: detail.output) }
    }

    /// What the small picture of an output beside the preview is known by; nil: it is not on this disk, or there is no room.
    package func stripKey(_ path: String?) -> PreviewKey? {
        smallKey(path, columns: viewport.stripColumns, rows: viewport.stripRows)
    }

    /// What the small picture of an output is known by; nil: it is not on this disk, or there is no room.
    package func thumbnailKey(_ path: String?) -> PreviewKey? {
        smallKey(path, columns: viewport.thumbnailColumns, rows: viewport.thumbnailRows)
    }

    private func smallKey(_ path: String?, columns: Int, rows: Int) -> PreviewKey? {
        guard let path, columns > 0, rows > 0 else { return nil }
        return PreviewKey(path: path, columns: columns, rows: rows, display: display, isThumbnail: true)
    }
}
