package import Foundation

/// One price of one model: an amount a unit, under conditions.
package struct Price: Hashable, Sendable {
    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case image
        case run
        case video
        /// A second of the video that comes out.
        case second
        /// A megapixel of every image that comes out, rounded up.
        case megapixel
        /// A megapixel of every image that goes in, rounded up.
        case inputMegapixel = "input-megapixel"
        case inputToken = "input-token"
        case outputToken = "output-token"
    }

    /// How sure the source is: A a transcription of the official page, B a third party's table, C weak.
    package enum Confidence: String, Hashable, Sendable {
        case official = "A"
        case thirdParty = "B"
        case weak = "C"
    }

    package let unit: Unit
    package let low: Money
    /// Equal to ``low`` unless sources or undocumented conditions make it a range.
    package let high: Money
    /// Inputs that must have these values; empty: always.
    package let conditions: [String: String]
    package let confidence: Confidence
    /// `2026-10-07`: when the source was read.
    package let read: String
    package let note: String?
}

/// All prices of one model, and how its inputs decide them.
package struct ModelPrices: Hashable, Sendable {
    /// `owner/name`.
    package let model: String
    package let prices: [Price]
    /// What applies where neither the input nor the schema says: the model's own defaults.
    package let defaults: [String: String]
    /// The input that holds the length in seconds; nil when there is none.
    package let durationInput: String?
    /// Seconds when nothing says otherwise; nil: not known.
    package let defaultDuration: Decimal?
    /// Seconds of video for each image in this list input.
    package let secondsPerImage: (input: String, seconds: Decimal)?
    /// Where the entry comes from: `built in`, or a file.
    package let origin: String

    package static func == (left: ModelPrices, right: ModelPrices) -> Bool {
        left.model == right.model && left.prices == right.prices && left.defaults == right.defaults
            && left.origin == right.origin
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(model)
        hasher.combine(prices)
    }
}
