import NIOCore
import Synchronization

/// What became of work that had to be done in time and for somebody.
enum InTime<Value: Sendable>: Sendable {
    case done(Value)
    case tooLate
    /// Nobody is there any more to take the result, or the service lets go of everybody.
    case abandoned

    /// Works until it is done, until the time is up, or until the other side has gone; the work is canceled then, and must
    /// end soon.
    ///
    /// - Parameter channel: nil: nobody can go away.
    static func run(
        _ limit: Duration,
        _ timeouts: Timeouts,
        for channel: (any Channel)?,
        _ departures: Departures,
        _ work: @escaping @Sendable () async -> Value
    ) async -> InTime {
        let task = Task { await work() }
        let cause = Cause()
        let timeout = timeouts.add(limit) { if cause.set(.time) { task.cancel() } }
        let departure = channel.map { channel in
            departures.notice(channel) { if cause.set(.departure) { task.cancel() } }
        }
        let value = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        timeouts.remove(timeout)
        if let channel, let departure { departures.forget(channel, departure) }
        switch cause.current {
        case nil: return .done(value)
        case .time: return .tooLate
        case .departure: return .abandoned
        }
    }
}

/// Why work was canceled; the first reason counts.
private final class Cause: Sendable {
    enum Reason: Sendable { case time, departure }

    private let reason = Mutex<Reason?>(nil)

    var current: Reason? { reason.withLock { $0 } }

    /// False when there is a reason already.
    func set(_ new: Reason) -> Bool {
        reason.withLock { reason in
            if reason != nil { return false }
            reason = new
            return true
        }
    }
}
