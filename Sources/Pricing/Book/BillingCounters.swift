import Foundation
import ReplicateAPI

/// What the server counted for the bill, read from the `metrics` of a finished prediction.
struct BillingCounters {
    let prediction: Prediction

    /// Exact; nil when the server sent no counter of this unit.
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
            .flatMap { Decimal(string: $0.plain, locale: Locale(identifier: "en_US_POSIX")) }
            .flatMap { $0 < 0 ? nil : $0 }
    }

    /// What was run, by the name of the input that asks for it; only values that the price depends on, because the
    /// server has words of its own for some.
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
