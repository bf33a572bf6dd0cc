package import Foundation

/// All prices of one model, and how its inputs decide them.
package struct ModelPrices: Hashable, Sendable {
    /// Seconds of video for each image in a list input.
    package struct SecondsPerImage: Hashable, Sendable {
        package let input: String
        package let seconds: Decimal
    }

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
    /// The input that holds the number of images.
    package let countInput: String
    /// nil: the number of images is known before the run.
    package let mostImages: MostImages?
    /// The input that holds the length in seconds; nil when there is none.
    package let durationInput: String?
    /// nil: not known.
    package let defaultLength: Length?
    package let secondsPerImage: SecondsPerImage?
    /// Where the entry comes from: `built in`, or a file.
    package let origin: String

    /// The standard name of ``countInput``.
    static let countInput = "num_outputs"
}

extension ModelPrices {
    /// The units that are billed, each once, in a fixed order.
    var units: [Price.Unit] {
        Price.Unit.allCases.filter { unit in prices.contains { $0.unit == unit } }
    }

    /// The inputs that decide how many images there will be.
    var countingInputs: Set<String> {
        var names: Set = [countInput]
        if let mostImages { names.formUnion([mostImages.input] + mostImages.conditions.keys) }
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
