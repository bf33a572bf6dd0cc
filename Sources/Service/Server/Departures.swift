import NIOCore
import Synchronization

/// Who waits for the other side of a connection to go away, or for the service to let go of everybody.
final class Departures: Sendable {
    private struct State {
        var waiters: [ObjectIdentifier: [Int: CheckedContinuation<Void, Never>]] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let tickets = Atomic<Int>(0)

    /// Returns when the connection's other side has gone, or when the task is canceled.
    func departure(of channel: any Channel) async {
        let id = ObjectIdentifier(channel)
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { state in
                    guard !Task.isCancelled, !state.isClosed, channel.isActive else { return false }
                    state.waiters[id, default: [:]][ticket] = continuation
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            state.withLock { state in
                let waiter = state.waiters[id]?.removeValue(forKey: ticket)
                if state.waiters[id]?.isEmpty ?? false { state.waiters[id] = nil }
                return waiter
            }?.resume()
        }
    }

    func departed(_ id: ObjectIdentifier) {
        let gone = state.withLock { $0.waiters.removeValue(forKey: id) } ?? [:]
        for waiter in gone.values { waiter.resume() }
    }

    /// Lets go of everybody, now and from now on.
    func close() {
        let gone = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [:] }
            return state.waiters.values.flatMap(\.values)
        }
        for waiter in gone { waiter.resume() }
    }
}
