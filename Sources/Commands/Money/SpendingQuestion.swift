import Composing
import History
import Money
import Predictions
import Pricing
import ReplicateAPI

/// The limit of a command, the budgets, and the sum above which a person is asked.
///
/// Budgets are checked once more where the runs are journaled, so that no other process can spend in between.
struct SpendingQuestion {
    let composition: Composition
    /// Nothing is asked below it; nil: none was named.
    let limit: Money?

    /// Throws ``CommandError`` when the runs that are made may not be.
    func ask(_ prepared: PreparedOrder) throws {
        guard !prepared.sendsNothing else { return }
        let total = prepared.total
        if let limit { try Self.check(total, against: limit) }
        let repetition = Repetition(of: prepared.composed.requests.map { ($0.model, $0.input) })
        var reasons = repetition.map { [$0.text] } ?? []
        switch composition.judge(prepared.uncounted) {
        case .allow: break
        case .refuse(let objection): throw CommandError(.overBudget, objection.sentence)
        case .ask(let question): reasons.insert(question.sentence, at: 0)
        }
        let price = "\(total.label) USD: \(total.explanation)"
        let console = composition.context.console
        // A limit that was named answers the question.
        guard !reasons.isEmpty, limit == nil,
            let isMeant = console.ask(([price + "."] + reasons + ["Run?"]).joined(separator: " "))
        else {
            // Whatever is not certain, or paid twice, is said before it is paid.
            if total.isRange { console.say(price) }
            if let repetition { console.say(repetition.text) }
            return
        }
        if !isMeant { throw CommandError(.overBudget, "Not run. --max-cost names a limit and asks nothing") }
    }

    /// Throws ``CommandError`` when the price may be above the limit.
    static func check(_ total: Estimate, against limit: Money) throws {
        guard let high = total.high else {
            throw CommandError(
                .overBudget,
                "The price is not known (\(total.explanation)), so --max-cost cannot hold; leave it out to run all the same"
            )
        }
        guard high <= limit else {
            throw CommandError(
                .overBudget,
                "This may cost \(high.text) USD, more than --max-cost \(limit.text): \(total.explanation)"
            )
        }
    }
}
