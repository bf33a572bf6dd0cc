import Foundation
import ReplicateAPI

/// A run's inputs as the price sees them.
struct PricedInputs {
    let entry: ModelPrices
    let input: JSONObject
    /// nil: not known.
    let schema: InputSchema?
    /// Of pictures that go in, by address.
    var megapixelsIn: [String: Decimal] = [:]
    /// What the server says that it ran, by the name of the input; goes before everything else.
    var measured: [String: String] = [:]
    /// How many files came out; nil before the end.
    var files: Int?

    init(
        entry: ModelPrices,
        input: JSONObject,
        schema: InputSchema?,
        megapixelsIn: [String: Decimal] = [:],
        measured: [String: String] = [:]
    ) {
        self.entry = entry
        self.input = input
        // A schema without fields says nothing of the inputs.
        self.schema = schema.flatMap { $0.fields.isEmpty ? nil : $0 }
        self.megapixelsIn = megapixelsIn
        self.measured = measured
    }

    /// The value as text: what was measured or is sent, else the schema's default, else the book's. nil: nobody says,
    /// and so it is when the model is to choose by itself.
    func text(_ name: String) -> String? {
        let value = plain(name)
        return measured[name] == nil && value?.lowercased() == "auto" ? nil : value
    }

    /// ``text(_:)``, and the word `auto` where that is the value.
    func plain(_ name: String) -> String? {
        measured[name] ?? sent(name)?.plain ?? standard(name)?.plain
    }

    func number(_ name: String) -> Decimal? {
        text(name).flatMap { Decimal(string: $0, locale: Locale(identifier: "en_US_POSIX")) }
    }

    /// nil where nothing is sent, or null.
    func sent(_ name: String) -> JSONValue? { input[name].flatMap { $0.isNull ? nil : $0 } }

    /// What the model takes when the input is not sent; nil where nobody says.
    func standard(_ name: String) -> JSONValue? {
        schema?[name]?.defaultValue ?? entry.defaults[name].map(JSONValue.string)
    }

    func isPresent(_ name: String) -> Bool {
        sent(name).map { $0.array?.isEmpty != true && $0.string?.isEmpty != true } ?? false
    }

    // MARK: Which price

    enum Verdict {
        case yes
        case no
        /// An input that decides is not known.
        case open
    }

    func verdict(_ conditions: [String: Criterion]) -> Verdict {
        var verdict = Verdict.yes
        for (name, criterion) in conditions {
            switch criterion {
            case .present: if !isPresent(name) { return .no }
            case .absent: if isPresent(name) { return .no }
            case .anyOf:
                guard let value = text(name) else {
                    verdict = .open
                    continue
                }
                if !criterion.admits(value) { return .no }
            }
        }
        return verdict
    }

    /// What may apply for `unit`: prices of one unit exclude each other and the one with the most conditions wins, so
    /// there are several only while an input that decides is not known. Empty: no price is known.
    func candidates(for unit: Price.Unit) -> [Price] {
        var best: Price?
        var open: [Price] = []
        for price in entry.prices where price.unit == unit {
            switch verdict(price.conditions) {
            case .no: break
            case .yes: if price.conditions.count >= best?.conditions.count ?? 0 { best = price }
            case .open: open.append(price)
            }
        }
        if let price = best, isBeyond(price, unit) { return [] }
        open = open.filter { $0.conditions.count > best?.conditions.count ?? -1 }
        // A single row of a table that has more of them in reality would pass for the whole of it.
        if best == nil, open.count == 1 { return [] }
        return [best].compactMap { $0 } + open
    }

    /// Whether `price` leaves out an input by which others of its unit are told apart, and that input is a quantity which
    /// none of them knows: a price for "everything else" was not meant for a resolution that came later.
    private func isBeyond(_ price: Price, _ unit: Price.Unit) -> Bool {
        let others = entry.prices.filter { $0.unit == unit }.flatMap { $0.conditions.filter(\.value.isValue).keys }
        return Set(others).subtracting(price.conditions.keys).contains { name in
            guard let value = text(name), !entry.knownValues(of: name).contains(value.lowercased()) else {
                return false
            }
            if let standard = standard(name), standard.means(.string(value)) { return false }
            if case .proportional = effect(of: name, .string(value)) { return true }
            return false
        }
    }

    func effect(of name: String, _ value: JSONValue) -> InputEffect {
        InputEffect(name, value, field: schema?[name], isTimed: entry.units.contains(.computeSecond))
    }

    /// Inputs that decide the price and that nobody has told.
    var undecided: [String] {
        Set(entry.prices.flatMap { price in price.conditions.filter { text($0.key) == nil && $0.value.isValue }.keys })
            .sorted()
    }
}

extension Criterion {
    var isValue: Bool { if case .anyOf = self { true } else { false } }
}
