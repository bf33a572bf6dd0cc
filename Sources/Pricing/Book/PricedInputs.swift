import Foundation
import Money
import ReplicateAPI

/// The inputs of a run in the form that pricing needs.
struct PricedInputs {
    let entry: ModelPrices
    let input: JSONObject
    /// The model's inputs; nil: not known.
    let schema: InputSchema?
    /// Sizes of input pictures in megapixels, by address.
    var megapixelsIn: [String: Decimal] = [:]
    /// Values that the server reports as used, by the name of the input. They win over all others.
    var measured: [String: String] = [:]
    /// The number of output files; nil before the end of the run.
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
        // A schema without fields gives no information about inputs.
        self.schema = schema.flatMap { $0.fields.isEmpty ? nil : $0 }
        self.megapixelsIn = megapixelsIn
        self.measured = measured
    }

    /// The value as text: the measured or sent one, else the schema's default, else the book's. Nil: not known, or the
    /// value lets the model choose (`auto`).
    func text(_ name: String) -> String? {
        let value = plain(name)
        return measured[name] == nil && value?.lowercased() == "auto" ? nil : value
    }

    /// The same as ``text(_:)``, but `auto` is returned as it is.
    func plain(_ name: String) -> String? {
        measured[name] ?? sent(name)?.plain ?? standard(name)?.plain
    }

    func number(_ name: String) -> Decimal? {
        text(name).flatMap { Decimal(pointed: $0) }
    }

    /// The value that is sent; nil when there is none, or it is null.
    func sent(_ name: String) -> JSONValue? { input[name].flatMap { $0.isNull ? nil : $0 } }

    /// The model's default; nil when it is not known.
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

    /// The prices that may apply for `unit`. Prices of one unit exclude each other, and the one with the most
    /// conditions wins. There are several only while an input that decides is not known. Empty: no price is known.
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
        if let price = best, isOutsideKnownValues(price, unit) { return [] }
        open = open.filter { $0.conditions.count > best?.conditions.count ?? -1 }
        // One row of a table with more rows in reality would count as the whole table.
        if best == nil, open.count == 1 { return [] }
        return [best].compactMap { $0 } + open
    }

    /// Whether `price` has no condition on an input by which other prices of its unit differ, while that input has a
    /// quantity that none of them knows. A price for "everything else" was not meant for a later resolution.
    private func isOutsideKnownValues(_ price: Price, _ unit: Price.Unit) -> Bool {
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

    /// Inputs that decide the price and whose value is not known.
    var undecided: [String] {
        Set(entry.prices.flatMap { price in price.conditions.filter { text($0.key) == nil && $0.value.isValue }.keys })
            .sorted()
    }
}

extension Criterion {
    var isValue: Bool { if case .anyOf = self { true } else { false } }
}
