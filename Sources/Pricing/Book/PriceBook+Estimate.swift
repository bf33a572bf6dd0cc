package import Foundation
package import ReplicateAPI

extension PriceBook {
    /// What one run of `model` with `input` will cost.
    ///
    /// Inputs that are not there count with the schema's default, else with the book's: dear defaults are the reason
    /// why naive tables are wrong. Where nobody says, every price that may apply makes the range.
    /// - Parameters:
    ///   - megapixelsIn: how large the pictures are that go in, by address; those of unknown size are left out.
    ///   - history: earlier runs of the model; nil: none are known.
    ///   - isOfficial: official models are never estimated from time.
    package func estimate(
        model: String,
        input: JSONObject,
        schema: InputSchema?,
        megapixelsIn: [String: Decimal] = [:],
        history: RunHistory?,
        isOfficial: Bool = false
    ) -> Estimate {
        guard let entry = models[model] ?? timed(model, history, isOfficial: isOfficial) else {
            let unknown = Estimate.unknown(reason: whyNotTimed(isOfficial: isOfficial))
            return history?.correcting(unknown) ?? unknown
        }
        let inputs = PricedInputs(entry: entry, input: input, schema: schema, megapixelsIn: megapixelsIn)
        let estimate = estimate(entry, inputs, history)
        // Seconds have been taken from the same runs already.
        let isTimed = entry.units == [.computeSecond]
        return isTimed ? estimate : history?.correcting(estimate) ?? estimate
    }

    func estimate(_ entry: ModelPrices, _ inputs: PricedInputs, _ history: RunHistory?) -> Estimate {
        var low = Money.zero
        var high = Money.zero
        var terms: [String] = []
        var notes: [String] = []
        // Prices of different units add up.
        for unit in entry.units {
            let candidates = inputs.candidates(for: unit)
            guard let first = candidates.first else {
                // A unit that is only billed with an input that is not there.
                if entry.prices.contains(where: { $0.unit == unit && $0.conditions.values.contains(.present) }),
                    entry.units.count > 1
                {
                    continue
                }
                return .unknown(reason: whyNoPrice(entry, inputs))
            }
            guard let amount = inputs.amount(of: unit, history: history) else {
                return .unknown(reason: inputs.whyUnknown(unit))
            }
            let price = candidates.dropFirst().reduce(first) { $0.spanning($1) }
            low = low + price.low * amount.least
            high = high + price.high * amount.most
            terms.append("\(amount.text(unit)) × \(price.rate)")
            if candidates.count > 1 { notes.append("\(inputs.undecided.joined(separator: " and ")) not set") }
            if unit == .computeSecond, let usual = history?.usualSeconds { notes.append(usual.source) }
            if candidates.contains(where: { $0.confidence == .weak }), unit != .computeSecond {
                notes.append("unconfirmed")
            }
        }
        var because = terms.joined(separator: " + ")
        if !notes.isEmpty { because += ", \(notes.joined(separator: ", "))" }
        // One run that took exactly so long does not make the next one's price certain.
        if low == high, !entry.units.contains(.computeSecond) { return .exact(low, because: because) }
        return .range(low: low, high: high, because: because)
    }

    private func whyNoPrice(_ entry: ModelPrices, _ inputs: PricedInputs) -> String {
        let named = Set(entry.prices.flatMap(\.conditions.keys)).sorted()
            .map { "\($0) \(inputs.text($0) ?? "not set")" }
        return "no price is known for \(named.joined(separator: ", "))"
    }

    // MARK: Time

    /// A model that is not in the book, billed by the second on the hardware that somebody has named.
    private func timed(_ model: String, _ history: RunHistory?, isOfficial: Bool) -> ModelPrices? {
        guard !isOfficial, let sku = history?.hardware, let rate = hardware[sku]?.rate else { return nil }
        return ModelPrices(
            model: model,
            prices: [Price(unit: .computeSecond, low: rate, high: rate)],
            defaults: [:],
            countInput: ModelPrices.countInput,
            mostImages: nil,
            durationInput: nil,
            defaultLength: nil,
            secondsPerImage: nil,
            origin: sku
        )
    }

    private func whyNotTimed(isOfficial: Bool) -> String {
        isOfficial
            ? "an official model that is not in the price book"
            : "billed by time; the API names no hardware"
    }

    // MARK: What is priced is what is run

    /// The inputs that the price depends on and that `input` leaves to their defaults, made explicit. Only inputs that
    /// the schema knows.
    package func pricedInputs(model: String, input: JSONObject, schema: InputSchema?) -> JSONObject {
        guard let entry = models[model], let schema else { return [:] }
        var names = Set(entry.prices.flatMap(\.conditions.keys))
        if let duration = entry.durationInput { names.insert(duration) }
        if entry.units.contains(.image) { names.formUnion(entry.countingInputs) }
        if entry.units.contains(.second) { names.formUnion(["num_frames", "fps", "frames_per_second"]) }
        if entry.units.contains(.megapixel) { names.formUnion(["megapixels", "width", "height", "resolution"]) }
        var made: JSONObject = [:]
        for name in names where input[name] == nil {
            guard let field = schema[name] else { continue }
            if let value = field.defaultValue ?? entry.defaults[name].flatMap({ field.value(typed: $0) }) {
                made[name] = value
            }
        }
        return made
    }
}

extension Price {
    /// Both together, where nobody can tell which of them applies.
    fileprivate func spanning(_ other: Price) -> Price {
        Price(unit: unit, low: min(low, other.low), high: max(high, other.high))
    }
}
