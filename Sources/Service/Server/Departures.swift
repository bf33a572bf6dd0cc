import NIOCore
import Synchronization

/// Who waits for the other side of a connection to go away.
final class Departures: Sendable {
    private let waiters = Mutex<[ObjectIdentifier: [Int: CheckedContinuation<Void, Never>]]>([:])
    private let tickets = Atomic<Int>(0)

    /// Returns when the connection's other side has gone, or when the task is canceled.
    func departure(of channel: any Channel) async {
        let id = ObjectIdentifier(channel)
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = waiters.withLock { waiters in
                    guard !Task.isCancelled, channel.isActive else { return false }
                    waiters[id, default: [:]][ticket] = continuation
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            waiters.withLock { waiters in
                let waiter = waiters[id]?.removeValue(forKey: ticket)
                if waiters[id]?.isEmpty ?? false { waiters[id] = nil }
                return waiter
            }?.resume()
        }
    }

    func departed(_ id: ObjectIdentifier) {
        let gone = waiters.withLock { $0.removeValue(forKey: id) } ?? [:]
        for waiter in gone.values { waiter.resume() }
    }
}
