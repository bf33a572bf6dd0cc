import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import Synchronization

/// Starts the runs of accepted requests in fair turns, and answers a repeated request with the run of the first one.
///
/// Each waiting request holds a continuation. An order is dropped when all its requests have gone before it was started. A
/// started run continues, even when all its requests have gone.
final class Dispatcher: Sendable {
    enum Outcome: Sendable {
        /// `isHit`: the run was there before, or was started for another request.
        case started(runID: String, isHit: Bool)
        /// The queue had no place, or another client had a better right to it.
        case full
        /// The sentence says why nothing was started.
        case overBudget(String)
        /// The key stands for another order; the sentence says what differs. Nothing was sent.
        case conflict(String)
        /// The disk does not take the journal or the outputs: nothing was sent. The sentence, without its stop, says what.
        case unwritable(String)
        /// The client has disconnected, or the service stops.
        case dropped
    }

    fileprivate struct Order {
        let draft: RunDraft
        let client: String
        let key: RunKey?
        var waiters: [Int: CheckedContinuation<Outcome, Never>] = [:]
    }

    fileprivate struct State {
        var queue: FairQueue<Int>
        var orders: [Int: Order] = [:]
        var cache = RunCache<Int>()
        /// Ids of runs whose creation is being sent, and of orders that are about to be submitted.
        var sending: Set<String> = []
        /// Runs that are being journaled; their orders are still known.
        var beginning: Set<String> = []
        /// Runs that ended before their submission returned, and whether they succeeded.
        var ended: [String: Bool] = [:]
        var tickets = 0
        var isClosed = false
    }

    private let state: Mutex<State>
    private let live: LiveConfiguration
    private let submit: @Sendable (RunDraft) async throws -> String
    private let turns: AsyncStream<Int>
    private let turn: AsyncStream<Int>.Continuation

    /// - Parameter submit: journals the run and begins to send it; returns the id of the run, which is another one's where
    ///   that is there already under the draft's key. Throws ``BudgetRefusal`` when it would cost too much, ``KeyConflict``
    ///   when the key stands for another order, ``OutputObstacle`` when what is made could not be saved, anything else when it
    ///   cannot be made durable.
    init(
        live: LiveConfiguration,
        submit: @escaping @Sendable (RunDraft) async throws -> String
    ) {
        self.live = live
        self.submit = submit
        state = Mutex(State(queue: FairQueue(limit: live.current.queueLimit)))
        (turns, turn) = AsyncStream.makeStream()
    }

    var depth: Int { state.withLock { $0.queue.count } }

    func isFull(for client: String) -> Bool {
        let limit = live.current.queueLimit
        return state.withLock { state in
            state.queue.limit = limit
            return state.queue.isFull(for: client)
        }
    }

    // MARK: Requests

    /// Waits for a turn and submits the run.
    ///
    /// - Parameters:
    ///   - draft: must have an id.
    ///   - key: equal keys share one run; nil: always a run of its own.
    ///   - isPinned: the order was accepted earlier, so it also enters a full queue.
    func start(_ draft: RunDraft, client: String, key: RunKey?, isPinned: Bool = false) async -> Outcome {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enter(Order(draft: draft, client: client, key: key), ticket, isPinned, continuation)
            }
        } onCancel: {
            leave(ticket)
        }
    }

    private func enter(
        _ order: Order,
        _ ticket: Int,
        _ isPinned: Bool,
        _ continuation: CheckedContinuation<Outcome, Never>
    ) {
        let limit = live.current.queueLimit
        var answers: [(CheckedContinuation<Outcome, Never>, Outcome)] = []
        state.withLock { state in
            state.queue.limit = limit
            guard !state.isClosed, !Task.isCancelled else { return answers.append((continuation, .dropped)) }
            if let key = order.key, let entry = state.cache.entry(for: key, now: Date()) {
                switch entry {
                case .ordered(let first): state.orders[first]?.waiters[ticket] = continuation
                case .running(let runID), .ended(let runID):
                    answers.append((continuation, .started(runID: runID, isHit: true)))
                }
                return
            }
            switch state.queue.enter(ticket, client: order.client, isPinned: isPinned) {
            case .full: return answers.append((continuation, .full))
            case .waitingInPlace(let evicted):
                answers += state.drop(evicted).map { ($0, .full) }
            case .waiting: break
            }
            state.orders[ticket] = order
            state.orders[ticket]?.waiters[ticket] = continuation
            if let key = order.key { state.cache.ordered(ticket, key: key) }
        }
        for (waiter, outcome) in answers { waiter.resume(returning: outcome) }
        advance()
    }

    private func leave(_ ticket: Int) {
        let waiter = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            guard let (id, order) = state.orders.first(where: { $0.value.waiters[ticket] != nil }) else { return nil }
            let waiter = state.orders[id]?.waiters.removeValue(forKey: ticket)
            if order.waiters.count == 1, state.queue.leave(id, client: order.client) { _ = state.drop(id) }
            return waiter
        }
        waiter?.resume(returning: .dropped)
    }

    // MARK: The service

    /// Starts orders whose turn has come, until the task is canceled.
    func run() async {
        await withDiscardingTaskGroup { group in
            // Concurrent submissions share one write of the journal.
            for await id in turns { group.addTask { await self.begin(id) } }
        }
    }

    /// Takes every change of a run: frees its place for the next one, and records its end for repeated requests.
    func observe(_ run: RunRecord, hasJustEnded: Bool) {
        let configuration = live.current
        let isFreed = state.withLock { state in
            if hasJustEnded {
                let succeeded = run.prediction?.status == .succeeded
                if state.beginning.contains(run.id) {
                    state.ended[run.id] = succeeded
                } else {
                    state.end(run.id, succeeded: succeeded, lifetime: configuration.cache.lifetime)
                }
            }
            return run.isSent && state.sending.remove(run.id) != nil
        }
        if isFreed { advance() }
    }

    /// Frees the place of a run that another process has taken over.
    func release(_ id: String) {
        if state.withLock({ $0.sending.remove(id) }) != nil { advance() }
    }

    /// Drops all orders that were not started. Nothing is started after this call.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            var waiting: [CheckedContinuation<Outcome, Never>] = []
            while let id = state.queue.next() { waiting += state.drop(id) }
            return waiting
        }
        for waiter in waiting { waiter.resume(returning: .dropped) }
        turn.finish()
    }

    private func advance() {
        let width = live.current.width
        while let id = state.withLock({ $0.nextTurn(width: width) }) { turn.yield(id) }
    }

    private func begin(_ id: Int) async {
        guard let order = state.withLock({ $0.orders[id] }), let runID = order.draft.id else { return }
        var outcome = Outcome.started(runID: runID, isHit: false)
        var isReused = false
        do {
            let started = try await submit(order.draft)
            isReused = started != runID
            if isReused { outcome = .started(runID: started, isHit: true) }
        } catch let refusal as BudgetRefusal {
            outcome = .overBudget(refusal.description)
        } catch let conflict as KeyConflict {
            outcome = .conflict(conflict.description)
        } catch let obstacle as OutputObstacle {
            outcome = .unwritable(obstacle.description)
        } catch {
            outcome = .unwritable("The journal could not be written")
        }
        let lifetime = live.current.cache.lifetime
        // A run that was there already takes no place, and its end may be long past.
        let hasStarted = if case .started = outcome { !isReused } else { false }
        let waiters = state.withLock { state in
            let waiters = state.orders.removeValue(forKey: id)?.waiters ?? [:]
            state.beginning.remove(runID)
            if hasStarted {
                if let key = order.key { state.cache.started(runID, key: key) }
                if let succeeded = state.ended.removeValue(forKey: runID) {
                    state.end(runID, succeeded: succeeded, lifetime: lifetime)
                }
            } else {
                state.sending.remove(runID)
                if let key = order.key { state.cache.remove(key) }
            }
            return waiters
        }
        for (ticket, waiter) in waiters {
            if hasStarted, ticket != id {
                waiter.resume(returning: .started(runID: runID, isHit: true))
            } else {
                waiter.resume(returning: outcome)
            }
        }
        if !hasStarted { advance() }
    }
}

extension Dispatcher.State {
    /// Takes the next order out of the queue if one more creation may be on its way.
    fileprivate mutating func nextTurn(width: Int) -> Int? {
        guard sending.count < width, let id = queue.next() else { return nil }
        guard let order = orders[id], let runID = order.draft.id else {
            preconditionFailure("order \(id) waited in the queue without being known")
        }
        sending.insert(runID)
        beginning.insert(runID)
        return id
    }

    fileprivate mutating func end(_ runID: String, succeeded: Bool, lifetime: Duration) {
        let now = Date()
        let until = now.addingTimeInterval(lifetime / .seconds(1))
        cache.ended(runID, succeeded: succeeded, until: until, now: now)
    }

    /// Removes an order that has left the queue; returns the continuations of its requests.
    fileprivate mutating func drop(_ id: Int) -> [CheckedContinuation<Dispatcher.Outcome, Never>] {
        guard let order = orders.removeValue(forKey: id) else { return [] }
        if let key = order.key { cache.remove(key) }
        return Array(order.waiters.values)
    }
}
