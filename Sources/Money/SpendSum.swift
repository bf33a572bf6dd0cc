/// The cost of several runs together, and what of it is not known: of a day, a model, a status, or a whole history.
///
/// Sums are exact, and add up with `+`.
package struct SpendSum: Hashable, Sendable {
    /// The number of runs that have ended, with every kind of cost.
    package var runs: Int
    /// The sum of the known costs.
    package var paid: Money
    /// The number of ended runs that cost nothing.
    package var freeRuns: Int
    /// The sum of the upper estimates of the free ones: what they would have cost. A run without an estimate adds
    /// nothing.
    package var freeHigh: Money
    /// The number of ended runs whose cost is not known. They add nothing to ``paid``.
    package var unknownRuns: Int
    /// The sum of the upper estimates of the unknown ones. It is not certainly paid, but counts against budgets. A run
    /// without an estimate adds nothing.
    package var unknownHigh: Money
    /// The ended runs whose estimate and cost are both known.
    package var compared: ComparedSum
    /// The runs that have not ended.
    package var inFlight: InFlightSum

    /// Without arguments, no runs.
    package init(
        runs: Int = 0,
        paid: Money = .zero,
        freeRuns: Int = 0,
        freeHigh: Money = .zero,
        unknownRuns: Int = 0,
        unknownHigh: Money = .zero,
        compared: ComparedSum = ComparedSum(),
        inFlight: InFlightSum = InFlightSum()
    ) {
        self.runs = runs
        self.paid = paid
        self.freeRuns = freeRuns
        self.freeHigh = freeHigh
        self.unknownRuns = unknownRuns
        self.unknownHigh = unknownHigh
        self.compared = compared
        self.inFlight = inFlight
    }

    package static func + (left: SpendSum, right: SpendSum) -> SpendSum {
        SpendSum(
            runs: left.runs + right.runs,
            paid: left.paid + right.paid,
            freeRuns: left.freeRuns + right.freeRuns,
            freeHigh: left.freeHigh + right.freeHigh,
            unknownRuns: left.unknownRuns + right.unknownRuns,
            unknownHigh: left.unknownHigh + right.unknownHigh,
            compared: left.compared + right.compared,
            inFlight: left.inFlight + right.inFlight
        )
    }

    package static func += (left: inout SpendSum, right: SpendSum) { left = left + right }

    /// The sum that counts against a limit: what is paid, and the upper estimates of what is unknown or in flight.
    package var counted: Money { paid + unknownHigh + inFlight.high }

    /// What is known of the cost of the ended runs.
    package enum Cost: Hashable, Sendable {
        /// Of no run is it known that it cost something, and of some the cost is not known.
        case unknown
        /// Every run cost nothing.
        case free
        case paid(Money)
    }

    /// What is known of the cost of the ended runs; $0 where none has ended.
    package var cost: Cost {
        guard runs > 0 else { return .paid(paid) }
        guard freeRuns + unknownRuns == runs else { return .paid(paid) }
        return unknownRuns > 0 ? .unknown : .free
    }
}

/// The cost of ended runs beside their estimates. Runs that were free or have no estimate are not among them.
package struct ComparedSum: Hashable, Sendable {
    /// The sum of what the runs cost.
    package var paid: Money
    /// The sum of their lower estimates.
    package var low: Money
    /// The sum of their upper estimates; zero where no run is compared.
    package var high: Money
    /// The number of the runs whose cost the server did not count: it was worked out from time or from the estimate.
    package var guessedRuns: Int

    /// Without arguments, no runs.
    package init(paid: Money = .zero, low: Money = .zero, high: Money = .zero, guessedRuns: Int = 0) {
        self.paid = paid
        self.low = low
        self.high = high
        self.guessedRuns = guessedRuns
    }

    package static func + (left: ComparedSum, right: ComparedSum) -> ComparedSum {
        ComparedSum(
            paid: left.paid + right.paid,
            low: left.low + right.low,
            high: left.high + right.high,
            guessedRuns: left.guessedRuns + right.guessedRuns
        )
    }

    /// Whether no run is compared.
    package var isEmpty: Bool { high <= .zero }

    /// Whether the server counted the cost of each run, and the sum is as estimated. Costs that were worked out prove
    /// nothing.
    package var isAsEstimated: Bool { !isEmpty && guessedRuns == 0 && deviation == nil }

    /// The difference between the costs and the estimates; nil within 20 %.
    package var deviation: Deviation? {
        guard paid > .zero else { return nil }
        return Deviation(of: .counted(paid, because: ""), from: .range(low: low, high: high, because: ""))
    }
}

/// The runs that have not ended, in every process on a history.
package struct InFlightSum: Hashable, Sendable {
    /// The number of runs, with or without an estimate.
    package var runs: Int
    /// The sum of their upper estimates.
    package var high: Money
    /// The number of runs without an estimate; they add nothing to ``high``.
    package var unpricedRuns: Int

    /// Without arguments, no runs.
    package init(runs: Int = 0, high: Money = .zero, unpricedRuns: Int = 0) {
        self.runs = runs
        self.high = high
        self.unpricedRuns = unpricedRuns
    }

    package static func + (left: InFlightSum, right: InFlightSum) -> InFlightSum {
        InFlightSum(
            runs: left.runs + right.runs,
            high: left.high + right.high,
            unpricedRuns: left.unpricedRuns + right.unpricedRuns
        )
    }

    /// Whether there are runs, and none of them has an estimate.
    package var isUnpriced: Bool { runs > 0 && unpricedRuns == runs }

    /// Adds one run.
    package mutating func add(_ estimate: Estimate) {
        runs += 1
        if let upper = estimate.high { high = high + upper } else { unpricedRuns += 1 }
    }

    /// Such as `2 runs of unknown price`; nil when every run has an estimate.
    package var unpricedText: String? { unpricedRuns > 0 ? Self.text(unpriced: unpricedRuns) : nil }

    /// Such as `2 runs of unknown price`.
    package static func text(unpriced runs: Int) -> String { "\(runs) \(runs == 1 ? "run" : "runs") of unknown price" }
}
