package import Money

/// The parts of a sum of money, in the words of every door: what is paid, what is under way at its upper end, and what
/// nobody can tell.
package struct SpendParts: Hashable, Sendable {
    package var paid: Money
    /// Upper estimates of what is under way.
    package var underWay: Money
    /// Runs under way whose price nobody knows.
    package var unpriced: Int
    /// Upper estimates of what ended at a cost that nobody can tell.
    package var unsettled: Money
    /// Runs that ended at a cost that nobody can tell.
    package var unknownRuns: Int

    package init(
        paid: Money,
        underWay: Money = .zero,
        unpriced: Int = 0,
        unsettled: Money = .zero,
        unknownRuns: Int = 0
    ) {
        self.paid = paid
        self.underWay = underWay
        self.unpriced = unpriced
        self.unsettled = unsettled
        self.unknownRuns = unknownRuns
    }

    /// What is held against a limit.
    package var counted: Money { paid + unsettled + underWay }

    /// What may be added to ``paid``, such as ` + up to $0.20`; empty: nothing.
    package var pending: String {
        let sum = underWay + unsettled
        return sum > .zero ? " + up to \(sum.shortText)" : ""
    }

    /// ` + ?` while nobody can tell all of it; else empty.
    package var open: String { unpriced + unknownRuns > 0 ? " + ?" : "" }

    /// `$0.31 + up to $0.20 + ?`
    package var short: String { paid.shortText + pending + open }

    /// What is not paid for certain, a part each: `up to $0.20 under way`, `1 under way at a price nobody knows`.
    package var remarks: [String] {
        var words: [String] = []
        if underWay > .zero { words.append("up to \(underWay.shortText) under way") }
        if unpriced > 0 { words.append("\(unpriced) under way at a price nobody knows") }
        if unknownRuns > 0 {
            let most = unsettled > .zero ? ", up to \(unsettled.shortText)" : ""
            words.append("the cost of \(unknownRuns) is not known\(most)")
        }
        return words
    }
}
