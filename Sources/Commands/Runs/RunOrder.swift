import Composing
import Foundation
import History
import Money
import Predictions
import ReplicateAPI

/// What is to be run, and under which names.
struct RunOrder: Sendable {
    var given: CommandOrder
    var hardware: String?
    /// So that the order is not paid twice; nil: it is made every time.
    var key: String?
    var isForced = false
    var tags: [String] = []
    var savesOutputs = true
    /// nil: by day and prompt.
    var target: OutputTarget?

    init(given: CommandOrder) { self.given = given }
}

/// An order as it was composed, priced and compared with what is there, before anything is sent or uploaded.
struct PreparedOrder: Sendable {
    let order: RunOrder
    let composed: ComposedRuns
    /// Files stand in them as placeholders.
    let drafts: [RunDraft]
    /// Of each draft.
    let decisions: [KeyRule.Decision]

    /// Prices of the runs that are made.
    var estimates: [Estimate] {
        zip(drafts, decisions).filter { $0.1 == .make }.map(\.0.estimate)
    }

    /// Of runs that are there and were never sent: they cost something from now on.
    private var unsent: [RunRecord] {
        decisions.compactMap { decision in
            guard case .reuse(let run) = decision, run.stage == .queued || run.isCertainlyAbsent else { return nil }
            return run
        }
    }

    /// What is still to be paid for the order.
    var total: Estimate { .sum(estimates + unsent.map(\.estimate)) }
    /// Prices of the runs that no budget counts yet.
    var uncounted: [Estimate] { estimates + unsent.filter(\.isCertainlyAbsent).map(\.estimate) }
    /// Nothing is sent for the order.
    var sendsNothing: Bool { makesNothing && unsent.isEmpty }
    var makesNothing: Bool { !decisions.contains(.make) }
}
