import Foundation

extension Picker {
    /// What the two rows stand for that are no prediction's; ids have no blanks.
    static let sendAgainChoice = "send again"
    static let cancelChoice = "leave it"
}

extension StudioReducer {
    /// Lists what the lost run could be. The row that changes nothing is selected.
    func openCandidates(_ state: inout StudioState) -> [StudioEffect] {
        guard let run = state.runs.selected, !run.candidates.isEmpty else { return [] }
        state.picker = Picker(
            kind: .candidates(run.id),
            title: "Which of these is it?",
            items: candidateItems(run.candidates.map { RunCandidate(id: $0) }, now: state.now),
            isLoading: true
        )
        state.picker?.select(Picker.cancelChoice)
        return [.world(.loadCandidates(run.id, run.candidates))]
    }

    /// The list with what the server says of each, while it is still open.
    func showCandidates(_ id: RunItem.ID, _ candidates: [RunCandidate], _ state: inout StudioState) {
        guard state.picker?.kind == .candidates(id) else { return }
        state.picker?.isLoading = false
        state.picker?.replaceItems(candidateItems(candidates, now: state.now))
    }

    func chooseCandidate(_ choice: String, for id: RunItem.ID, _ state: inout StudioState) -> [StudioEffect] {
        switch choice {
        case Picker.cancelChoice: break
        case Picker.sendAgainChoice:
            guard let run = state.runs[id] else { break }
            askToResend(run, &state)
        default: return [.world(.follow(id, predictionID: choice))]
        }
        return []
    }

    private func candidateItems(_ candidates: [RunCandidate], now: Date) -> [Picker.Item] {
        candidates.map { candidate in
            let age = candidate.createdAt.map { "created \(Self.age(now.timeIntervalSince($0))) ago" }
            return Picker.Item(
                value: candidate.id,
                title: candidate.id,
                note: [age, candidate.status].compactMap { $0 }.joined(separator: " · "),
                obstacle: candidate.isTaken ? "Another run is that prediction already" : nil
            )
        } + [
            Picker.Item(value: Picker.sendAgainChoice, title: "None of these: send again", note: "asks first"),
            Picker.Item(value: Picker.cancelChoice, title: "Cancel"),
        ]
    }

    private static func age(_ seconds: Double) -> String {
        let seconds = Int(min(max(seconds, 0), 1e9))
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3_600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}
