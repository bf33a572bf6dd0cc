import Foundation

extension StudioReducer {
    /// How soon after the one that cleared the prompt a second ^C quits, in seconds.
    private static let quitsWithin = 1.0

    /// ^C clears what is typed; twice in a row quits; with nothing to clear it asks.
    func interrupt(_ state: inout StudioState) -> [StudioEffect] {
        if state.focus == .prompt, !state.compose.prompt.text.isEmpty {
            state.compose.prompt.clear()
            state.interruptedAt = state.now
            state.say(
                .information,
                "Cleared; \(state.keys.name(of: .undo)) brings it back, \(state.keys.name(of: .interrupt)) again quits"
            )
            return []
        }
        if let cleared = state.interruptedAt, state.now.timeIntervalSince(cleared) <= Self.quitsWithin {
            return quit(&state)
        }
        askToLeave(&state)
        return []
    }

    /// Asks only while something is running.
    func quit(_ state: inout StudioState) -> [StudioEffect] {
        guard state.runs.activeCount > 0 else { return leave(&state) }
        askToLeave(&state)
        return []
    }

    func leave(_ state: inout StudioState) -> [StudioEffect] {
        // What was cleared to leave is there again at the next start.
        if state.interruptedAt != nil, state.compose.prompt.text.isEmpty { state.compose.prompt.undo() }
        state.isQuitting = true
        return [.terminal(.quit)]
    }

    private func askToLeave(_ state: inout StudioState) {
        state.confirmation = Confirmation(
            purpose: .quit,
            title: "Leave the studio?",
            lines: whatBecomes(of: state.runs.activeCount, mode: state.mode),
            confirmLabel: "Leave",
            cancelLabel: "Stay"
        )
    }

    private func whatBecomes(of active: Int, mode: StudioMode) -> [String] {
        let isOne = active == 1
        let running = isOne ? "1 prediction is still running" : "\(active) predictions are still running"
        return switch (active, mode) {
        case (0, _): ["Nothing is running. What is typed is there again at the next start."]
        case (_, .demo):
            [
                "\(running) and \(isOne ? "ends" : "end") with the demo.",
                "The demo's server stops with the studio; nothing was billed.",
            ]
        default:
            [
                "\(running) and \(isOne ? "goes" : "go") on without the studio.",
                "The next start finds \(isOne ? "it" : "them") and saves what \(isOne ? "it" : "they") made.",
            ]
        }
    }
}
