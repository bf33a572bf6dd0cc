import Pixels

/// Has the strip of frames follow the film that is shown.
enum FilmStripReducer {
    /// Orders the frames of the film that is shown, once.
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
