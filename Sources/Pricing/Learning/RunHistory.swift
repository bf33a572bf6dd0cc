package import Foundation
package import Money
package import ReplicateAPI

/// What is known of a model's earlier runs. It is the basis of estimates that need more than the inputs.
package struct RunHistory: Hashable, Sendable {
    /// An earlier run, reduced to what estimates need.
    package struct Run: Hashable, Sendable {
        /// The input that was sent; empty when the record was deleted.
        package var input: JSONObject
        /// Seconds of computing; nil: not known.
        package var seconds: Double?
        /// The cost, counted or worked out; nil: not known.
        package var cost: Money?
        /// The upper end of the estimate before the run; nil: it had none.
        package var estimate: Money?

        package init(input: JSONObject = [:], seconds: Double? = nil, cost: Money? = nil, estimate: Money? = nil) {
            self.input = input
            self.seconds = seconds
            self.cost = cost
            self.estimate = estimate
        }
    }

    /// The user's own runs that succeeded, newest first.
    package var runs: [Run]
    /// All runs that cost over 20 % more than the exact price estimated before, newest first.
    package var overruns: [Run]
    /// Seconds of computing of the model's public examples.
    package var exampleSeconds: [Double]
    /// The API's name of the hardware, as the user gave it; nil when it is not known.
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

    /// Seconds of computing of own runs, newest first.
    package var seconds: [Double] { runs.compactMap(\.seconds) }
    /// Costs of own runs, counted or worked out from time, newest first.
    package var costs: [Money] { runs.compactMap(\.cost) }
    /// Costs of own runs divided by the upper estimate before the run: 1 means as estimated.
    package var ratios: [Decimal] {
        runs.compactMap { run in
            guard let cost = run.cost, let estimate = run.estimate, estimate > .zero else { return nil }
            return cost.amount / estimate.amount
        }
    }

    /// With fewer own runs, public examples are used too.
    static let minimumRuns = 3

    /// The usual range of the seconds of a run.
    struct UsualSeconds: Hashable {
        var low: Double
        var high: Double
        /// The runs from which it was worked out, in words.
        var source: String
    }

    /// The middle 80 % of the known seconds; nil when none are known.
    var usualSeconds: UsualSeconds? {
        let seconds = seconds
        if seconds.count >= Self.minimumRuns || (exampleSeconds.isEmpty && !seconds.isEmpty) {
            let runs = seconds.count == 1 ? "your last run" : "your last \(seconds.count) runs"
            return UsualSeconds(seconds, runs)
        }
        let all = seconds + exampleSeconds
        guard !all.isEmpty else { return nil }
        let examples = exampleSeconds.count == 1 ? "1 public example" : "\(exampleSeconds.count) public examples"
        let source = seconds.isEmpty ? examples : "\(seconds.count) of yours and \(examples)"
        // With so few runs, none is left out.
        return UsualSeconds(low: all.min() ?? 0, high: all.max() ?? 0, source: source)
    }

    /// `estimate`, corrected by earlier runs: a range of their costs where the price is unknown, and a wider range
    /// where their costs differed from their estimates.
    func correcting(_ estimate: Estimate) -> Estimate {
        if case .unknown(let reason) = estimate {
            let costs = costs
            guard costs.count >= Self.minimumRuns else { return estimate }
            let low = Self.quantile(costs, 0.1)
            let high = Self.quantile(costs, 0.9)
            let because = "what your last \(costs.count) runs cost (\(reason))"
            // Never exact, because the next run may differ from all earlier ones.
            return .range(low: low, high: high, because: because)
        }
        let ratios = ratios
        guard let low = estimate.low, let high = estimate.high, ratios.count >= Self.minimumRuns else {
            return estimate
        }
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

    /// The value at or below which `part` (0 to 1) of the values lie, by the nearest rank. Traps for an empty list.
    static func quantile<Value: Comparable>(_ values: [Value], _ part: Double) -> Value {
        precondition(!values.isEmpty, "a quantile of nothing was asked for")
        let sorted = values.sorted()
        let rank = Int((Double(sorted.count) * part).rounded(.up)) - 1
        return sorted[min(max(rank, 0), sorted.count - 1)]
    }
}

extension RunHistory.UsualSeconds {
    /// The middle 80 % of `seconds`, which must not be empty.
    init(_ seconds: [Double], _ source: String) {
        low = RunHistory.quantile(seconds, 0.1)
        high = RunHistory.quantile(seconds, 0.9)
        self.source = source
    }
}
