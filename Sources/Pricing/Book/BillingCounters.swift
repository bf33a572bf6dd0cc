import Foundation
import Money
import ReplicateAPI

/// The server's billing counters in the `metrics` of a finished prediction.
struct BillingCounters {
    let prediction: Prediction

    /// The number of units, exact; nil when the server sent no counter for the unit.
    subscript(unit: Price.Unit) -> Decimal? {
        switch unit {
        case .run: 1
        case .image: first("image_output_count", "image_count")
        case .video: first("video_output_count")
        case .second: first("video_output_duration_seconds")
        case .audioSecond: first("audio_output_duration_seconds")
        case .inputToken: first("token_input_count", "input_token_count")
        case .outputToken: first("token_output_count", "output_token_count")
        case .inputCharacter: first("character_input_count")
        case .computeSecond: prediction.predictTime.map(Quantity.seconds)
        case .megapixel, .inputMegapixel: nil
        }
    }

    private func first(_ names: String...) -> Decimal? {
        names.lazy.compactMap { prediction.metrics[$0] }.first
            .flatMap { Decimal(pointed: $0.plain) }
            .flatMap { $0 < 0 ? nil : $0 }
    }

    /// Values that the server reports as used, by the name of the input. Only values on which the price depends,
    /// because the server has other words for some values.
    func measured(_ entry: ModelPrices) -> [String: String] {
        let names = [
            "resolution": "resolution_target", "quality": "resolution_target", "generate_audio": "with_audio",
            "mode": "model_variant",
        ]
        return names.reduce(into: [:]) { found, pair in
            guard let value = prediction.metrics[pair.value]?.plain,
                entry.knownValues(of: pair.key).contains(value.lowercased())
            else { return }
            found[pair.key] = value
        }
    }
}
