/// Dated prices by model. The API publishes none, so every entry says how sure it is and when it was read.
package struct PriceBook: Sendable {
    /// By `owner/name`.
    package internal(set) var models: [String: ModelPrices]
    /// Dollars a second, by the API's name of the hardware.
    package internal(set) var hardware: [String: Money]

    package init(models: [String: ModelPrices] = [:], hardware: [String: Money] = [:]) {
        self.models = models
        self.hardware = hardware
    }

    /// The book that comes with the program.
    package static let builtIn: PriceBook = {
        do {
            let text = String(decoding: PackageResources.prices_yaml, as: UTF8.self)
            return try PriceBook(yaml: text, origin: "built in")
        } catch {
            preconditionFailure("the built-in price book cannot be read: \(error)")
        }
    }()

    /// This book with `other`'s entries in place of its own for the same model or hardware.
    package func merging(_ other: PriceBook) -> PriceBook {
        PriceBook(
            models: models.merging(other.models) { $1 },
            hardware: hardware.merging(other.hardware) { $1 }
        )
    }

    /// The model's price in a few words, such as `$0.003/image`; nil when it is not in the book.
    package func headline(for model: String) -> String? {
        guard let entry = models[model], let least = entry.prices.min(by: { $0.low < $1.low }) else { return nil }
        let most = entry.prices.filter { $0.unit == least.unit }.map(\.high).max() ?? least.high
        let unit = least.unit.rawValue.replacing("-", with: " ")
        return least.low == most ? "\(least.low.text)/\(unit)" : "\(least.low.text)–\(most.digits)/\(unit)"
    }
}

/// Past run times of a model, for those that are billed by time.
package struct RunHistory: Hashable, Sendable {
    /// Compute seconds of finished runs, in any order.
    package var seconds: [Double]
    /// The API's name of the hardware; nil when nobody has said.
    package var hardware: String?

    package init(seconds: [Double], hardware: String? = nil) {
        self.seconds = seconds
        self.hardware = hardware
    }

    /// The value below which `part` (0…1) of the runs lie; nil without runs.
    package func quantile(_ part: Double) -> Double? {
        guard !seconds.isEmpty else { return nil }
        let sorted = seconds.sorted()
        return sorted[min(Int(Double(sorted.count) * part), sorted.count - 1)]
    }
}
