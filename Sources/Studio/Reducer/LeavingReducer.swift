import Foundation

/// Clears what is typed, and leaves the studio.
enum LeavingReducer {
    /// How soon after the one that cleared the prompt a second ^C quits, in seconds.
    private static let quitsWithin = 1.0

    /// ^C clears what is typed; twice in a row quits; with nothing to clear it asks.
    static func interrupt(_ state: inout StudioState) -> [StudioEffect] {
        if state.focus == .prompt, !state.compose.prompt.text.isEmpty {
            state.compose.prompt.clear()
            state.interruptedAt = state.now
            state.say(
                .information,
                "Cleared; \(state.keys.name(of: .undo)) brings it back, \(state.keys.name(of: .interrupt)) again quits"
            )
            return []
        }
        if let cleared = state.interruptedAt, state.now.timeIntervalSince(cleared) <= quitsWithin {
            return quit(&state)
        }
        state.confirmation = .leaving(state.runs.activeCount, mode: state.mode)
        return []
    }

    /// Asks only while something is running.
    static func quit(_ state: inout StudioState) -> [StudioEffect] {
        guard state.runs.activeCount > 0 else { return leave(&state) }
        state.confirmation = .leaving(state.runs.activeCount, mode: state.mode)
        return []
    }

    static func leave(_ state: inout StudioState) -> [StudioEffect] {
        // What was cleared to leave is there again at the next start.
        if state.interruptedAt != nil, state.compose.prompt.text.isEmpty { state.compose.prompt.undo() }
        state.isQuitting = true
        return [.terminal(.quit)]
    }
}
