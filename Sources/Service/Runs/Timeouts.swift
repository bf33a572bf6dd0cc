import Synchronization

/// The time limits of all requests, on one timer.
///
/// One sleeping task for each request would stay in the system's queue of timers until its time comes, even when the request
/// is answered at once.
final class Timeouts: Sendable {
    private struct Entry: Sendable {
        let end: ContinuousClock.Instant
        let action: @Sendable () -> Void
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var tickets = 0
        /// The entry that the timer sleeps for.
        var next: (ticket: Int, end: ContinuousClock.Instant)?
        var timer: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameter sleep: waits; throws when the task was canceled.
    init(sleep: @escaping @Sendable (Duration) async throws -> Void) { self.sleep = sleep }

    deinit { state.withLock { $0.timer }?.cancel() }

    /// Runs `action` once after `limit`, on any thread. Returns a ticket for ``remove(_:)``.
    func add(_ limit: Duration, _ action: @escaping @Sendable () -> Void) -> Int {
        let end = ContinuousClock.now + limit
        return state.withLock { state in
            state.tickets += 1
            let ticket = state.tickets
            state.entries[ticket] = Entry(end: end, action: action)
            if let next = state.next, next.end <= end { return ticket }
            state.timer?.cancel()
            start(&state, ticket, end, limit)
            return ticket
        }
    }

    func remove(_ ticket: Int) { state.withLock { _ = $0.entries.removeValue(forKey: ticket) } }

    private func start(_ state: inout State, _ ticket: Int, _ end: ContinuousClock.Instant, _ wait: Duration) {
        state.next = (ticket, end)
        state.timer = Task { [weak self, sleep] in
            guard (try? await sleep(wait)) != nil else { return }
            self?.ring(for: ticket)
        }
    }

    /// Runs the action of `ticket`, and of all other entries whose time has come.
    private func ring(for ticket: Int) {
        let now = ContinuousClock.now
        let due = state.withLock { state in
            guard state.next?.ticket == ticket else { return [Entry]() }
            let tickets = state.entries.filter { $0.key == ticket || $0.value.end <= now }.map(\.key)
            let due = tickets.compactMap { state.entries.removeValue(forKey: $0) }
            (state.next, state.timer) = (nil, nil)
            if let (first, entry) = state.entries.min(by: { $0.value.end < $1.value.end }) {
                start(&state, first, entry.end, entry.end - now)
            }
            return due
        }
        for entry in due { entry.action() }
    }
}
