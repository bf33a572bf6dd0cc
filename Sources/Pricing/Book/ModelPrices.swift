package import Foundation

/// All prices of one model, and how its inputs decide them.
package struct ModelPrices: Hashable, Sendable {
    /// Seconds of video when no input says it; a range where a model lets itself choose.
    package struct Length: Hashable, Sendable {
        package let least: Decimal
        package let most: Decimal
    }

    /// An input that says how many images there may be at the most, and when it counts.
    package struct MostImages: Hashable, Sendable {
        package let input: String
        /// What other inputs must be; where they are not, the input means nothing.
        package let conditions: [String: Criterion]
    }

    /// `owner/name`.
    package let model: String
    package let prices: [Price]
    /// What applies where neither the input nor the schema says: the model's own defaults.
    package let defaults: [String: String]
    /// How inputs make the number of units; a unit that is not there has no inputs of its own.
    package let quantities: [Price.Unit: QuantityFormula]
    /// nil: the number of images is known before the run.
    package let mostImages: MostImages?
    /// nil: not known.
    package let defaultLength: Length?
    /// Inputs that change no price, whatever their names say.
    package let ignored: Set<String>
    /// Where the entry comes from: `built in`, or a file.
    package let origin: String

    init(
        model: String,
        prices: [Price],
        defaults: [String: String] = [:],
        quantities: [Price.Unit: QuantityFormula] = [:],
        mostImages: MostImages? = nil,
        defaultLength: Length? = nil,
        ignored: Set<String> = [],
        origin: String
    ) {
        self.model = model
        self.prices = prices
        self.defaults = defaults
        self.quantities = quantities
        self.mostImages = mostImages
        self.defaultLength = defaultLength
        self.ignored = ignored
        self.origin = origin
    }
}

extension ModelPrices {
    /// The units that are billed, each once, in a fixed order.
    var units: [Price.Unit] {
        Price.Unit.allCases.filter { unit in prices.contains { $0.unit == unit } }
    }

    /// Billed by the second of compute and by nothing else.
    var isTimed: Bool { units == [.computeSecond] }

    /// Whether there are runs that are not billed by `unit`: those without an input that every price of it asks for.
    func isOptional(_ unit: Price.Unit) -> Bool {
        units.count > 1
            && prices.allSatisfy { $0.unit != unit || $0.conditions.values.contains(.present) }
    }

    /// How inputs make the number of `unit`: as the entry says, else as inputs are usually named.
    func formula(of unit: Price.Unit) -> QuantityFormula? {
        if let formula = quantities[unit] { return formula }
        switch unit {
        case .image: return QuantityFormula(input: "num_outputs")
        case .second where defaultLength == nil: return QuantityFormula("num_frames ÷ fps|frames_per_second")
        case .inputCharacter: return QuantityFormula(over: [.input(["text", "prompt"])])
        default: return nil
        }
    }

    /// The inputs that the size of a picture is told by.
    static let sizes: Set<String> = ["width", "height", "megapixels", "resolution", "aspect_ratio"]

    /// Every input whose effect on the price the entry tells.
    var named: Set<String> { deciding.union(ignored) }

    /// The inputs that decide the price.
    var deciding: Set<String> {
        var names = Set(prices.flatMap(\.conditions.keys))
        for unit in units { names.formUnion(formula(of: unit)?.inputs ?? []) }
        if let mostImages { names.formUnion([mostImages.input] + mostImages.conditions.keys) }
        if units.contains(.megapixel) { names.formUnion(Self.sizes) }
        return names
    }

    /// The values that prices tell apart by this input.
    func knownValues(of input: String) -> Set<String> {
        var values: Set<String> = []
        for price in prices {
            if case .anyOf(let some) = price.conditions[input] { values.formUnion(some.map { $0.lowercased() }) }
        }
        return values
    }

    /// The price that was read longest ago.
    package var oldest: Price? {
        prices.filter { $0.read != nil }.min { $0.read! < $1.read! }
    }
}
