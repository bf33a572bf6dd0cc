package import Money

/// The parts of a sum of money: paid, in flight at its upper end, and unknown. All views and commands use the same
/// words for them.
package struct SpendParts: Hashable, Sendable {
    /// The sum of the known costs.
    package var paid: Money
    /// The sum of the upper estimates of runs in flight.
    package var inFlight: Money
    /// The number of runs in flight without an estimate.
    package var unpriced: Int
    /// The sum of the upper estimates of ended runs whose cost is not known.
    package var unsettled: Money
    /// The number of ended runs whose cost is not known.
    package var unknownRuns: Int

    package init(
        paid: Money,
        inFlight: Money = .zero,
        unpriced: Int = 0,
        unsettled: Money = .zero,
        unknownRuns: Int = 0
    ) {
        self.paid = paid
        self.inFlight = inFlight
        self.unpriced = unpriced
        self.unsettled = unsettled
        self.unknownRuns = unknownRuns
    }

    /// The sum that counts against a limit.
    package var counted: Money { paid + unsettled + inFlight }

    /// The amount that may be added to ``paid``, such as ` + up to $0.20`; empty when there is none.
    package var pendingText: String {
        let sum = inFlight + unsettled
        return sum > .zero ? " + up to \(sum.shortText)" : ""
    }

    /// ` + ?` when a part of the sum is not known; otherwise empty.
    package var unknownText: String { unpriced + unknownRuns > 0 ? " + ?" : "" }

    /// All parts in a short form: `$0.31 + up to $0.20 + ?`.
    package var shortText: String { paid.shortText + pendingText + unknownText }

    /// The parts that are not certainly paid, each as a phrase: `up to $0.20 under way`, `1 under way at a price nobody
    /// knows`.
    package var remarks: [String] {
        var words: [String] = []
        if inFlight > .zero { words.append("up to \(inFlight.shortText) under way") }
        if unpriced > 0 { words.append("\(unpriced) under way at a price nobody knows") }
        if unknownRuns > 0 {
            let most = unsettled > .zero ? ", up to \(unsettled.shortText)" : ""
            words.append("the cost of \(unknownRuns) is not known\(most)")
        }
        return words
    }
}
