import Foundation
package import Pixels

/// Plays, pauses and steps through the film that is shown.
enum FilmReducer {
    /// Seconds without a person after which a film stands still at its end, so that a forgotten studio costs nothing.
    static let longestUnattended = 60.0

    static func reduce(_ command: FilmCommand, _ film: inout Film?) {
        switch command {
        case .playOrPause:
            film?.isPlaying.toggle()
            film?.isResumed = true
        case .nextFrame: step(1, &film)
        case .previousFrame: step(-1, &film)
        }
    }

    private static func step(_ frames: Double, _ film: inout Film?) {
        guard let shown = film else { return }
        film?.isPlaying = false
        let moment = (shown.wanted ?? shown.second) + frames * shown.step
        // Before the beginning lies the end.
        film?.wanted = moment >= 0 ? moment : max((shown.facts.duration ?? 0) - shown.step, 0)
    }

    static func receive(_ frame: FilmFrame, of key: PreviewKey, _ state: inout StudioState) {
        guard state.film?.key == key else { return }
        state.film?.isWaiting = false
        state.film?.frame = frame.picture
        state.film?.second = frame.second
        if frame.isRestart, state.now.timeIntervalSince(state.lastTouch) > longestUnattended {
            state.film?.isPlaying = false
        }
    }

    static func fail(_ key: PreviewKey, reason: String, _ state: inout StudioState) {
        guard state.film?.key == key else { return }
        state.film?.isWaiting = false
        state.film?.isPlaying = false
        state.say(.warning, reason)
    }

    /// Has the film follow the picture that is shown, and orders its next frame: one at a time, when the last one is on the
    /// screen.
    static func want(_ state: inout StudioState) -> [StudioEffect] {
        guard let preview = state.preview, preview.progress == .ready,
            let picture = state.pictures[preview.key], picture.cells.rows > 0, let facts = picture.facts,
            facts.isMoving
        else {
            guard let film = state.film else { return [] }
            // Made anew at another size, or of another part.
            if state.preview?.key.path == film.key.path {
                state.film?.isResumed = true
                return []
            }
            state.film = nil
            return [.world(.closeFilm)]
        }
        if state.film?.key != preview.key {
            // At another size, or zoomed into, it goes on where it was.
            let before = state.film.flatMap { $0.key.path == preview.key.path ? $0 : nil }
            state.film = Film(
                key: preview.key,
                facts: facts,
                isPlaying: before?.isPlaying ?? true,
                second: before?.second ?? 0
            )
            if let before, !before.isPlaying { state.film?.wanted = before.second }
        }
        return order(&state)
    }

    private static func order(_ state: inout StudioState) -> [StudioEffect] {
        guard let film = state.film, !film.isWaiting else { return [] }
        if let wanted = film.wanted {
            state.film?.wanted = nil
            state.film?.isWaiting = true
            return [.world(.showFrame(film.key, at: wanted))]
        }
        // Behind a dialog, and where nobody looks, it stands still.
        let isSeen =
            state.isFocused && state.guide == nil && state.confirmation == nil && state.picker == nil
            && state.ledger == nil
        guard film.isPlaying, isSeen else {
            state.film?.isResumed = true
            return []
        }
        state.film?.isWaiting = true
        state.film?.isResumed = false
        return [.world(.playFilm(film.key, after: film.second, continues: !film.isResumed))]
    }
}

extension StudioState {
    /// What is drawn for the preview: of a film the frame that has come last.
    package var shownPicture: RenderedPicture? {
        guard let preview else { return nil }
        return (film?.key == preview.key ? film?.frame : nil) ?? pictures[preview.key]
    }
}
