import Foundation
package import Money
import ReplicateAPI

/// Dated prices by model. The API publishes no prices, so every entry says how reliable it is and when it was read.
package struct PriceBook: Sendable {
    /// The entries by ``ModelPrices/model`` in lower case, because the API ignores the case of names.
    package internal(set) var models: [String: ModelPrices]
    /// Prices of hardware by the API's name (SKU), such as `gpu-t4`.
    package internal(set) var hardware: [String: HardwarePrice]

    /// A book with these entries. The keys of `models` must be in lower case.
    package init(models: [String: ModelPrices] = [:], hardware: [String: HardwarePrice] = [:]) {
        self.models = models
        self.hardware = hardware
    }

    /// All prices of `owner/name`, in any case; nil when it is not in the book.
    package subscript(model: String) -> ModelPrices? { models[model] ?? models[model.lowercased()] }

    /// The book that is part of the program. Traps if it cannot be read, which a test prevents.
    ///
    /// It is written in `prices.yaml` and compiled in as JSON, which is read in a tenth of the time: every start needs it
    /// for the first frame.
    package static let builtIn: PriceBook = {
        do {
            let json = try JSONValue(parsing: Data(PackageResources.prices_json))
            return try PriceBook(BookNode(json), origin: "built in")
        } catch {
            preconditionFailure("the built-in price book cannot be read: \(error)")
        }
    }()

    /// This book, where entries of `other` replace those for the same model or hardware.
    package func merging(_ other: PriceBook) -> PriceBook {
        PriceBook(
            models: models.merging(other.models) { $1 },
            hardware: hardware.merging(other.hardware) { $1 }
        )
    }

    /// The model's price in a few words, such as `$0.003/image`; nil when it is not in the book. With several units,
    /// the last one after `from`.
    package func headline(for model: String) -> String? {
        guard let entry = self[model], let unit = entry.units.last else { return nil }
        let prices = entry.prices.filter { $0.unit == unit }
        let low = prices.map(\.low).min() ?? .zero
        let high = prices.map(\.high).max() ?? low
        let range = low == high ? low.exactText : "\(low.exactText)–\(high.exactDigits)"
        return "\(entry.units.count > 1 ? "from " : "")\(range)/\(unit.word)"
    }

    /// The same with short units, such as `$0.05–0.08/s` and `$3.75/M out`; tokens and characters by the million.
    package func shortHeadline(for model: String) -> String? {
        guard let entry = self[model], let unit = entry.units.last else { return nil }
        let prices = entry.prices.filter { $0.unit == unit }
        let low = (prices.map(\.low).min() ?? .zero) * unit.shown.count
        let high = (prices.map(\.high).max() ?? .zero) * unit.shown.count
        let range = low == high ? low.exactText : "\(low.exactText)–\(high.exactDigits)"
        return "\(entry.units.count > 1 ? "from " : "")\(range)/\(unit.shown.word)"
    }

    /// What is counted for the model's price; of several the last one. nil when the model is not in the book.
    package func unit(for model: String) -> Price.Unit? { self[model]?.units.last }

    /// Whether a model is billed by the second, on hardware that the API does not name.
    ///
    /// Official models are priced by output; time × hardware price would be wrong for them by an order of magnitude.
    package func isBilledByTime(_ model: String, isOfficial: Bool) -> Bool {
        self[model]?.isTimed ?? !isOfficial
    }

    /// When the latest of the prices was read; nil when none says when.
    package var newest: ReadDate? { models.values.flatMap(\.prices).compactMap(\.read).max() }

    /// Names of hardware with dollars for a second, the cheapest first.
    package var hardwareByPrice: [(sku: String, rate: Money)] {
        hardware.map { (sku: $0.key, rate: $0.value.rate) }.sorted { ($0.rate, $0.sku) < ($1.rate, $1.sku) }
    }
}
