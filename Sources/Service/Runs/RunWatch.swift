import History
import Predictions
import ReplicateAPI
import Synchronization

/// A run with its result. A class, because a record is large and each waiting step would hold a copy.
final class EndedRun: Sendable {
    let record: RunRecord

    init(_ record: RunRecord) { self.record = record }
}

/// Resumes waiting requests when their run has ended. Each holds a continuation; no thread waits and the API is not asked.
final class RunWatch: Sendable {
    fileprivate struct State {
        /// Ids of known runs that have not ended.
        var unfinished: Set<String> = []
        var waiters: [String: [Int: CheckedContinuation<EndedRun?, Never>]] = [:]
        /// The latest ended runs. An end is reported before it is written to the database; until then it is only here.
        var ended: [String: EndedRun] = [:]
        var order: [String] = []
        var tickets = 0
    }

    private let state = Mutex(State())
    private let history: AsyncHistory

    init(history: AsyncHistory) { self.history = history }

    /// Ended runs that are kept. A write takes milliseconds, so a run is in the database long before it is dropped here.
    fileprivate static let most = 1_024

    /// Runs in flight that were started here.
    var inFlight: Int { state.withLock { $0.unfinished.count } }

    /// Takes every change of a run, in order. Returns true when the run has just ended.
    func observe(_ run: RunRecord) -> Bool {
        let ended = EndedRun(run)
        let waiting: [CheckedContinuation<EndedRun?, Never>]? = state.withLock { state in
            guard run.hasResult else {
                state.unfinished.insert(run.id)
                return nil
            }
            let hasJustEnded = state.unfinished.remove(run.id) != nil
            state.keep(ended)
            guard hasJustEnded else { return nil }
            return Array((state.waiters.removeValue(forKey: run.id) ?? [:]).values)
        }
        for waiter in waiting ?? [] { waiter.resume(returning: ended) }
        return waiting != nil
    }

    /// Registers a run that another process has started. It may end during this call.
    func adopt(_ id: String) async {
        let isOver = state.withLock { state in
            guard state.ended[id] == nil else { return true }
            state.unfinished.insert(id)
            return false
        }
        // It may also have ended in that other process.
        if !isOver, let run = await stored(id) { _ = observe(run.record) }
    }

    /// Resumes the waiting requests of a run that another process has taken over, with nil.
    func release(_ id: String) {
        let waiting = state.withLock { state in
            state.unfinished.remove(id)
            return Array((state.waiters.removeValue(forKey: id) ?? [:]).values)
        }
        for waiter in waiting { waiter.resume(returning: nil) }
    }

    /// Waits for the result of a run. Its outputs may not be saved yet.
    ///
    /// Returns nil when the task is canceled, when another process works on the run, and when the run is not known.
    func end(of id: String) async -> EndedRun? {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        let seen: EndedRun? = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { state in
                    guard state.unfinished.contains(id), !Task.isCancelled else { return false }
                    state.waiters[id, default: [:]][ticket] = continuation
                    return true
                }
                if !isWaiting { continuation.resume(returning: nil) }
            }
        } onCancel: {
            state.withLock { $0.waiters[id]?.removeValue(forKey: ticket) }?.resume(returning: nil)
        }
        if let seen = seen ?? state.withLock({ $0.ended[id] }) { return seen }
        return await stored(id)
    }

    private func stored(_ id: String) async -> EndedRun? {
        guard let run = try? await history.read({ try $0.run(id) }), run.hasResult else { return nil }
        return EndedRun(run)
    }
}

extension RunWatch.State {
    fileprivate mutating func keep(_ run: EndedRun) {
        if ended.updateValue(run, forKey: run.record.id) == nil { order.append(run.record.id) }
        // Removed in blocks, because each removal at the front moves all other elements.
        guard order.count >= 2 * RunWatch.most else { return }
        for id in order.prefix(RunWatch.most) { ended[id] = nil }
        order.removeFirst(RunWatch.most)
    }
}

extension RunRecord {
    /// Whether the result is final. Outputs may still be saved after it.
    var hasResult: Bool {
        switch stage {
        case .queued, .sending, .unclear: false
        case .accepted: prediction?.isFinished ?? false
        case .resendable, .settled, .refused: true
        }
    }
}
