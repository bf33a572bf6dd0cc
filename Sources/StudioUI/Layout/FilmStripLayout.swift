import Terminal

/// Where the frames of a film stand below it: as many as fit beside each other, where there is room for a row of them.
struct FilmStripLayout: Hashable {
    static let tile = Size(columns: 14, rows: 4)
    private static let gap = 1
    private static let mostFrames = 10
    /// Rows that the film itself keeps.
    private static let leastFilm = 12

    /// What is left for the film.
    let film: Rect
    /// 0: there is no room.
    let count: Int
    private let area: Rect

    /// - Parameter isFilm: whether it is known to be one; only then frames have room.
    init(area: Rect, isFilm: Bool) {
        self.area = area
        let fitting = min((area.width + Self.gap) / (Self.tile.columns + Self.gap), Self.mostFrames)
        let hasRoom = isFilm && fitting >= 3 && area.height >= Self.leastFilm + Self.tile.rows + 1
        count = hasRoom ? fitting : 0
        film = hasRoom ? area.removingBottom(Self.tile.rows + 1) : area
    }

    /// The place of a frame, counted from the left; all of them stand in the middle.
    func rect(_ place: Int) -> Rect {
        let width = count * (Self.tile.columns + Self.gap) - Self.gap
        return Rect(
            column: area.left + (area.width - width) / 2 + place * (Self.tile.columns + Self.gap),
            row: area.bottom - Self.tile.rows,
            width: Self.tile.columns,
            height: Self.tile.rows
        )
    }
}
