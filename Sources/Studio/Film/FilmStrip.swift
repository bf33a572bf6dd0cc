package import Pixels

/// Small frames of a film, one beside the other below it, evenly over its length.
package struct FilmStrip: Hashable, Sendable {
    /// Of one frame: the film's file, and the cells that a frame has.
    package let key: PreviewKey
    /// How many there will be.
    package let count: Int
    /// Those that have come, from the first on.
    package internal(set) var frames: [RenderedPicture] = []

    init(key: PreviewKey, count: Int) {
        self.key = key
        self.count = count
    }

    /// Has the strip follow the film that is shown, and orders its frames, once.
    static func want(_ state: inout StudioState) -> [StudioEffect] {
        guard let film = state.film, let duration = film.facts.duration, state.viewport.filmFrames > 1, !state.isLarge
        else {
            guard state.filmStrip != nil, state.film == nil else { return [] }
            state.filmStrip = nil
            return [.world(.closeFilmStrip)]
        }
        let key = PreviewKey(
            path: film.key.path,
            columns: state.viewport.filmColumns,
            rows: state.viewport.filmRows,
            display: state.display
        )
        let count = state.viewport.filmFrames
        guard state.filmStrip?.key != key || state.filmStrip?.count != count else { return [] }
        state.filmStrip = FilmStrip(key: key, count: count)
        // The middle of each part: films often begin and end black.
        let moments = (0..<count).map { duration * (Double($0) + 0.5) / Double(count) }
        return [.world(.loadFilmStrip(key, moments: moments))]
    }

    /// Takes a frame that has come; one of another film is left out.
    static func receive(_ frame: RenderedPicture, at place: Int, of key: PreviewKey, _ state: inout StudioState) {
        guard let strip = state.filmStrip, strip.key == key, strip.frames.count == place else { return }
        state.filmStrip?.frames.append(frame)
    }
}
