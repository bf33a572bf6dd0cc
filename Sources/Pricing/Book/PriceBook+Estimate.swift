import Foundation
package import ReplicateAPI

extension PriceBook {
    /// What one run of `model` with `input` will cost.
    ///
    /// Inputs that are not there count with the schema's default, else with the book's: dear defaults are the reason
    /// why naive tables are wrong.
    /// - Parameter history: the person's own runs of a model that is billed by time; nil: none are known.
    package func estimate(
        model: String,
        input: JSONObject,
        schema: InputSchema?,
        history: RunHistory?
    ) -> Estimate {
        guard let entry = models[model] else { return byTime(history) }
        let inputs = PricedInputs(entry: entry, input: input, schema: schema)
        let matching = entry.prices.filter { inputs.satisfies($0.conditions) }
        // Prices of one unit exclude each other; prices of different units add up.
        let chosen = Dictionary(grouping: matching, by: \.unit).values.compactMap { group in
            group.max { $0.conditions.count < $1.conditions.count }
        }
        guard !chosen.isEmpty else {
            let wanted = entry.prices.flatMap(\.conditions.keys)
            let named = Set(wanted).sorted().map { "\($0) \(inputs.text($0) ?? "not set")" }
            return .unknown(reason: "no price is known for \(named.joined(separator: ", "))")
        }
        var low = Money.zero
        var high = Money.zero
        var terms: [String] = []
        for price in chosen.sorted(by: { $0.unit.rawValue < $1.unit.rawValue }) {
            guard let amount = inputs.amount(of: price.unit) else {
                return .unknown(reason: inputs.whyUnknown(price.unit))
            }
            low = low + price.low * amount.least
            high = high + price.high * amount.most
            terms.append("\(amount.text(price.unit)) × \(price.rate)")
        }
        var because = terms.joined(separator: " + ")
        if chosen.contains(where: { $0.confidence == .weak }) { because += " (unconfirmed)" }
        return low == high ? .exact(low, because: because) : .range(low: low, high: high, because: because)
    }

    private func byTime(_ history: RunHistory?) -> Estimate {
        guard let history, let low = history.quantile(0.1), let high = history.quantile(0.9) else {
            return .unknown(reason: "not in the price book; billed by time")
        }
        guard let sku = history.hardware, let rate = hardware[sku] else {
            return .unknown(reason: "billed by time, and the API does not tell the hardware")
        }
        let runs = history.seconds.count
        let because = "\(Quantity.text(low))–\(Quantity.text(high)) s × \(rate.text)/s, your last \(runs) runs"
        let least = rate * Quantity.decimal(low)
        let most = rate * Quantity.decimal(high)
        return least == most ? .exact(least, because: because) : .range(low: least, high: most, because: because)
    }

    /// The inputs that the price depends on and that `input` leaves to their defaults, made explicit, so that what is
    /// priced is what is run. Only inputs that the schema knows.
    package func pricedInputs(model: String, input: JSONObject, schema: InputSchema?) -> JSONObject {
        guard let entry = models[model], let schema else { return [:] }
        var names = Set(entry.prices.flatMap(\.conditions.keys))
        if let duration = entry.durationInput { names.insert(duration) }
        if entry.prices.contains(where: { $0.unit == .image }) { names.insert("num_outputs") }
        var made: JSONObject = [:]
        for name in names where input[name] == nil {
            if let value = schema[name]?.defaultValue { made[name] = value }
        }
        return made
    }
}

extension Price {
    /// `$0.003`, `$0.08–0.10/s`.
    var rate: String {
        let range = low == high ? low.text : "\(low.text)–\(high.digits)"
        return unit == .second ? "\(range)/s" : range
    }
}

/// How many units a run will have: a range where only that is known.
struct Quantity {
    var least: Decimal
    var most: Decimal

    init(_ exact: Decimal) {
        least = exact
        most = exact
    }

    func text(_ unit: Price.Unit) -> String {
        let number = least == most ? "\(least)" : "\(least)–\(most)"
        return switch unit {
        case .second: "\(number) s"
        case .megapixel, .inputMegapixel: "\(number) MP"
        case .image, .run, .video, .inputToken, .outputToken:
            "\(number) \(unit.rawValue.replacing("-", with: " "))\(least == most && least == 1 ? "" : "s")"
        }
    }

    static func decimal(_ value: Double) -> Decimal { Decimal(string: String(format: "%.3f", value)) ?? 0 }
    static func text(_ value: Double) -> String { "\(Int(value.rounded()))" }
}

/// A run's inputs as the price sees them.
struct PricedInputs {
    let entry: ModelPrices
    let input: JSONObject
    let schema: InputSchema?

    /// The value as text: what is sent, else the schema's default, else the book's.
    func text(_ name: String) -> String? {
        if let value = input[name], !value.isNull { return value.plain }
        return schema?[name]?.defaultValue?.plain ?? entry.defaults[name]
    }

    func satisfies(_ conditions: [String: String]) -> Bool {
        conditions.allSatisfy { name, wanted in
            // "present" and "absent" tell runs with an input from those without.
            switch wanted {
            case "present": input[name].map { !$0.isNull && $0.array?.isEmpty != true } ?? false
            case "absent": input[name].map { $0.isNull || $0.array?.isEmpty == true } ?? true
            default: text(name)?.lowercased() == wanted.lowercased()
            }
        }
    }

    func amount(of unit: Price.Unit) -> Quantity? {
        switch unit {
        case .run, .video: Quantity(1)
        case .image: Quantity(text("num_outputs").flatMap { Decimal(string: $0) } ?? 1)
        case .second: seconds.map(Quantity.init)
        case .megapixel: megapixels.map(Quantity.init)
        case .inputMegapixel, .inputToken, .outputToken: nil
        }
    }

    private var seconds: Decimal? {
        if let perImage = entry.secondsPerImage, let count = input[perImage.input]?.array?.count {
            return Decimal(count) * perImage.seconds
        }
        if let name = entry.durationInput, let length = text(name).flatMap({ Decimal(string: $0) }), length > 0 {
            return length
        }
        if let frames = text("num_frames").flatMap({ Decimal(string: $0) }),
            let rate = (text("fps") ?? text("frames_per_second")).flatMap({ Decimal(string: $0) }), rate > 0
        {
            return frames / rate
        }
        return entry.defaultDuration
    }

    private var megapixels: Decimal? {
        guard let width = text("width").flatMap({ Decimal(string: $0) }),
            let height = text("height").flatMap({ Decimal(string: $0) })
        else {
            return text("megapixels").flatMap { Decimal(string: $0.split(separator: " ").first.map(String.init) ?? "") }
        }
        var exact = width * height / 1_000_000
        var up = Decimal()
        NSDecimalRound(&up, &exact, 0, .up)
        return up
    }

    func whyUnknown(_ unit: Price.Unit) -> String {
        switch unit {
        case .second: "the length of the video is not known before the run"
        case .inputToken, .outputToken: "billed by token; how many is known after the run"
        case .inputMegapixel: "the size of the input images is not known"
        case .megapixel: "the size of the picture is not known"
        case .image, .run, .video: "not known"
        }
    }
}
