package import Foundation
package import Money
package import ReplicateAPI

extension PriceBook {
    /// What one run of `model` with `input` will cost.
    ///
    /// Inputs that are not there count with the schema's default, else with the book's: dear defaults are the reason
    /// why naive tables are wrong. Where nobody says, every price that may apply makes the range. An estimate is exact
    /// only where the book tells what every input does that could change how much is made, and no run with such inputs
    /// has cost more.
    /// - Parameters:
    ///   - model: `owner/name`, in upper or lower case.
    ///   - megapixelsIn: how large the pictures are that go in, by address; those of unknown size are left out.
    ///   - history: earlier runs of the model and the hardware that somebody has named; nil: none are known.
    ///   - isOfficial: official models are never estimated from time; nil: nobody has looked.
    package func estimate(
        model: String,
        input: JSONObject,
        schema: InputSchema?,
        megapixelsIn: [String: Decimal] = [:],
        history: RunHistory?,
        isOfficial: Bool? = false
    ) -> Estimate {
        guard let entry = self[model] ?? timed(model, history, isOfficial: isOfficial) else {
            let unknown = Estimate.unknown(reason: whyNotTimed(history, isOfficial: isOfficial))
            return history?.correcting(unknown) ?? unknown
        }
        let inputs = PricedInputs(entry: entry, input: input, schema: schema, megapixelsIn: megapixelsIn)
        let estimate = estimate(entry, inputs, history)
        // Seconds have been taken from the same runs already.
        guard let history, !entry.isTimed else { return estimate }
        return doubting(history.correcting(estimate), entry, inputs, history)
    }

    func estimate(_ entry: ModelPrices, _ inputs: PricedInputs, _ history: RunHistory?) -> Estimate {
        var low = Money.zero
        var high = Money.zero
        var terms: [String] = []
        var notes: [String] = []
        let usual = entry.units.contains(.computeSecond) ? inputs.usualSeconds(history) : nil
        // Prices of different units add up.
        for unit in entry.units {
            let candidates = inputs.candidates(for: unit)
            guard let first = candidates.first else {
                if entry.isOptional(unit) { continue }
                return .unknown(reason: whyNoPrice(entry, inputs))
            }
            guard let amount = inputs.amount(of: unit, usual: usual?.seconds) else {
                return .unknown(reason: inputs.whyUnknown(unit))
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
            if let doubt = amount.doubt { notes.append(doubt) }
            if candidates.contains(where: \.isUnconfirmed) {
                notes.append("unconfirmed")
            }
        }
        // Runs with the same inputs have shown already what these do to the time.
        let unlisted = usual?.isOfSuchInputs == true ? UnlistedInputs() : inputs.unlistedEffect
        if let obstacle = unlisted.obstacle { return .unknown(reason: obstacle) }
        low = low * unlisted.least
        high = high * unlisted.most
        notes += unlisted.notes
        var because = terms.joined(separator: " + ")
        if !notes.isEmpty { because += ", \(notes.joined(separator: ", "))" }
        // What is only about right, and a run that took exactly so long, do not make the next one's price certain.
        let isCertain = low == high && notes.isEmpty && !entry.units.contains(.computeSecond)
        return isCertain ? .exact(low, because: because) : .range(low: low, high: high, because: because)
    }

    private func whyNoPrice(_ entry: ModelPrices, _ inputs: PricedInputs) -> String {
        let named = Set(entry.prices.flatMap(\.conditions.keys)).sorted()
            .map { "\($0) \(inputs.text($0) ?? "not set")" }
        return named.isEmpty ? "no price is known" : "no price is known for \(named.joined(separator: ", "))"
    }

    // MARK: What an exact price has missed

    /// `estimate`, which is exact no longer where a run with such inputs has cost over 20 % more than the book says of it.
    private func doubting(
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
                // What the book knows by now is a surprise no longer.
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

    /// A model that is not in the book, billed by the second: on the hardware that somebody has named, else on any.
    private func timed(_ model: String, _ history: RunHistory?, isOfficial: Bool?) -> ModelPrices? {
        guard isOfficial == false else { return nil }
        if let sku = history?.hardware {
            guard let rate = hardware[sku]?.rate else { return nil }
            let price = Price(unit: .computeSecond, low: rate, high: rate)
            return ModelPrices(model: model, prices: [price], origin: sku)
        }
        let rates = hardware.values.map(\.rate)
        // Without a time there is nothing to multiply.
        guard let low = rates.min(), let high = rates.max(), history?.usualSeconds != nil else { return nil }
        let price = Price(unit: .computeSecond, low: low, high: high)
        return ModelPrices(model: model, prices: [price], origin: ModelPrices.openHardware)
    }

    private func whyNotTimed(_ history: RunHistory?, isOfficial: Bool?) -> String {
        switch isOfficial {
        case true?: "an official model that is not in the price book"
        case nil: "not in the price book, and nobody has asked the API how the model is billed"
        case false?:
            history?.hardware.map { "billed by time, and \($0) has no price" }
                ?? "billed by time; the API names no hardware, and no run of it is known yet"
        }
    }

    // MARK: What is priced is what is run

    /// The inputs that the price depends on and that `input` leaves to their defaults, made explicit. Only inputs that
    /// the schema knows.
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
    /// How long a run with these inputs takes. Own runs with the same inputs, where there are enough, say it by
    /// themselves; else all that are known do.
    func usualSeconds(_ history: RunHistory?) -> (seconds: RunHistory.UsualSeconds, isOfSuchInputs: Bool)? {
        guard let history else { return nil }
        let settings = settings
        let alike = history.runs.filter { run in
            run.seconds != nil && !run.input.isEmpty
                && PricedInputs(entry: entry, input: run.input, schema: schema).settings == settings
        }
        let seconds = alike.compactMap(\.seconds)
        if seconds.count >= RunHistory.enough, seconds.count < history.seconds.count {
            return (.init(seconds, "your last \(seconds.count) runs with such inputs"), true)
        }
        return history.usualSeconds.map { ($0, seconds.count >= RunHistory.enough) }
    }

    /// What of the inputs may change the price and is known to nobody.
    private var settings: [String: String] {
        unlisted.reduce(into: [:]) { $0[$1.name] = $1.value.plain }
    }

    /// Whether what made `other` dear may make this run dear: one of its inputs that the entry does not know, or, where
    /// it had none, the price itself.
    func isLike(_ other: PricedInputs) -> Bool {
        let reasons = Set(other.unusual)
        guard reasons.isEmpty else { return !reasons.isDisjoint(with: unusual) }
        return entry.units.allSatisfy { candidates(for: $0) == other.candidates(for: $0) }
    }

    /// The inputs with another value than the model's default that the entry says nothing of: also those that look
    /// harmless, because somebody has paid for believing so.
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
    /// The origin of a price that goes over all hardware.
    static let openHardware = "any hardware"

    var isHardwareOpen: Bool { origin == Self.openHardware }
}

extension Price {
    /// Both together, where nobody can tell which of them applies.
    fileprivate func spanning(_ other: Price) -> Price {
        Price(unit: unit, low: min(low, other.low), high: max(high, other.high))
    }
}
