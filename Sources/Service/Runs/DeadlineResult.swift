import NIOCore
import Synchronization

/// The result of work that has a time limit and a client that waits for it.
enum DeadlineResult<Value: Sendable>: Sendable {
    case completed(Value)
    /// The time limit passed first.
    case timedOut
    /// The client disconnected first, or the service released all clients because it stops.
    case disconnected

    /// Runs `work` until it ends, the limit passes or the client disconnects. In the last two cases the task of `work` is
    /// canceled, and this method still waits for it: `work` must end soon after a cancellation.
    ///
    /// - Parameter channel: the client's connection; nil: no disconnection ends the work.
    static func run(
        within limit: Duration,
        _ timeouts: Timeouts,
        for channel: (any Channel)?,
        _ disconnects: DisconnectNotifier,
        _ work: @escaping @Sendable () async -> Value
    ) async -> DeadlineResult {
        let task = Task { await work() }
        let cause = CancellationCause()
        let timeout = timeouts.add(limit) { if cause.set(.timeout) { task.cancel() } }
        let observation = channel.map { channel in
            disconnects.observe(channel) { if cause.set(.disconnection) { task.cancel() } }
        }
        let value = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        timeouts.remove(timeout)
        if let channel, let observation { disconnects.remove(observation, from: channel) }
        switch cause.current {
        case nil: return .completed(value)
        case .timeout: return .timedOut
        case .disconnection: return .disconnected
        }
    }
}

/// Why the work was canceled. Only the first reason is kept.
private final class CancellationCause: Sendable {
    enum Reason: Sendable { case timeout, disconnection }

    private let reason = Mutex<Reason?>(nil)

    var current: Reason? { reason.withLock { $0 } }

    /// Returns false when there was a reason before.
    func set(_ new: Reason) -> Bool {
        reason.withLock { reason in
            if reason != nil { return false }
            reason = new
            return true
        }
    }
}
