package import Foundation

/// All prices of one model, and how its inputs decide which of them apply.
package struct ModelPrices: Hashable, Sendable {
    /// The length of a video in seconds when no input gives it; a range when the model chooses.
    package struct Length: Hashable, Sendable {
        /// The shortest length in seconds.
        package let least: Decimal
        /// The longest length in seconds; equal to ``least`` when the length is fixed.
        package let most: Decimal
    }

    /// An input with the largest possible number of images, and the conditions under which it applies.
    package struct MostImages: Hashable, Sendable {
        /// The name of the input that holds the number.
        package let input: String
        /// Conditions on other inputs; when one does not hold, the input has no effect.
        package let conditions: [String: Criterion]
    }

    /// `owner/name`.
    package let model: String
    /// The prices in the order of the book; prices of different units add up.
    package let prices: [Price]
    /// Values that apply where neither the input nor the schema has one: the model's own defaults.
    package let defaults: [String: String]
    /// How the number of units follows from inputs. A unit without a formula here uses the usual names of inputs.
    package let quantities: [Price.Unit: QuantityFormula]
    /// Set when the model decides how many images it makes; nil when the number is known before the run.
    package let mostImages: MostImages?
    /// The length of a video when no input gives it; nil when it is not known.
    package let defaultLength: Length?
    /// Inputs that do not change the price, although their names may suggest it.
    package let ignored: Set<String>
    /// The origin of the entry: `built in`, or the name of a file.
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
    /// The billed units, each once, in a fixed order.
    var units: [Price.Unit] {
        Price.Unit.allCases.filter { unit in prices.contains { $0.unit == unit } }
    }

    /// Whether only seconds of computing are billed.
    var isTimed: Bool { units == [.computeSecond] }

    /// Whether some runs are not billed by `unit`: those without an input that all prices of the unit require.
    func isOptional(_ unit: Price.Unit) -> Bool {
        units.count > 1
            && prices.allSatisfy { $0.unit != unit || $0.conditions.values.contains(.present) }
    }

    /// The formula for the number of `unit`: the entry's own, else one with the usual names of inputs. Nil: none is
    /// known.
    func formula(of unit: Price.Unit) -> QuantityFormula? {
        if let formula = quantities[unit] { return formula }
        switch unit {
        case .image: return QuantityFormula(input: "num_outputs")
        case .second where defaultLength == nil: return QuantityFormula("num_frames ÷ fps|frames_per_second")
        case .inputCharacter: return QuantityFormula(over: [.input(["text", "prompt"])])
        default: return nil
        }
    }

    /// The inputs that give the size of a picture.
    static let sizes: Set<String> = ["width", "height", "megapixels", "resolution", "aspect_ratio"]

    /// Every input whose effect on the price is known from the entry.
    var named: Set<String> { deciding.union(ignored) }

    /// The inputs that decide the price.
    var deciding: Set<String> {
        var names = Set(prices.flatMap(\.conditions.keys))
        for unit in units { names.formUnion(formula(of: unit)?.inputs ?? []) }
        if let mostImages { names.formUnion([mostImages.input] + mostImages.conditions.keys) }
        if units.contains(.megapixel) { names.formUnion(Self.sizes) }
        return names
    }

    /// The values of this input for which there are different prices, in lower case.
    func knownValues(of input: String) -> Set<String> {
        var values: Set<String> = []
        for price in prices {
            if case .anyOf(let some) = price.conditions[input] { values.formUnion(some.map { $0.lowercased() }) }
        }
        return values
    }

    /// The price with the earliest reading date; nil when no price has a date.
    package var oldest: Price? {
        prices.filter { $0.read != nil }.min { $0.read! < $1.read! }
    }
}
