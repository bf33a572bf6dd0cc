package import Foundation
package import Money
package import ReplicateAPI

extension PriceBook {
    /// The estimate of one run of `model` with `input`.
    ///
    /// An input that is missing counts with the schema's default, else with the book's. Expensive defaults make tables
    /// without them wrong. Where a deciding value is not known, all prices that may apply make a range. An estimate is
    /// exact only if the book knows the effect of every input that could change the amount, and no earlier run with
    /// such inputs has cost more.
    ///
    /// - Parameters:
    ///   - model: `owner/name`, in any case.
    ///   - input: the inputs that will be sent.
    ///   - schema: the model's inputs; nil: not known.
    ///   - megapixelsIn: the sizes of input pictures in megapixels, by address; pictures of unknown size are left out.
    ///   - history: earlier runs of the model, and the named hardware; nil: none are known.
    ///   - isOfficial: official models are never estimated from time; nil: not known.
    package func estimate(
        model: String,
        input: JSONObject,
        schema: InputSchema?,
        megapixelsIn: [String: Decimal] = [:],
        history: RunHistory?,
        isOfficial: Bool? = false
    ) -> Estimate {
        guard let entry = self[model] ?? timed(model, history, isOfficial: isOfficial) else {
            let unknown = Estimate.unknown(reason: missingTimeReason(history, isOfficial: isOfficial))
            return history?.correcting(unknown) ?? unknown
        }
        let inputs = PricedInputs(entry: entry, input: input, schema: schema, megapixelsIn: megapixelsIn)
        let estimate = estimate(entry, inputs, history)
        // An estimate from time already uses the seconds of these runs.
        guard let history, !entry.isTimed else { return estimate }
        return widened(history.correcting(estimate), entry, inputs, history)
    }

    func estimate(_ entry: ModelPrices, _ inputs: PricedInputs, _ history: RunHistory?) -> Estimate {
        var low = Money.zero
        var high = Money.zero
        var terms: [String] = []
        var notes: [String] = []
        let usual = entry.units.contains(.computeSecond) ? inputs.usualSeconds(history) : nil
        // The prices of different units are added.
        for unit in entry.units {
            let candidates = inputs.candidates(for: unit)
            guard let first = candidates.first else {
                if entry.isOptional(unit) { continue }
                return .unknown(reason: missingPriceReason(entry, inputs))
            }
            guard let amount = inputs.amount(of: unit, usual: usual?.seconds) else {
                return .unknown(reason: inputs.unknownReason(unit))
            }
            let price = candidates.dropFirst().reduce(first) { $0.spanning($1) }
            low = low + price.low * amount.least
            high = high + price.high * amount.most
            terms.append("\(amount.text(unit)) × \(price.rate)")
            if candidates.count > 1 { notes.append("\(inputs.undecided.joined(separator: " and ")) not set") }
            if unit == .computeSecond, let usual {
                if entry.isHardwareOpen { notes.append("hardware not named") }
                notes.append(usual.seconds.source)
            }
            if let uncertainty = amount.uncertainty { notes.append(uncertainty) }
            if candidates.contains(where: \.isUnconfirmed) {
                notes.append("unconfirmed")
            }
        }
        // Earlier runs with the same inputs already show their effect on the time.
        let unlisted = usual?.isOfSuchInputs == true ? UnlistedInputs() : inputs.unlistedEffect
        if let obstacle = unlisted.obstacle { return .unknown(reason: obstacle) }
        low = low * unlisted.least
        high = high * unlisted.most
        notes += unlisted.notes
        var because = terms.joined(separator: " + ")
        if !notes.isEmpty { because += ", \(notes.joined(separator: ", "))" }
        // An approximate price, or the time of one earlier run, does not make the next price certain.
        let isCertain = low == high && notes.isEmpty && !entry.units.contains(.computeSecond)
        return isCertain ? .exact(low, because: because) : .range(low: low, high: high, because: because)
    }

    private func missingPriceReason(_ entry: ModelPrices, _ inputs: PricedInputs) -> String {
        let named = Set(entry.prices.flatMap(\.conditions.keys)).sorted()
            .map { "\($0) \(inputs.text($0) ?? "not set")" }
        return named.isEmpty ? "no price is known" : "no price is known for \(named.joined(separator: ", "))"
    }

    // MARK: Correction by earlier runs

    /// `estimate` as a range if it is exact and an earlier run with such inputs has cost over 20 % more than the book
    /// says.
    private func widened(
        _ estimate: Estimate,
        _ entry: ModelPrices,
        _ inputs: PricedInputs,
        _ history: RunHistory
    ) -> Estimate {
        guard case .exact(let money, let because) = estimate else { return estimate }
        var worst: (ratio: Decimal, cost: Money)?
        for run in history.overruns {
            let then = PricedInputs(entry: entry, input: run.input, schema: inputs.schema)
            guard let cost = run.cost, inputs.isLike(then),
                // A cost that the present book explains is not an error of the book.
                let known = self.estimate(entry, then, nil).high ?? run.estimate, known > .zero,
                cost > known * Deviation.highest
            else { continue }
            let ratio = cost.amount / known.amount
            if ratio > worst?.ratio ?? 0 { worst = (ratio, cost) }
        }
        guard let worst else { return estimate }
        let percent = ((worst.ratio - 1) * 100).rounded(0)
        return .range(
            low: money,
            high: money * worst.ratio,
            because: "\(because); no longer certain, because a run with such inputs cost \(worst.cost.text), "
                + "\(percent) % more than this book says of it"
        )
    }

    // MARK: Time

    /// Prices of a model that is not in the book and is billed by the second: on the named hardware, else on any
    /// hardware.
    private func timed(_ model: String, _ history: RunHistory?, isOfficial: Bool?) -> ModelPrices? {
        guard isOfficial == false else { return nil }
        if let sku = history?.hardware {
            guard let rate = hardware[sku]?.rate else { return nil }
            let price = Price(unit: .computeSecond, low: rate, high: rate)
            return ModelPrices(model: model, prices: [price], origin: sku)
        }
        let rates = hardware.values.map(\.rate)
        // Without a time there is no factor for the rate.
        guard let low = rates.min(), let high = rates.max(), history?.usualSeconds != nil else { return nil }
        let price = Price(unit: .computeSecond, low: low, high: high)
        return ModelPrices(model: model, prices: [price], origin: ModelPrices.openHardware)
    }

    private func missingTimeReason(_ history: RunHistory?, isOfficial: Bool?) -> String {
        switch isOfficial {
        case true?: "an official model that is not in the price book"
        case nil: "not in the price book, and nobody has asked the API how the model is billed"
        case false?:
            history?.hardware.map { "billed by time, and \($0) has no price" }
                ?? "billed by time; the API names no hardware, and no run of it is known yet"
        }
    }

    // MARK: Defaults that decide the price

    /// Inputs that decide the price and are missing in `input`, with their defaults. Only inputs of the schema.
    package func pricedInputs(model: String, input: JSONObject, schema: InputSchema?) -> JSONObject {
        guard let entry = self[model], let schema else { return [:] }
        var defaults = entry.defaults
        if let length = entry.defaultLength, length.least == length.most,
            let names = entry.quantities[.second]?.onlyInput, let name = names.first(where: { schema[$0] != nil })
        {
            defaults[name] = defaults[name] ?? "\(length.least)"
        }
        var made: JSONObject = [:]
        for name in entry.deciding where input[name] == nil {
            guard let field = schema[name] else { continue }
            if let value = field.defaultValue ?? defaults[name].flatMap({ field.value(typed: $0) }) {
                made[name] = value
            }
        }
        return made
    }
}

extension PricedInputs {
    /// The usual seconds of a run with these inputs. Own runs with the same inputs decide if there are enough of them;
    /// otherwise all known runs do.
    func usualSeconds(_ history: RunHistory?) -> (seconds: RunHistory.UsualSeconds, isOfSuchInputs: Bool)? {
        guard let history else { return nil }
        let settings = settings
        let alike = history.runs.filter { run in
            run.seconds != nil && !run.input.isEmpty
                && PricedInputs(entry: entry, input: run.input, schema: schema).settings == settings
        }
        let seconds = alike.compactMap(\.seconds)
        if seconds.count >= RunHistory.minimumRuns, seconds.count < history.seconds.count {
            return (.init(seconds, "your last \(seconds.count) runs with such inputs"), true)
        }
        return history.usualSeconds.map { ($0, seconds.count >= RunHistory.minimumRuns) }
    }

    /// The inputs that may change the price in an unknown way, as text.
    private var settings: [String: String] {
        unlisted.reduce(into: [:]) { $0[$1.name] = $1.value.plain }
    }

    /// Whether the reason for the cost of `other` may apply to this run too: both have an input that the entry does not
    /// know, or, if `other` has none, both have the same prices.
    func isLike(_ other: PricedInputs) -> Bool {
        let reasons = Set(other.unusual)
        guard reasons.isEmpty else { return !reasons.isDisjoint(with: unusual) }
        return entry.units.allSatisfy { candidates(for: $0) == other.candidates(for: $0) }
    }

    /// Names of inputs that the entry does not mention and whose value is not the model's default. Inputs that look
    /// harmless are included, because a run with one of them has cost more.
    private var unusual: [String] {
        let deciding = entry.deciding
        return input.keys.filter { name in
            guard !deciding.contains(name), let value = sent(name), !value.isAddress else { return false }
            if InputWords(name).hasWord(of: InputWords.prose.union(["seed"])) { return false }
            return standard(name).map { !$0.means(value) } ?? true
        }
    }
}

extension ModelPrices {
    /// The origin of a price that covers all hardware.
    static let openHardware = "any hardware"

    var isHardwareOpen: Bool { origin == Self.openHardware }
}

extension Price {
    /// A range that covers both prices, for the case that it is not known which one applies.
    fileprivate func spanning(_ other: Price) -> Price {
        Price(unit: unit, low: min(low, other.low), high: max(high, other.high))
    }
}
