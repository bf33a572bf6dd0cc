import Foundation
import History
import ReplicateAPI

/// Whom to ask when, and whose run each prediction is. Pure: times are the server's.
struct Watch: Sendable {
    /// Questions under way at once: what a rate of 45 a second needs at a sixth of a second each.
    private static let mostQuestions = 8
    /// Seconds after an end for which the server has logs.
    private static let logLifetime = 3_600.0

    private var schedule: PollSchedule
    private var runs: [Prediction.ID: RunRecord.ID] = [:]
    private var questions = 0
    /// Predictions that were asked for their logs after their end.
    private var askedForLogs: Set<Prediction.ID> = []

    /// - Parameter interval: seconds between two questions about the same; nil: as soon as it may be worth one.
    init(interval: Double?) { schedule = PollSchedule(interval: interval) }

    var isEmpty: Bool { schedule.isEmpty }

    /// The run that a prediction belongs to; nil: none that this process works on.
    func run(of prediction: Prediction.ID) -> RunRecord.ID? { runs[prediction] }

    // MARK: Whom to ask

    /// The prediction belongs to this run, whether or not it is asked for.
    mutating func assign(_ prediction: Prediction.ID, to run: RunRecord.ID) { runs[prediction] = run }

    /// - Parameter typical: seconds that runs of the model usually take; nil: not known.
    mutating func add(_ prediction: Prediction.ID, createdAt: Date, typical: Double?) {
        schedule.add(prediction, createdAt: createdAt, typical: typical)
    }

    /// The prediction is not asked for any more; it still belongs to its run.
    mutating func remove(_ prediction: Prediction.ID) { schedule.remove(prediction) }

    /// The prediction belongs to no run of this process any more.
    mutating func release(_ prediction: Prediction.ID) {
        schedule.remove(prediction)
        runs[prediction] = nil
    }

    /// Predictions that are looked at; replaces those that were before.
    mutating func attend(_ predictions: Set<Prediction.ID>) { schedule.watch(predictions) }

    /// The end of a prediction is known without its logs: fetched when there is time.
    mutating func wantLogs(of prediction: Prediction.ID) { schedule.wantLogs(prediction) }

    /// Whether the logs of an ended run are to be asked for now: once, and while the server has them.
    mutating func shouldAskForLogs(of run: RunRecord, now: Date) -> Prediction.ID? {
        guard run.logs.isEmpty, let prediction = run.prediction, prediction.isFinished,
            let end = prediction.completedAt, now.timeIntervalSince(end) < Self.logLifetime,
            askedForLogs.insert(prediction.id).inserted
        else { return nil }
        return prediction.id
    }

    // MARK: Questions

    /// What to ask now; nil: nothing yet. What is returned must be reported with ``answered(_:unseen:now:)`` or
    /// ``failed(_:retryAfter:now:)``.
    mutating func next(now: Date) -> PollSchedule.Order? {
        guard questions < Self.mostQuestions, let order = schedule.next(now: now) else { return nil }
        questions += 1
        return order
    }

    /// Seconds until ``next(now:)`` will have something; nil: nothing by itself.
    func wait(now: Date) -> Double? {
        guard questions < Self.mostQuestions, let due = schedule.dueAt(now: now) else { return nil }
        return max(due.timeIntervalSince(now), 0.002)
    }

    /// Whom an order of this window is meant to show.
    func members(of window: PollWindow.ID) -> Set<Prediction.ID> { schedule.members(of: window) }

    /// - Parameter unseen: members of the window that no page showed.
    mutating func answered(_ order: PollSchedule.Order, unseen: Set<Prediction.ID> = [], now: Date) {
        questions -= 1
        // What was added meanwhile, or has ended, is no concern of this order.
        schedule.asked(order, unseen: unseen.filter { runs[$0] != nil }, now: now)
    }

    /// - Parameter retryAfter: seconds; nil where the server did not say.
    mutating func failed(_ order: PollSchedule.Order, retryAfter: Double?, now: Date) {
        questions -= 1
        schedule.failed(order, retryAfter: retryAfter, now: now)
    }
}
