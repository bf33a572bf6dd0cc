package import Foundation
package import Money
package import ReplicateAPI

/// What is known of a model's earlier runs: the ground of every estimate that inputs alone cannot give.
package struct RunHistory: Hashable, Sendable {
    /// One of them, as far as it teaches something about the next.
    package struct Run: Hashable, Sendable {
        /// What was sent; empty where the record was deleted.
        package var input: JSONObject
        /// Of compute; nil: not told.
        package var seconds: Double?
        /// nil: not known.
        package var cost: Money?
        /// The upper end of the estimate that it was started with; nil: there was none.
        package var estimate: Money?

        package init(input: JSONObject = [:], seconds: Double? = nil, cost: Money? = nil, estimate: Money? = nil) {
            self.input = input
            self.seconds = seconds
            self.cost = cost
            self.estimate = estimate
        }
    }

    /// The person's own runs that succeeded, newest first.
    package var runs: [Run]
    /// Runs that cost over 20 % more than the exact price they were started with, of all time, newest first.
    package var overruns: [Run]
    /// Compute seconds of the model's public examples.
    package var exampleSeconds: [Double]
    /// The API's name of the hardware; nil when nobody has said.
    package var hardware: String?

    package init(
        runs: [Run] = [],
        overruns: [Run] = [],
        exampleSeconds: [Double] = [],
        hardware: String? = nil
    ) {
        self.runs = runs
        self.overruns = overruns
        self.exampleSeconds = exampleSeconds
        self.hardware = hardware
    }

    /// Compute seconds of own runs, newest first.
    package var seconds: [Double] { runs.compactMap(\.seconds) }
    /// What own runs did cost, counted or by time, newest first.
    package var costs: [Money] { runs.compactMap(\.cost) }
    /// What own runs did cost, as a part of the upper estimate that they were started with: 1 means as estimated.
    package var ratios: [Decimal] {
        runs.compactMap { run in
            guard let cost = run.cost, let estimate = run.estimate, estimate > .zero else { return nil }
            return cost.amount / estimate.amount
        }
    }

    /// Fewer own runs say too little to stand alone.
    static let enough = 3

    /// Seconds that a run usually takes.
    struct UsualSeconds: Hashable {
        var low: Double
        var high: Double
        /// Whose runs say so.
        var source: String
    }

    /// The middle 80 %; nil when none are known.
    var usualSeconds: UsualSeconds? {
        let seconds = seconds
        if seconds.count >= Self.enough || (exampleSeconds.isEmpty && !seconds.isEmpty) {
            let runs = seconds.count == 1 ? "your last run" : "your last \(seconds.count) runs"
            return UsualSeconds(seconds, runs)
        }
        let all = seconds + exampleSeconds
        guard !all.isEmpty else { return nil }
        let examples = exampleSeconds.count == 1 ? "1 public example" : "\(exampleSeconds.count) public examples"
        let source = seconds.isEmpty ? examples : "\(seconds.count) of yours and \(examples)"
        // So few that none may be left out.
        return UsualSeconds(low: all.min() ?? 0, high: all.max() ?? 0, source: source)
    }

    /// `estimate` with what earlier runs taught: a range where inputs alone tell nothing, and a wider one where runs did
    /// not cost what they were estimated at.
    func correcting(_ estimate: Estimate) -> Estimate {
        if case .unknown(let reason) = estimate {
            let costs = costs
            guard costs.count >= Self.enough else { return estimate }
            let low = Self.quantile(costs, 0.1)
            let high = Self.quantile(costs, 0.9)
            let because = "what your last \(costs.count) runs cost (\(reason))"
            // Never exact: the next run may differ from all before it.
            return .range(low: low, high: high, because: because)
        }
        let ratios = ratios
        guard let low = estimate.low, let high = estimate.high, ratios.count >= Self.enough else { return estimate }
        let least = Self.quantile(ratios, 0.1)
        let most = Self.quantile(ratios, 0.9)
        guard least < Deviation.lowest || most > Deviation.highest else { return estimate }
        return .range(
            low: low * min(least, 1),
            high: high * max(most, 1),
            because: "\(estimate.explanation); your last \(ratios.count) runs cost "
                + "\(Self.text(least))–\(Self.text(most)) of the estimate"
        )
    }

    private static func text(_ ratio: Decimal) -> String { "\((ratio * 100).rounded(0)) %" }

    /// The value below which `part` (0…1) of the values lie, by the nearest rank.
    static func quantile<Value: Comparable>(_ values: [Value], _ part: Double) -> Value {
        precondition(!values.isEmpty, "a quantile of nothing was asked for")
        let sorted = values.sorted()
        let rank = Int((Double(sorted.count) * part).rounded(.up)) - 1
        return sorted[min(max(rank, 0), sorted.count - 1)]
    }
}

extension RunHistory.UsualSeconds {
    /// The middle 80 % of `seconds`, which is not empty.
    init(_ seconds: [Double], _ source: String) {
        low = RunHistory.quantile(seconds, 0.1)
        high = RunHistory.quantile(seconds, 0.9)
        self.source = source
    }
}
