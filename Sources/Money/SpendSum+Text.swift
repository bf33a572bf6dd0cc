/// The words for the parts of a sum: the same in all views and commands.
extension SpendSum {
    /// The cost of the ended runs: `?` when nothing but free runs is known, `free` when all were.
    package var label: String {
        switch cost {
        case .unknown: "?"
        case .free: ActualCost.Basis.free.rawValue
        case .paid(let money): money.shortText
        }
    }

    /// The amount that may be added to ``paid``, such as ` + up to $0.20`; empty when there is none.
    package var pendingText: String {
        let sum = inFlight.high + unknownHigh
        return sum > .zero ? " + up to \(sum.shortText)" : ""
    }

    /// ` + ?` when a part of the sum is not known; otherwise empty.
    package var unknownText: String { inFlight.unpricedRuns + unknownRuns > 0 ? " + ?" : "" }

    /// All parts in a short form: `$0.31 + up to $0.20 + ?`.
    package var shortText: String { paid.shortText + pendingText + unknownText }

    /// The parts that are not certainly paid, each as a phrase: `up to $0.20 under way`, `1 under way at a price nobody
    /// knows`.
    package var remarks: [String] {
        var words: [String] = []
        if inFlight.high > .zero { words.append("up to \(inFlight.high.shortText) under way") }
        if inFlight.unpricedRuns > 0 { words.append("\(inFlight.unpricedRuns) under way at a price nobody knows") }
        if unknownRuns > 0 {
            let most = unknownHigh > .zero ? ", up to \(unknownHigh.shortText)" : ""
            words.append("the cost of \(unknownRuns) is not known\(most)")
        }
        return words
    }
}
