package import Foundation

/// What is known of a model's earlier runs: the ground of every estimate that inputs alone cannot give.
package struct RunHistory: Hashable, Sendable {
    /// Compute seconds of the person's own successful runs, newest first.
    package var seconds: [Double]
    /// Compute seconds of the model's public examples.
    package var exampleSeconds: [Double]
    /// The API's name of the hardware; nil when nobody has said.
    package var hardware: String?
    /// What own runs did cost, counted or by time, newest first.
    package var costs: [Money]
    /// What own runs did cost, as a part of the upper estimate that they were started with: 1 means as estimated.
    package var ratios: [Decimal]

    package init(
        seconds: [Double] = [],
        exampleSeconds: [Double] = [],
        hardware: String? = nil,
        costs: [Money] = [],
        ratios: [Decimal] = []
    ) {
        self.seconds = seconds
        self.exampleSeconds = exampleSeconds
        self.hardware = hardware
        self.costs = costs
        self.ratios = ratios
    }

    /// Fewer own runs say too little to stand alone.
    static let enough = 3

    /// Seconds that a run usually takes, the middle 80 %, and whose runs say so; nil when none are known.
    var usualSeconds: (low: Double, high: Double, source: String)? {
        if seconds.count >= Self.enough || (exampleSeconds.isEmpty && !seconds.isEmpty) {
            let runs = seconds.count == 1 ? "your last run" : "your last \(seconds.count) runs"
            return (Self.quantile(seconds, 0.1), Self.quantile(seconds, 0.9), runs)
        }
        let all = seconds + exampleSeconds
        guard !all.isEmpty else { return nil }
        let examples = exampleSeconds.count == 1 ? "1 public example" : "\(exampleSeconds.count) public examples"
        let source = seconds.isEmpty ? examples : "\(seconds.count) of yours and \(examples)"
        // So few that none may be left out.
        return (all.min() ?? 0, all.max() ?? 0, source)
    }

    /// `estimate` with what earlier runs taught: a range where inputs alone tell nothing, and a wider one where runs did
    /// not cost what they were estimated at.
    func correcting(_ estimate: Estimate) -> Estimate {
        if case .unknown(let reason) = estimate {
            guard costs.count >= Self.enough else { return estimate }
            let low = Self.quantile(costs, 0.1)
            let high = Self.quantile(costs, 0.9)
            let because = "what your last \(costs.count) runs cost (\(reason))"
            // Never exact: the next run may differ from all before it.
            return .range(low: low, high: high, because: because)
        }
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

extension Decimal {
    func rounded(_ places: Int, _ mode: NSDecimalNumber.RoundingMode = .plain) -> Decimal {
        var exact = self
        var result = Decimal()
        NSDecimalRound(&result, &exact, places, mode)
        return result
    }
}
