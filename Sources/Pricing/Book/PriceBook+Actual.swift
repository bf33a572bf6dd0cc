import Foundation
package import Money
package import ReplicateAPI

extension PriceBook {
    /// The cost of a finished run, from the billing counters in its metrics.
    ///
    /// Time × hardware price is used only for models that are billed by time. For a model that is priced by output it
    /// would be wrong: a public program got 25 times the true cost.
    ///
    /// - Parameters:
    ///   - prediction: the finished prediction; for one that is not finished the cost is unknown.
    ///   - input: the input that was sent; the server empties its own copy after an hour.
    ///   - sku: the API's name of the hardware; nil: not known.
    ///   - isPublic: whether the model is public. Nil: not known; then a failed run is free only where the book or the
    ///     answer shows that the model is public.
    package func actual(
        _ prediction: Prediction,
        input: JSONObject,
        hardware sku: String?,
        isPublic: Bool? = nil
    ) -> ActualCost {
        let cost = booked(prediction, input: input, hardware: sku, isPublic: isPublic)
        guard let money = cost.money, money > Self.mostOfARun else { return cost }
        return .unknown(reason: "what the server counted cannot be true")
    }

    /// No run costs more; counters that say so are wrong, and would be lost in every sum.
    private static let mostOfARun = Money(1_000_000)

    private func booked(
        _ prediction: Prediction,
        input: JSONObject,
        hardware sku: String?,
        isPublic: Bool?
    ) -> ActualCost {
        // Private models, and deployments of any model, are billed for their time.
        let isPrivate = prediction.deployment != nil || isPublic == false
        switch prediction.status {
        case .failed where isPrivate: return byTime(prediction, sku: sku, isPrivate: true)
        case .failed:
            let isKnownPublic = isPublic ?? (self[prediction.model] != nil || prediction.version == "hidden")
            return isKnownPublic
                ? .free(reason: "a failed run of a public model is free")
                : .unknown(reason: "failed: free if the model is public, and nobody has looked")
        case .aborted: return .free(reason: "it never started")
        case .canceled where prediction.startedAt == nil && (prediction.predictTime ?? 0) <= 0:
            return .free(reason: "it never started")
        case .starting, .processing, .unknown: return .unknown(reason: "not finished")
        case .succeeded, .canceled: break
        }
        guard prediction.deployment == nil, let entry = self[prediction.model] else {
            return byTime(prediction, sku: sku, isPrivate: isPrivate)
        }
        let counters = BillingCounters(prediction: prediction)
        let inputs = PricedInputs(entry: entry, input: input, schema: nil, measured: counters.measured(entry))
        // The book's defaults stand for what was not given, and not for what the server has forgotten.
        if prediction.dataRemoved, input.isEmpty {
            let cost = entry.prices.allSatisfy(\.conditions.isEmpty) ? counted(entry, inputs, counters) : nil
            return cost ?? .unknown(reason: "its inputs are gone, and the price depends on them")
        }
        return counted(entry, inputs, counters) ?? uncounted(prediction, entry, inputs)
    }

    /// The cost from counters; nil when the server sent no counter for a billed unit.
    private func counted(_ entry: ModelPrices, _ inputs: PricedInputs, _ counters: BillingCounters) -> ActualCost? {
        var low = Money.zero
        var high = Money.zero
        var terms: [String] = []
        for unit in entry.units {
            let candidates = inputs.candidates(for: unit)
            guard !candidates.isEmpty else {
                // An optional unit may be missing; without any other unit, a part of the bill would be missing.
                guard entry.isOptional(unit) else { return .unknown(reason: "no price is known for these inputs") }
                continue
            }
            guard let count = counters[unit] else { return nil }
            low = low + (candidates.map(\.low).min() ?? .zero) * count
            let dearest = candidates.max { $0.high < $1.high } ?? candidates[0]
            high = high + dearest.high * count
            terms.append("\(Quantity(count).text(unit)) × \(dearest.rate)")
        }
        guard !terms.isEmpty else { return .unknown(reason: "no price is known for these inputs") }
        let because = terms.joined(separator: " + ")
        if low == high {
            // Seconds of computing are measured; they are not a counter of the bill.
            return entry.units.contains(.computeSecond)
                ? .estimated(high, because: because) : .counted(high, because: because)
        }
        return .estimated(high, because: "at most \(because)")
    }

    private func uncounted(_ prediction: Prediction, _ entry: ModelPrices, _ inputs: PricedInputs) -> ActualCost {
        guard prediction.status == .succeeded else {
            return .unknown(reason: "charged for the time it ran, and the server counted nothing")
        }
        var counted = inputs
        let files = prediction.outputURLs.count
        if entry.units == [.image], files > 0 { counted.files = files }
        switch estimate(entry, counted, nil) {
        case .exact(let money, let because): return .estimated(money, because: because)
        case .range(_, let high, let because): return .estimated(high, because: "at most \(because)")
        case .unknown(let reason): return .unknown(reason: reason)
        }
    }

    private func byTime(_ prediction: Prediction, sku: String?, isPrivate: Bool) -> ActualCost {
        guard isPrivate || prediction.version != "hidden" else {
            return .unknown(reason: "an official model that is not in the price book")
        }
        guard let seconds = prediction.predictTime else { return .unknown(reason: "the server measured no time") }
        guard let sku, let rate = hardware[sku]?.rate else {
            return .unknown(reason: "billed by time; the API names no hardware")
        }
        let time = Quantity.seconds(seconds)
        let because = "\(time) s × \(rate.exactText)/s"
        // Boot and idle time are billed as well and are shared between runs; the share of one run is not known.
        return .estimated(
            rate * time,
            because: isPrivate ? "\(because); private: set-up and idle time on top" : because
        )
    }
}
