import Foundation
import Money
import Pricing
import ReplicateAPI
import Testing

struct EstimateTests {
    private static let book = PriceBook.builtIn
    private static let rows = PricedCase.images + PricedCase.videos + PricedCase.others

    private func estimate(_ row: PricedCase) -> Estimate {
        Self.book.estimate(model: row.model, input: row.input, schema: nil, history: nil)
    }

    @Test(
        arguments: [
            ("black-forest-labs/flux-schnell", ["num_outputs": 4], "4 images × $0.003"),
            ("bytedance/seedance-1-pro", [:], "5 s × $0.15/s"),
            ("black-forest-labs/flux-2-pro", ["width": 1_024, "height": 1_024], "1 run × $0.015 + 2 MP × $0.015"),
            ("minimax/video-01", [:], "1 video × $0.50"),
            ("google/nano-banana-pro", [:], "1 image × $0.15–0.30, resolution not set"),
            ("kwaivgi/kling-v1.6-pro", [:], "5–10 s × $0.098/s"),
            ("fofr/skyreels-2", ["image_urls": ["a", "b"]], "4 s × $0.10/s, unconfirmed"),
            ("kwaivgi/kling-v2.1", ["mode": "pro", "duration": 5], "no price is known for mode pro"),
            ("google/veo-2", [:], "the length of the video is not known before the run"),
        ] as [(String, JSONObject, String)]
    )
    func `the explanation shows the calculation`(model: String, input: JSONObject, because: String) {
        let estimate = Self.book.estimate(model: model, input: input, schema: nil, history: nil)
        #expect(estimate.explanation == because)
    }

    @Test(arguments: rows)
    func `more runs never cost less, and n of them cost n times one`(row: PricedCase) {
        let one = estimate(row)
        guard let low = one.low, let high = one.high else { return }
        #expect(low <= high)
        var before = Money.zero
        for count in [1, 2, 3, 7, 50] {
            let all = one.times(count)
            #expect(all.low == low * Decimal(count))
            #expect(all.high == high * Decimal(count))
            #expect(all.high! >= before)
            before = all.high!
        }
    }

    @Test func `alternatives cost what their sum costs`() {
        let known = Self.rows.map(estimate).filter { $0.high != nil }
        let sum = Estimate.sum(known)
        #expect(sum.low == known.compactMap(\.low).reduce(.zero, +))
        #expect(sum.high == known.compactMap(\.high).reduce(.zero, +))
        #expect(Estimate.sum(known + [.unknown(reason: "tokens")]) == .unknown(reason: "tokens"))
        #expect(Estimate.sum([]).high == .zero)
    }

    @Test func `an invalid number of images is not priced`() {
        let estimate = Self.book.estimate(
            model: "black-forest-labs/flux-schnell",
            input: ["num_outputs": "many"],
            schema: nil,
            history: nil
        )
        #expect(estimate.high == nil)
    }

    // MARK: Defaults that decide the price

    private static let seedance = InputSchema(fields: [
        InputField(name: "prompt", kind: .text, isRequired: true),
        InputField(name: "duration", kind: .integer(minimum: 2, maximum: 12), defaultValue: 10),
        InputField(name: "resolution", kind: .choice(["480p", "720p", "1080p"])),
        InputField(name: "camera_fixed", kind: .boolean, defaultValue: false),
    ])

    @Test func `inputs that decide the price are sent, from the schema or else from the book`() {
        let input: JSONObject = ["prompt": "a fjord"]
        let priced = Self.book.pricedInputs(model: "bytedance/seedance-1-pro", input: input, schema: Self.seedance)
        #expect(priced == ["duration": 10, "resolution": "1080p"])
        let before = Self.book.estimate(
            model: "bytedance/seedance-1-pro",
            input: input,
            schema: Self.seedance,
            history: nil
        )
        let after = Self.book.estimate(
            model: "bytedance/seedance-1-pro",
            input: input.merging(priced) { $1 },
            schema: nil,
            history: nil
        )
        #expect(before == after)
        #expect(before.high == Money("1.5"))
    }

    @Test func `values of the user are not changed`() {
        let priced = Self.book.pricedInputs(
            model: "bytedance/seedance-1-pro",
            input: ["duration": 2, "resolution": "480p"],
            schema: Self.seedance
        )
        #expect(priced.isEmpty)
    }

    // MARK: Time

    private static let slow = "lab/slow-diffusion"

    @Test func `input pictures are priced by size when all sizes are known`() {
        let input: JSONObject = [
            "width": 1_024, "height": 1_024, "input_images": ["https://h/1.png", "https://h/2.png"],
        ]
        func estimate(_ sizes: [String: Decimal]) -> Estimate {
            Self.book.estimate(
                model: "black-forest-labs/flux-2-pro",
                input: input,
                schema: nil,
                megapixelsIn: sizes,
                history: nil
            )
        }
        #expect(estimate(["https://h/1.png": 1]).high == nil)
        // A run, two megapixels out, and one and three in: each picture is rounded up.
        #expect(
            estimate(["https://h/1.png": Decimal(string: "0.3")!, "https://h/2.png": Decimal(string: "2.1")!])
                == .exact(Money("0.105")!, because: "1 run × $0.015 + 2 MP × $0.015 + 4 MP in × $0.015")
        )
    }

    @Test func `without an input for groups, up to the allowed number of images is estimated`() {
        let schema = InputSchema(fields: [
            InputField(name: "max_images", kind: .integer(minimum: 1, maximum: 15), defaultValue: 1)
        ])
        func estimate(_ input: JSONObject) -> Estimate {
            Self.book.estimate(model: "bytedance/seedream-4", input: input, schema: schema, history: nil)
        }
        #expect(estimate([:]).label == "$0.03")
        #expect(estimate(["max_images": 4]).label == "≈ $0.03–0.12")
    }

    @Test func `inputs that decide the number of images are sent`() {
        let schema = InputSchema(fields: [
            InputField(name: "max_images", kind: .integer(minimum: 1, maximum: 15), defaultValue: 1),
            InputField(name: "sequential_image_generation", kind: .choice(["disabled", "auto"])),
        ])
        let priced = Self.book.pricedInputs(model: "bytedance/seedream-4", input: [:], schema: schema)
        #expect(priced == ["max_images": 1, "sequential_image_generation": "disabled"])
    }

    private func timed(_ history: RunHistory?, isOfficial: Bool = false) -> Estimate {
        Self.book.estimate(model: Self.slow, input: [:], schema: nil, history: history, isOfficial: isOfficial)
    }

    @Test func `time is estimated from the middle of own runs`() {
        let history = RunHistory(runs: .lasting(10, 9, 11, 8, 12, 10, 10, 10, 10, 60), hardware: "gpu-l40s")
        #expect(
            timed(history)
                == .range(
                    low: Money("0.0078")!,
                    high: Money("0.0117")!,
                    because: "8–12 s × $0.000975/s, your last 10 runs"
                )
        )
    }

    @Test func `public examples are used until there are own runs`() {
        let examples = RunHistory(exampleSeconds: [4, 6], hardware: "cpu")
        #expect(timed(examples).explanation == "4–6 s × $0.0001/s, 2 public examples")
        let both = RunHistory(runs: .lasting(5), exampleSeconds: [4, 6], hardware: "cpu")
        #expect(timed(both).explanation == "4–6 s × $0.0001/s, 1 of yours and 2 public examples")
        let own = RunHistory(runs: .lasting(5, 5, 5), exampleSeconds: [100], hardware: "cpu")
        #expect(timed(own).explanation == "5 s × $0.0001/s, your last 3 runs")
    }

    @Test func `time is never an exact price`() {
        let estimate = timed(RunHistory(runs: .lasting(5, 5, 5), hardware: "cpu"))
        #expect(estimate == .range(low: Money("0.0005")!, high: Money("0.0005")!, because: estimate.explanation))
        #expect(estimate.label == "≈ $0.0005")
    }

    @Test(arguments: [
        nil, RunHistory(), RunHistory(hardware: "cpu"), RunHistory(runs: .lasting(5), hardware: "gpu-nobody-heard-of"),
    ])
    func `without a time, or on hardware without a price, nothing is invented`(history: RunHistory?) {
        #expect(timed(history).high == nil)
        #expect(timed(history).label == "?")
    }

    @Test func `until the hardware is named, the price covers all hardware`() {
        let estimate = timed(RunHistory(runs: .lasting(8, 10, 12)))
        #expect(estimate.low == Money("0.0002"))
        #expect(estimate.high == Money("0.1464"))
        #expect(
            estimate.explanation == "8–12 s × $0.000025–0.0122/s, hardware not named, your last 3 runs"
        )
    }

    @Test func `a model of unknown kind is not estimated from time`() {
        let estimate = Self.book.estimate(
            model: Self.slow,
            input: [:],
            schema: nil,
            history: RunHistory(runs: .lasting(8, 10, 12), hardware: "cpu"),
            isOfficial: nil
        )
        #expect(estimate.high == nil)
    }

    @Test func `an official model is never priced by time`() {
        let history = RunHistory(runs: .lasting(125, 125, 125), hardware: "gpu-h100")
        #expect(timed(history, isOfficial: true).high == nil)
    }

    // MARK: Earlier runs

    @Test func `costs of earlier runs give a range when the inputs cannot`() {
        let costs = ["0.02", "0.01", "0.03"].compactMap { Money($0) }
        let estimate = Self.book.estimate(
            model: "deepseek-ai/deepseek-r1",
            input: [:],
            schema: nil,
            history: RunHistory(runs: costs.map { RunHistory.Run(cost: $0) })
        )
        #expect(estimate.low == Money("0.01"))
        #expect(estimate.high == Money("0.03"))
    }

    @Test func `runs that cost more than estimated widen the range upwards only`() {
        let history = RunHistory(runs: .costing(2, 1, 1.5))
        let estimate = Self.book.estimate(
            model: "black-forest-labs/flux-schnell",
            input: [:],
            schema: nil,
            history: history
        )
        #expect(estimate.low == Money("0.003"))
        #expect(estimate.high == Money("0.006"))
        #expect(estimate.explanation == "1 image × $0.003; your last 3 runs cost 100 %–200 % of the estimate")
    }

    @Test(arguments: [[], [3, 3], [1, 1, 1, 1], [0.9, 1.1, 1]] as [[Decimal]])
    func `few or matching runs keep a price exact`(ratios: [Decimal]) {
        let estimate = Self.book.estimate(
            model: "black-forest-labs/flux-schnell",
            input: [:],
            schema: nil,
            history: RunHistory(runs: ratios.map { RunHistory.Run(cost: Money($0), estimate: Money(1)) })
        )
        #expect(estimate == .exact(Money("0.003")!, because: "1 image × $0.003"))
    }
}
