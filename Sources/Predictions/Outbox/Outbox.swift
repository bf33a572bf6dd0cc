import Foundation
import History

/// What is to be sent, and what may be: the line of queued runs, the places for creations under way, and the creation
/// budget. Pure.
struct Outbox: Sendable {
    private struct Waiting: Sendable {
        let id: RunRecord.ID
        let createdAt: Date
    }

    /// What may be done about the line now.
    enum Next: Hashable, Sendable {
        /// This run may be sent; it has a place from now on.
        case send(RunRecord.ID)
        /// The budget allows the next one in so many seconds.
        case wait(Double)
        /// Nothing waits, or every place is taken.
        case nothing
    }

    /// In the order in which the runs were asked for.
    private var waiting: [Waiting] = []
    /// Runs with a place: from when their version is looked up until their creation is answered.
    private(set) var underWay: Set<RunRecord.ID> = []
    private(set) var budget: CreationBudget
    private let places: Int

    /// - Parameter places: creations under way at once.
    init(budget: CreationBudget, places: Int) {
        self.budget = budget
        self.places = places
    }

    var isEmpty: Bool { waiting.isEmpty }

    // MARK: The line

    /// Puts a run in line, before those that were created later. One that is in line stays where it is.
    mutating func add(_ id: RunRecord.ID, createdAt: Date) {
        guard !waiting.contains(where: { $0.id == id }) else { return }
        let place = waiting.firstIndex { $0.createdAt > createdAt } ?? waiting.endIndex
        waiting.insert(Waiting(id: id, createdAt: createdAt), at: place)
    }

    mutating func remove(_ id: RunRecord.ID) { waiting.removeAll { $0.id == id } }

    mutating func next(now: Date) -> Next {
        guard let first = waiting.first, underWay.count < places else { return .nothing }
        // A run that is in line again still has its last place for a moment.
        guard !underWay.contains(first.id) else { return .nothing }
        if let delay = budget.take(now: now) { return .wait(delay) }
        waiting.removeFirst()
        underWay.insert(first.id)
        return .send(first.id)
    }

    // MARK: Places

    /// Takes a place for a new run that need not stand in line; false where it must.
    mutating func reserve(_ id: RunRecord.ID, now: Date) -> Bool {
        guard waiting.isEmpty, underWay.count < places, !underWay.contains(id), budget.take(now: now) == nil else {
            return false
        }
        underWay.insert(id)
        return true
    }

    /// The run was not journaled after all: nothing is sent.
    mutating func giveBack(_ id: RunRecord.ID) { if underWay.remove(id) != nil { budget.giveBack() } }

    /// The run's creation is answered, or is not sent.
    mutating func leave(_ id: RunRecord.ID) { underWay.remove(id) }

    // MARK: What the server says

    mutating func accepted() { budget.accepted() }

    mutating func slowDown(_ seconds: Double, now: Date) { budget.refused(retryAfter: seconds, now: now) }

    mutating func pause(_ seconds: Double, now: Date) { budget.pause(seconds, now: now) }
}
