import Foundation
package import ReplicateAPI

extension PriceBook {
    /// What a finished run cost, from the billing counters in its metrics.
    ///
    /// Compute time × hardware price is used only for models that are billed by time: for one that is priced by output
    /// it was 25 times too high in a public program.
    package func actual(_ prediction: Prediction, input: JSONObject, hardware sku: String?) -> ActualCost {
        let entry = models[prediction.model]
        switch prediction.status {
        case .failed: return .free(reason: "a failed run of a public model is free")
        case .aborted: return .free(reason: "it never started")
        case .canceled where prediction.startedAt == nil: return .free(reason: "it never started")
        case .starting, .processing, .unknown: return .unknown(reason: "not finished")
        case .succeeded, .canceled: break
        }
        guard let entry else { return byTime(prediction, sku: sku) }
        let inputs = PricedInputs(entry: entry, input: input, schema: nil)
        let matching = entry.prices.filter { inputs.satisfies($0.conditions) }
        let chosen = Dictionary(grouping: matching, by: \.unit).values.compactMap { group in
            group.max { $0.conditions.count < $1.conditions.count }
        }
        var total = Money.zero
        var terms: [String] = []
        for price in chosen.sorted(by: { $0.unit.rawValue < $1.unit.rawValue }) {
            guard price.low == price.high, let count = Self.counter(price.unit, prediction.metrics) else {
                return fromEstimate(prediction, input: input)
            }
            total = total + price.low * count
            terms.append("\(Quantity(count).text(price.unit)) × \(price.rate)")
        }
        guard !terms.isEmpty else { return .unknown(reason: "no price is known for these inputs") }
        return .counted(total, because: terms.joined(separator: " + "))
    }

    private func fromEstimate(_ prediction: Prediction, input: JSONObject) -> ActualCost {
        guard prediction.status == .succeeded else { return .unknown(reason: "the server counted nothing") }
        switch estimate(model: prediction.model, input: input, schema: nil, history: nil) {
        case .exact(let money, let because): return .estimated(money, because: because)
        case .range(_, let high, let because): return .estimated(high, because: because)
        case .unknown(let reason): return .unknown(reason: reason)
        }
    }

    private func byTime(_ prediction: Prediction, sku: String?) -> ActualCost {
        guard let seconds = prediction.predictTime else { return .unknown(reason: "not in the price book") }
        guard let sku, let rate = hardware[sku] else {
            return .unknown(reason: "billed by time, and the API does not tell the hardware")
        }
        let time = Quantity.decimal(seconds)
        return .estimated(rate * time, because: "\(time) s × \(rate.text)/s")
    }

    /// A billing counter of the metrics, exact; nil when the server sent none.
    private static func counter(_ unit: Price.Unit, _ metrics: JSONObject) -> Decimal? {
        let names: [String] =
            switch unit {
            case .image: ["image_output_count", "image_count"]
            case .video: ["video_output_count"]
            case .second: ["video_output_duration_seconds"]
            case .inputToken: ["token_input_count", "input_token_count"]
            case .outputToken: ["token_output_count", "output_token_count"]
            case .run: []
            case .megapixel, .inputMegapixel: ["no counter"]
            }
        if unit == .run { return 1 }
        return names.lazy.compactMap { metrics[$0] }.first.flatMap { Decimal(string: $0.plain) }
    }
}
