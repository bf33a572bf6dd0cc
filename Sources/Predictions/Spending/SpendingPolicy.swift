package import Foundation
package import History
import Money
package import Pricing
package import ReplicateClient

/// What a process may spend, and how it guards against runs that do not end.
package struct SpendingPolicy: Hashable, Sendable {
    /// The limits in dollars; see ``Pricing/Budget``.
    package var budget: Budget
    /// Ends a run that takes so many times as long as the model's runs usually do, counted from its creation; nil: none.
    package var cancelAfter: Double?
    /// What models run on, by `owner/name`, as the person's settings say; goes before what was asked for.
    package var hardware: [String: String]
    /// Whose days and months are meant.
    package var calendar: Calendar

    /// Without arguments, no limits.
    package init(
        budget: Budget = Budget(),
        cancelAfter: Double? = nil,
        hardware: [String: String] = [:],
        calendar: Calendar = .current
    ) {
        self.budget = budget
        self.cancelAfter = cancelAfter
        self.hardware = hardware
        self.calendar = calendar
    }
}

/// Runs that were not started because of a limit; nothing was journaled or sent.
package enum BudgetRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case overBudget(BudgetObjection)
    /// A damage took costs out of the history, so that the sums cannot be told. `note` says when and what.
    case damagedHistory(note: String)

    /// A sentence with the sum and the limit, or with what to do.
    package var description: String {
        switch self {
        case .overBudget(let objection): objection.sentence
        case .damagedHistory(let note):
            "The history was damaged: \(note). The budget cannot be told, so nothing was sent; "
                + "`darkroom doctor --accept-damage` has it go by what is left."
        }
    }
}

extension SpendingPolicy {
    /// What counts against the budget at this moment, over every process on the database.
    ///
    /// - Parameter opened: when the session began.
    package func use(_ reader: SpendReader, opened: Date, now: Date) throws -> BudgetUse {
        let month = calendar.dateInterval(of: .month, for: now)?.start ?? now
        return BudgetUse(
            session: try reader.spent(since: opened),
            today: try reader.spent(since: calendar.startOfDay(for: now)),
            month: try reader.spent(since: month),
            inFlight: try reader.inFlight()
        )
    }

    /// The same by the server's time, as far as it is known: this machine's clock may be wrong.
    package func use(_ reader: SpendReader, clock: ServerClock) throws -> BudgetUse {
        try use(reader, opened: clock.startTime, now: clock.now())
    }

    /// Why sums over the time of a limit cannot be told; nil: they can.
    private func damage(_ reader: SpendReader, opened: Date, now: Date) throws -> BudgetRefusal? {
        var starts: [Date] = []
        if budget.session != nil { starts.append(opened) }
        if budget.day != nil { starts.append(calendar.startOfDay(for: now)) }
        if budget.month != nil { starts.append(calendar.dateInterval(of: .month, for: now)?.start ?? now) }
        guard let earliest = starts.min(), let note = try reader.missingMoney(since: earliest) else { return nil }
        return .damagedHistory(note: note)
    }

    /// Whether sums over days or sessions limit anything.
    var limitsTime: Bool { budget.session != nil || budget.day != nil || budget.month != nil }

    /// Stands before runs that are to be journaled in one transaction. Limits above which a person is asked are not looked
    /// at: whoever submits has asked.
    func gate(_ reader: SpendReader, clock: ServerClock) throws -> SpendingGate {
        // The sums are read over everything that ended since a limit began to count.
        guard limitsTime else { return SpendingGate(budget: budget, use: BudgetUse()) }
        var now = clock.now()
        // While the server has not been heard of, today may be any day from that on which the last run ended: what was
        // spent since the earliest of them counts.
        if clock.skew == nil, let last = try reader.lastEnd() { now = min(now, last) }
        return SpendingGate(
            budget: budget,
            use: try use(reader, opened: clock.startTime, now: now),
            damage: try damage(reader, opened: clock.startTime, now: now)
        )
    }
}

/// Lets runs through one after the other, each counted against the next. Pure.
struct SpendingGate {
    let budget: Budget
    private(set) var use: BudgetUse
    /// Set while the sums cannot be told.
    private let damage: BudgetRefusal?

    init(budget: Budget, use: BudgetUse, damage: BudgetRefusal? = nil) {
        self.budget = budget
        self.use = use
        self.damage = damage
    }

    /// Throws ``BudgetRefusal`` when runs of these prices, started together, would break a limit.
    mutating func admit(_ estimates: [Estimate]) throws(BudgetRefusal) {
        if let damage { throw damage }
        if case .refuse(let objection) = budget.decision(for: estimates, use: use) { throw .overBudget(objection) }
        for estimate in estimates { use.inFlight.add(estimate) }
    }
}
