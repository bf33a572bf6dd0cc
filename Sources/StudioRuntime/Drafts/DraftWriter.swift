package import Foundation
import Studio
import Synchronization

/// Writes the draft behind the keys: the first change at once, then the newest one every 150 ms while keys go on.
///
/// A kill in the middle of a word costs at most what was typed since. What the database does not take is said, kept, and
/// tried again with the next change and at the end; then it goes to a file that the next start reads.
package final class DraftWriter: Sendable {
    /// What became of the last draft.
    package enum Ending: Hashable, Sendable {
        case saved
        /// In a file, because the database did not take it.
        case filed(URL)
        /// Nowhere.
        case lost(prompt: String)
    }

    private struct State {
        var pending: Draft?
        /// The newest that could not be written.
        var unsaved: Draft?
        var isWriting = false
    }

    private let store: @Sendable (String) throws -> Void
    private let file: URL
    private let notify: @Sendable (Notice) -> Void
    private let workers: Workers
    private let state = Mutex(State())
    /// Held while the database is written to.
    private let turn = Mutex(())

    /// - Parameters:
    ///   - store: writes the JSON text of a draft to the database.
    ///   - file: where a draft goes that the database does not take.
    ///   - workers: where the database is written to.
    ///   - notify: called when that begins, and when it is over.
    init(
        store: @escaping @Sendable (String) throws -> Void,
        file: URL,
        workers: Workers,
        notify: @escaping @Sendable (Notice) -> Void
    ) {
        self.store = store
        self.file = file
        self.workers = workers
        self.notify = notify
    }

    /// Returns at once.
    func save(_ draft: Draft) {
        let isFirst = state.withLock { state in
            state.pending = draft
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isFirst { workers.start { await self.drain() } }
    }

    /// Returns when the last draft is where it can be. Writes to the database on the calling thread.
    func flush() -> Ending {
        turn.withLock { _ in }
        let last = state.withLock { state in state.pending.take() ?? state.unsaved }
        guard let last, !write(last) else { return .saved }
        do {
            try Self.encoded(last).write(to: file, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            return .filed(file)
        } catch {
            return last.prompt.isEmpty ? .saved : .lost(prompt: last.prompt)
        }
    }

    private func drain() async {
        while true {
            let next = state.withLock { state in
                let next = state.pending.take()
                if next == nil { state.isWriting = false }
                return next
            }
            guard let next else { return }
            _ = write(next)
            try? await workers.sleep(.milliseconds(150))
        }
    }

    /// False when the database did not take it.
    private func write(_ draft: Draft) -> Bool {
        do {
            let text = try String(decoding: Self.encoded(draft), as: UTF8.self)
            try turn.withLock { _ in try store(text) }
        } catch {
            let isFirst = state.withLock { state in
                defer { state.unsaved = draft }
                return state.unsaved == nil
            }
            if isFirst {
                notify(Notice(.error, "The draft could not be saved: \(error). It is tried again with every change"))
            }
            return false
        }
        let wasUnsaved = state.withLock { state in state.unsaved.take() != nil }
        if wasUnsaved { notify(Notice(.success, "The draft is saved again")) }
        try? FileManager.default.removeItem(at: file)
        return true
    }

    private static func encoded(_ draft: Draft) throws -> Data { try JSONEncoder().encode(draft) }
}
