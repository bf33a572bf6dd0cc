import Pricing

/// Names of hardware as the API and the price book write them.
enum HardwareName {
    /// Throws ``CommandError`` when the book has no price for it, with those that it has.
    static func check(_ sku: String, _ prices: PriceBook) throws {
        guard prices.hardware[sku] == nil else { return }
        let known = prices.hardwareByPrice.map(\.sku).joined(separator: ", ")
        throw CommandError(.usage, "\(sku) is no hardware with a known price: \(known)")
    }
}
