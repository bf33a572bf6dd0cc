import Foundation
import History
import Synchronization

/// Callers that wait for the end of a run, or for the journal to take what they submitted.
final class RunWaiters: Sendable {
    /// A place among those who wait for a run. What happens from then on is not missed.
    struct Ticket: Hashable, Sendable {
        fileprivate let run: RunRecord.ID
        fileprivate let key = UUID()
    }

    private enum Wait {
        /// Its caller has a ticket, and does not wait yet.
        case expected
        case waiting(CheckedContinuation<RunRecord?, Never>)
    }

    private struct Waiting {
        var ends: [RunRecord.ID: [UUID: Wait]] = [:]
        /// What happened before the caller waited.
        var early: [UUID: RunRecord?] = [:]
        var submissions: [UUID: CheckedContinuation<[OrderedRun], any Error>] = [:]

        /// Ends one wait; returns whom to wake.
        mutating func end(
            _ key: UUID,
            of run: RunRecord.ID,
            _ end: RunRecord?
        ) -> CheckedContinuation<RunRecord?, Never>? {
            guard let wait = ends[run]?.removeValue(forKey: key) else { return nil }
            if ends[run]?.isEmpty == true { ends[run] = nil }
            switch wait {
            case .expected:
                early[key] = .some(end)
                return nil
            case .waiting(let continuation): return continuation
            }
        }
    }

    private let waiting = Mutex(Waiting())

    // MARK: Ends

    /// Must be followed by ``wait(_:timeout:sleep:)``.
    func ticket(for run: RunRecord.ID) -> Ticket {
        let ticket = Ticket(run: run)
        waiting.withLock { $0.ends[run, default: [:]][ticket.key] = .expected }
        return ticket
    }

    /// Waits for ``wake(_:_:)``; nil after `timeout`, when the caller's task is canceled, and where the run is not worked on
    /// here any more.
    func wait(
        _ ticket: Ticket,
        timeout: Duration?,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) async -> RunRecord? {
        let limit = timeout.map { timeout in
            Task { if (try? await sleep(timeout)) != nil { giveUp(ticket) } }
        }
        defer { limit?.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early: RunRecord?? = waiting.withLock { waiting in
                    if let early = waiting.early.removeValue(forKey: ticket.key) { return .some(early) }
                    waiting.ends[ticket.run, default: [:]][ticket.key] = .waiting(continuation)
                    return .none
                }
                if let early { continuation.resume(returning: early) }
            }
        } onCancel: {
            giveUp(ticket)
        }
    }

    private func giveUp(_ ticket: Ticket) {
        waiting.withLock { $0.end(ticket.key, of: ticket.run, nil) }?.resume(returning: nil)
    }

    /// - Parameter end: nil: the run is not worked on here any more.
    func wake(_ run: RunRecord.ID, _ end: RunRecord?) {
        let continuations = waiting.withLock { waiting in
            Array((waiting.ends[run] ?? [:]).keys).compactMap { waiting.end($0, of: run, end) }
        }
        for continuation in continuations { continuation.resume(returning: end) }
    }

    func wakeAll() { for run in waiting.withLock({ Array($0.ends.keys) }) { wake(run, nil) } }

    // MARK: Submissions

    func add(submission: UUID, _ continuation: CheckedContinuation<[OrderedRun], any Error>) {
        waiting.withLock { $0.submissions[submission] = continuation }
    }

    func answer(submission: UUID, _ result: Result<[OrderedRun], any Error>) {
        waiting.withLock { $0.submissions.removeValue(forKey: submission) }?.resume(with: result)
    }
}
