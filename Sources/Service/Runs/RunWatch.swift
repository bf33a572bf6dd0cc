import History
import Predictions
import ReplicateAPI
import Synchronization

/// A run with its result. Held by reference: a record is large, and each step that waits for one would hold a copy.
final class EndedRun: Sendable {
    let record: RunRecord

    init(_ record: RunRecord) { self.record = record }
}

/// Tells those who wait for a run when it has ended: a continuation each, no thread and no questions.
final class RunWatch: Sendable {
    fileprivate struct State {
        /// Runs that were seen and have not ended.
        var unfinished: Set<String> = []
        var waiters: [String: [Int: CheckedContinuation<EndedRun?, Never>]] = [:]
        /// The last that have ended. An end is told at once and written a moment later: in between only this knows it.
        var ended: [String: EndedRun] = [:]
        var order: [String] = []
        var tickets = 0
    }

    private let state = Mutex(State())
    private let history: HistoryDesk

    init(history: HistoryDesk) { self.history = history }

    /// Ends that are kept; a write takes milliseconds and takes all there are.
    fileprivate static let most = 1_024

    /// Runs in flight that were started here.
    var inFlight: Int { state.withLock { $0.unfinished.count } }

    /// To be called with every change, in order. True when the run has just come to its end.
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

    /// Expects the end of a run that was begun elsewhere. It may come at this very moment.
    func adopt(_ id: String) async {
        let isOver = state.withLock { state in
            guard state.ended[id] == nil else { return true }
            state.unfinished.insert(id)
            return false
        }
        // It may also have ended in the process that is gone.
        if !isOver, let run = await stored(id) { _ = observe(run.record) }
    }

    /// Lets those go who wait for a run that another process works on by now.
    func leave(_ id: String) {
        let waiting = state.withLock { state in
            state.unfinished.remove(id)
            return Array((state.waiters.removeValue(forKey: id) ?? [:]).values)
        }
        for waiter in waiting { waiter.resume(returning: nil) }
    }

    /// The run as it is when there is a result to tell, whether or not its outputs are saved by then.
    ///
    /// nil when the task was canceled, for a run that another process works on, and for one that nobody knows.
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
        // In blocks: taking single ones off the front moves all the others each time.
        guard order.count >= 2 * RunWatch.most else { return }
        for id in order.prefix(RunWatch.most) { ended[id] = nil }
        order.removeFirst(RunWatch.most)
    }
}

extension RunRecord {
    /// Nothing that an answer tells will change any more; outputs may still be on their way to the disk.
    var hasResult: Bool {
        switch stage {
        case .queued, .sending, .unclear: false
        case .accepted: prediction?.isFinished ?? false
        case .resendable, .settled, .refused: true
        }
    }
}
