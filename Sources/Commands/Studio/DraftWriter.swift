import Foundation
import History
import Studio
import Synchronization

/// Writes the draft behind the keys: the first change at once, then the newest one every 150 ms while keys go on.
///
/// A kill in the middle of a word costs at most what was typed since.
final class DraftWriter: Sendable {
    private struct State {
        var pending: Draft?
        var isWriting = false
    }

    private let store: HistoryStore
    private let state = Mutex(State())

    init(_ store: HistoryStore) { self.store = store }

    /// Returns at once.
    func save(_ draft: Draft) {
        let isFirst = state.withLock { state in
            state.pending = draft
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isFirst { Task(executorPreference: WorkerPool.shared) { @concurrent in await self.drain() } }
    }

    /// Returns when nothing is left to write.
    func flush() {
        if let draft = state.withLock({ $0.pending.take() }) { write(draft) }
    }

    private func drain() async {
        while true {
            let next = state.withLock { state in
                let next = state.pending.take()
                if next == nil { state.isWriting = false }
                return next
            }
            guard let next else { return }
            write(next)
            try? await WorkerPool.shared.sleep(for: .milliseconds(150))
        }
    }

    private func write(_ draft: Draft) {
        guard let data = try? JSONEncoder().encode(draft) else { return }
        try? store.saveDraft(String(decoding: data, as: UTF8.self), slot: "compose")
    }
}
