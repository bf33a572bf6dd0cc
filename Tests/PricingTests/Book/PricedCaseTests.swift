import Foundation
import Money
import Pricing
import ReplicateAPI
import Testing

/// One row of the recorded facts: a model with inputs, and the price of a run.
struct PricedCase: Sendable, CustomTestStringConvertible {
    /// `0.25`, `0.25–0.5`, or `?` for unknown.
    let expected: String
    let model: String
    let input: JSONObject
    /// The source of the figure, and its date.
    let source: String

    init(_ model: String, _ input: JSONObject = [:], _ expected: String, _ source: String) {
        self.model = model
        self.input = input
        self.expected = expected
        self.source = source
    }

    var testDescription: String {
        let inputs = input.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.plain)" }
        return "\(model) \(inputs.joined(separator: " ")) → \(expected) (\(source))"
    }

    /// The recorded price table of November 2026, row by row.
    static let images = [
        PricedCase("black-forest-labs/flux-schnell", [:], "0.003", "api-evangelist, 2026-10-07"),
        PricedCase("black-forest-labs/flux-schnell", ["num_outputs": 4], "0.012", "api-evangelist, 2026-10-07"),
        PricedCase("black-forest-labs/flux-dev", [:], "0.025", "api-evangelist, 2026-10-07"),
        PricedCase("black-forest-labs/flux-dev", ["num_outputs": 3], "0.075", "api-evangelist, 2026-10-07"),
        PricedCase("black-forest-labs/flux-1.1-pro", [:], "0.04", "api-evangelist, 2026-10-07"),
        PricedCase("black-forest-labs/flux-1.1-pro-ultra", [:], "0.06", "daikina, 2025-11-11"),
        PricedCase("black-forest-labs/flux-kontext-pro", [:], "0.04", "daikina, 2025-11-12"),
        PricedCase("black-forest-labs/flux-kontext-max", [:], "0.08", "daikina, 2025-11-12"),
        PricedCase("black-forest-labs/flux-pro", [:], "≈ 0.055", "openai-hk, 2025"),
        PricedCase("black-forest-labs/flux-2-pro", ["width": 1_024, "height": 1_024], "0.045", "puter#2806, 2026"),
        PricedCase("black-forest-labs/flux-2-pro", ["width": 1_000, "height": 1_000], "0.03", "puter#2806, 2026"),
        PricedCase("black-forest-labs/flux-2-pro", [:], "?", "puter#2806, 2026: no size, no price"),
        PricedCase(
            "black-forest-labs/flux-2-pro",
            ["width": 1_024, "height": 1_024, "input_images": ["https://h/1.png"]],
            "?",
            "puter#2806, 2026: pictures of unknown size go in"
        ),
        PricedCase("google/imagen-4", [:], "0.04", "daikina, 2025-11-25"),
        PricedCase("google/imagen-4-fast", [:], "0.02", "daikina, 2025-11-25"),
        PricedCase("google/imagen-4-ultra", [:], "0.06", "daikina, 2025-11-25"),
        PricedCase("ideogram-ai/ideogram-v3-turbo", [:], "0.03", "daikina, 2025-11-07"),
        PricedCase("ideogram-ai/ideogram-v3-balanced", [:], "0.06", "daikina, 2025-11-07"),
        PricedCase("ideogram-ai/ideogram-v3-quality", [:], "0.09", "model page, 2026-10-07"),
        PricedCase("ideogram-ai/ideogram-v2-turbo", [:], "≈ 0.05", "weak, 2025"),
        PricedCase("recraft-ai/recraft-v3", [:], "0.04", "pricing page, 2025-07"),
        PricedCase("recraft-ai/recraft-v3-svg", [:], "0.08", "daikina, 2025-11"),
        PricedCase("bytedance/seedream-4", [:], "0.03", "third party, 2025-12"),
        PricedCase("bytedance/seedream-4", ["max_images": 4], "0.03", "replicate.com schema: without auto it is one"),
        PricedCase(
            "bytedance/seedream-4",
            ["max_images": 4, "sequential_image_generation": "disabled"],
            "0.03",
            "third party, 2025-12: one image"
        ),
        PricedCase(
            "bytedance/seedream-4",
            ["max_images": 4, "sequential_image_generation": "auto"],
            "0.03–0.12",
            "third party, 2025-12: as many as it likes"
        ),
        PricedCase(
            "bytedance/seedream-4",
            ["sequential_image_generation": "auto"],
            "0.03",
            "third party, 2025-12: one at the most by default"
        ),
        PricedCase(
            "bytedance/seedream-4",
            ["max_images": "many", "sequential_image_generation": "auto"],
            "?",
            "no number"
        ),
        PricedCase("google/nano-banana-pro", ["resolution": "2K"], "0.15", "third party, 2026-10-06"),
        PricedCase("google/nano-banana-pro", ["resolution": "4K"], "0.3", "third party, 2026-10-06"),
        PricedCase("google/nano-banana-pro", ["resolution": "8K"], "?", "no such row"),
        PricedCase("google/nano-banana-pro", [:], "0.15–0.3", "third party, 2026-10-06: size not set"),
        PricedCase("google/nano-banana-2", ["resolution": "1K"], "0.067", "third party, 2026-10-06"),
        PricedCase("google/nano-banana-2", ["resolution": "2K"], "0.101", "third party, 2026-10-06"),
        PricedCase("google/nano-banana-2", ["resolution": "4k"], "0.151", "third party, 2026-10-06"),
        PricedCase("openai/gpt-image-2", ["quality": "low"], "0.012", "third party, 2026-10-06"),
        PricedCase("openai/gpt-image-2", ["quality": "medium"], "0.047", "third party, 2026-10-06"),
        PricedCase("openai/gpt-image-2", ["quality": "high"], "0.128", "third party, 2026-10-06"),
        PricedCase(
            "openai/gpt-image-2",
            ["quality": "medium", "number_of_images": 3],
            "0.141",
            "third party, 2026-10-06"
        ),
        PricedCase("openai/gpt-image-2", ["quality": "auto"], "0.012–0.128", "third party, 2026-10-06: it chooses"),
        PricedCase("openai/gpt-image-2", ["quality": "splendid"], "?", "no such row"),
    ]

    static let videos = [
        PricedCase("bytedance/seedance-1-pro", ["resolution": "480p"], "0.15", "third party, 2026-10-06"),
        PricedCase("bytedance/seedance-1-pro", ["resolution": "720p"], "0.3", "third party, 2026-10-06"),
        PricedCase("bytedance/seedance-1-pro", [:], "0.75", "third party, 2026-10-06: 5 s at 1080p by default"),
        PricedCase("bytedance/seedance-1-pro", ["duration": 12], "1.8", "third party, 2026-10-06"),
        PricedCase(
            "bytedance/seedance-1-pro-fast",
            ["resolution": "1080p", "duration": 5],
            "0.3",
            "third party, 2026"
        ),
        PricedCase("bytedance/seedance-1-pro-fast", ["resolution": "480p", "duration": 5], "?", "no such row"),
        PricedCase("bytedance/seedance-1-pro-fast", ["duration": 5], "?", "one row is no range"),
        PricedCase("bytedance/seedance-1-lite", ["resolution": "720p"], "≈ 0.18", "mulmocast, 2026"),
        PricedCase("bytedance/seedance-1-lite", ["resolution": "1080p", "duration": 10], "≈ 0.54", "mulmocast, 2026"),
        PricedCase(
            "bytedance/seedance-1.5-pro",
            ["resolution": "720p", "generate_audio": false, "duration": 10],
            "0.26",
            "third party, 2026-10-06"
        ),
        PricedCase(
            "bytedance/seedance-1.5-pro",
            ["resolution": "1080p", "generate_audio": true, "duration": 5],
            "0.6",
            "third party, 2026-10-06"
        ),
        PricedCase(
            "bytedance/seedance-1.5-pro",
            ["resolution": "720p", "generate_audio": true, "duration": 5],
            "?",
            "the source leaves it out"
        ),
        PricedCase(
            "bytedance/seedance-1.5-pro",
            ["resolution": "1080p", "duration": 5],
            "0.3–0.6",
            "third party, 2026-10-06: sound not set"
        ),
        PricedCase("bytedance/seedance-2.0", ["resolution": "720p", "duration": 5], "0.9", "third party, 2026-10-06"),
        PricedCase(
            "bytedance/seedance-2.0",
            ["resolution": "720p", "duration": 5, "reference_videos": ["https://h/1.mp4"]],
            "1.1",
            "third party, 2026-10-06: video goes in"
        ),
        PricedCase("bytedance/seedance-2.0", ["resolution": "720p", "duration": -1], "?", "the model chooses"),
        PricedCase("bytedance/seedance-2.0-fast", ["resolution": "720p", "duration": 10], "1.5", "page, 2026-09-24"),
        PricedCase("google/veo-2", ["duration": 8], "4", "pricing page, 2025-07-19"),
        PricedCase("google/veo-2", [:], "?", "no length is known"),
        PricedCase("google/veo-3", [:], "3.2", "third party, 2026: 8 s with sound by default"),
        PricedCase("google/veo-3", ["generate_audio": false, "duration": 4], "0.8", "third party, 2026"),
        PricedCase("google/veo-3.1", ["duration": 6], "2.4", "third party, 2026-10-06"),
        PricedCase("google/veo-3.1-fast", [:], "1.2", "third party, 2026-10-06"),
        PricedCase("google/veo-3.1-fast", ["generate_audio": false], "0.8", "third party, 2026-10-06"),
        PricedCase("google/veo-3.1-lite", ["resolution": "720p", "duration": 8], "0.4", "third party, 2026-10-06"),
        PricedCase("kwaivgi/kling-v1.6-standard", ["duration": 5], "0.28", "video_pipeline, 2025"),
        PricedCase("kwaivgi/kling-v1.6-pro", ["duration": 10], "0.98", "video_pipeline, 2025"),
        PricedCase("kwaivgi/kling-v2.1", ["mode": "standard", "duration": 5], "0.25", "mulmocast, 2025: a real bill"),
        PricedCase("kwaivgi/kling-v2.1", ["mode": "pro", "duration": 5], "?", "not in the facts"),
        PricedCase("kwaivgi/kling-v2.1-master", [:], "1.4–2.8", "mulmocast, 2025: 5 or 10 s"),
        PricedCase("kwaivgi/kling-v2.5-turbo-pro", ["duration": 10], "0.7", "page, 2026-09-24"),
        PricedCase("kwaivgi/kling-v2.6", ["duration": 5], "0.7", "third party, 2026-10-06: with sound by default"),
        PricedCase("kwaivgi/kling-v2.6", ["duration": 5, "generate_audio": false], "0.35", "third party, 2026-10-06"),
        PricedCase(
            "kwaivgi/kling-v3-video",
            ["mode": "standard", "generate_audio": true, "duration": 5],
            "1.26",
            "page, 2026-09-24"
        ),
        PricedCase("kwaivgi/kling-v3-video", ["duration": 5], "1.12–1.68", "page, 2026-09-24: pro, sound not set"),
        PricedCase("kwaivgi/kling-v3-video", ["mode": "4k", "duration": 5], "2.1", "page, 2026-09-24"),
        PricedCase("minimax/video-01", [:], "0.5", "page, 2026-08-19: a video, not a second"),
        PricedCase("minimax/hailuo-02", ["resolution": "768p", "duration": 6], "≈ 0.27", "weak, 2025"),
        PricedCase("minimax/hailuo-02", ["duration": 6], "≈ 0.48", "weak, 2025: 1080p by default"),
        PricedCase("minimax/hailuo-02", ["resolution": "512p", "duration": 6], "?", "not in the facts"),
        PricedCase("minimax/hailuo-2.3", ["duration": 6], "0.28", "page, 2026-09-24"),
        PricedCase("minimax/hailuo-2.3", ["duration": 10], "0.56", "page, 2026-09-24"),
        PricedCase("minimax/hailuo-2.3", ["resolution": "1080p", "duration": 6], "0.49", "page, 2026-09-24"),
        PricedCase("minimax/hailuo-2.3-fast", ["duration": 6], "≈ 0.19", "MiniMax, 2026-08-18"),
        PricedCase("wavespeedai/wan-2.1-i2v-480p", ["num_frames": 80, "fps": 16], "0.45", "pricing, 2026-05-26"),
        PricedCase("wavespeedai/wan-2.1-i2v-720p", ["num_frames": 80, "fps": 16], "1.25", "pricing, 2026-05-26"),
        PricedCase(
            "wan-video/wan-2.2-i2v-fast",
            ["interpolate_output": false, "num_frames": 162],
            "0.05–0.1",
            "third party, 2026-10-06: a video, and nobody says of what length"
        ),
        PricedCase(
            "wan-video/wan-2.2-i2v-fast",
            ["resolution": "720p", "interpolate_output": true],
            "0.145",
            "third party, 2026-10-06"
        ),
        PricedCase("wan-video/wan-2.2-t2v-fast", ["resolution": "720p"], "0.1", "third party, 2026-10-06"),
        PricedCase("wan-video/wan-2.5-i2v-fast", ["resolution": "720p", "duration": 5], "0.34", "page, 2026-09-24"),
        PricedCase("wan-video/wan-2.5-i2v-fast", ["resolution": "1080p", "duration": 5], "0.51", "page, 2026-09-24"),
        PricedCase("wan-video/wan-2.7-t2v", ["duration": 5], "0.5", "page, 2026-09-24"),
        PricedCase("wan-video/wan-2.7-i2v", ["duration": 5, "resolution": "1080p"], "0.75", "2026-09-24"),
        PricedCase(
            "alibaba/wan-3",
            ["duration": 4, "resolution": "720p"],
            "0.2–0.4",
            "weak, 2026-10-06: promotional?"
        ),
        PricedCase("openai/sora-2", ["seconds": 8], "0.8", "page, 2026-09-24"),
        PricedCase("openai/sora-2-pro", ["seconds": 4, "resolution": "high"], "2", "page, 2026-09-24"),
        PricedCase("openai/sora-2-pro", ["seconds": 4, "resolution": "720p"], "1.2", "page, 2026-09-24"),
        PricedCase("runwayml/gen-4.5", ["duration": 10], "1.2", "page, 2026-09-24"),
        PricedCase("luma/ray-2-720p", ["duration": 5], "0.9", "page, 2026-09-24"),
        PricedCase("xai/grok-imagine-video", ["duration": 6], "0.3", "third party, 2026-09"),
        PricedCase("xai/grok-imagine-video-1.5", ["duration": 6], "0.48", "page, 2026-09"),
        PricedCase(
            "pixverse/pixverse-v6",
            ["quality": "1080p", "generate_audio": true, "duration": 5],
            "1.15",
            "page, 2026-09-24"
        ),
        PricedCase("lightricks/ltx-2.5-fast", ["resolution": "4k", "duration": 6], "1.44", "page, 2026-09-25"),
        PricedCase("black-forest-labs/flux-3", ["resolution": "720p", "duration": 5], "0.85", "page, 2026-09-24"),
        PricedCase("black-forest-labs/flux-3", ["duration": 5], "0.85–1.45", "page, 2026-09-24: size not set"),
        PricedCase("kwaivgi/kling-lip-sync", [:], "?", "third party, 2026-10-06: as long as the sound"),
        PricedCase("fofr/skyreels-2", ["image_urls": ["u1", "u2", "u3"]], "≈ 0.6", "the reference's assumption"),
        PricedCase(
            "fofr/skyreels-2",
            ["image_urls": ["u1", "u2"], "seconds_per_image": 10],
            "≈ 2",
            "images × seconds"
        ),
        PricedCase("fofr/skyreels-2", [:], "?", "no images, no length"),
    ]

    static let others = [
        PricedCase("deepseek-ai/deepseek-r1", ["prompt": "why"], "?", "api-evangelist, 2026-10-07: tokens"),
        PricedCase("google/veo-3-fast", ["duration": 8], "?", "not in the facts"),
        PricedCase("lab/slow-diffusion", [:], "?", "billed by time"),
    ]
}

struct PricedCaseTests {
    @Test(arguments: PricedCase.images + PricedCase.videos + PricedCase.others)
    func `the built-in book gives the price of the recorded facts`(row: PricedCase) {
        let estimate = PriceBook.builtIn.estimate(model: row.model, input: row.input, schema: nil, history: nil)
        let shown =
            switch estimate {
            case .exact(let money, _): "\(money.amount)"
            case .range(let low, let high, _) where low == high: "≈ \(low.amount)"
            case .range(let low, let high, _): "\(low.amount)–\(high.amount)"
            case .unknown: "?"
            }
        #expect(shown == row.expected, "\(estimate.explanation)")
        #expect(!estimate.explanation.isEmpty)
    }

    @Test func `there is a row for every model of the book`() {
        let covered = Set((PricedCase.images + PricedCase.videos + PricedCase.others).map(\.model))
        #expect(Set(PriceBook.builtIn.models.values.map(\.model)).subtracting(covered) == ["minimax/hailuo-02-fast"])
    }

    @Test func `every price has a confidence, a source and a date`() {
        for entry in PriceBook.builtIn.models.values {
            for price in entry.prices {
                #expect(price.read != nil, "\(entry.model)")
                #expect(!price.source.isEmpty, "\(entry.model)")
                #expect(price.low > .zero && price.low <= price.high, "\(entry.model)")
            }
        }
        for (sku, price) in PriceBook.builtIn.hardware {
            #expect(price.read != nil && !price.source.isEmpty && price.rate > .zero, "\(sku)")
        }
    }
}
