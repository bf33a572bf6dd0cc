import Foundation
import Money
import Pricing
import ReplicateAPI
import Testing

/// An exact estimate must be right. An input that may change the amount and is not in the price entry makes the
/// estimate inexact.
struct ExactnessTests {
    private static let book = PriceBook.builtIn

    private func estimate(_ model: String, _ input: JSONObject, _ schema: InputSchema? = nil) -> Estimate {
        Self.book.estimate(model: model, input: input, schema: schema, history: nil)
    }

    private func isExact(_ estimate: Estimate) -> Bool { if case .exact = estimate { true } else { false } }

    // MARK: Inputs that no entry knows

    /// An exact case of each model that has one, as a base to add an input to.
    private static let bases: [PricedCase] = {
        var seen: Set<String> = []
        return (PricedCase.images + PricedCase.videos).filter { row in
            Double(row.expected) != nil && seen.insert(row.model).inserted
        }
    }()

    /// A field with a default, and another value.
    private static let strangers: [(field: InputField, value: JSONValue)] = [
        (number("clip_duration", 5), 10), (number("seconds_per_clip", 2), 10), (number("frames_total", 81), 121),
        (number("num_variations", 1), 4), (number("variation_count", 1), 4), (number("max_clips", 1), 3),
        (number("target_megapixels", 1), 4), (number("output_length", 5), 15), (number("upscale_factor", 1), 4),
        (number("scale", 1), 2), (number("batch_size", 1), 8), (number("n", 1), 4), (number("fps_out", 24), 60),
        (number("repeats", 1), 3), (number("numFrames", 81), 162), (number("tiles", 1), 9),
        (number("x", 1, "How many pictures to make"), 4), (number("y", 5, "Length in seconds"), 10),
        (choice("video_resolution", ["480p", "720p", "1080p"], "480p"), "1080p"),
        (choice("output_size", ["1K", "2K", "4K"], "1K"), "4K"),
        (choice("canvas_size", ["512x512", "1024x1024"], "512x512"), "1024x1024"),
        (choice("quality_tier", ["low", "high"], "low"), "high"),
        (choice("render_mode", ["std", "pro"], "std"), "pro"),
        (InputField(name: "with_audio_track", kind: .boolean, defaultValue: false), true),
        (InputField(name: "hd", kind: .boolean, defaultValue: false), true),
        (InputField(name: "upscale_output", kind: .boolean, defaultValue: false), true),
    ]

    private static func number(_ name: String, _ value: Int64, _ summary: String? = nil) -> InputField {
        InputField(
            name: name,
            summary: summary,
            kind: .integer(minimum: 1, maximum: 1_000),
            defaultValue: .integer(value)
        )
    }

    private static func choice(_ name: String, _ values: [String], _ value: String) -> InputField {
        InputField(name: name, kind: .choice(values.map(JSONValue.string)), defaultValue: .string(value))
    }

    private func schema(_ row: PricedCase, _ fields: [InputField]) -> InputSchema {
        let own = row.input.map { name, value in
            InputField(name: name, kind: value.array == nil ? .json : .files(most: nil), defaultValue: nil)
        }
        return InputSchema(fields: own + fields + [InputField(name: "prompt", kind: .text)])
    }

    @Test(arguments: bases)
    func `an unlisted quantity makes a price inexact, for every model of the book`(row: PricedCase) {
        let entry = Self.book[row.model]
        for (field, value) in Self.strangers where entry?.ignored.contains(field.name) == false {
            let schema = schema(row, [field])
            let base = estimate(row.model, row.input, schema)
            let changed = estimate(row.model, row.input.merging([field.name: value]) { $1 }, schema)
            #expect(!isExact(changed), "\(field.name): \(changed.label) \(changed.explanation)")
            #expect(changed.explanation.contains(field.name), "\(changed.explanation)")
            // The range has the present price at one of its ends.
            if let high = changed.high, let before = base.high { #expect(high >= before) }
        }
    }

    @Test(arguments: bases)
    func `an unlisted quantity at its default keeps a price exact`(row: PricedCase) {
        for (field, _) in Self.strangers {
            let schema = schema(row, [field])
            let before = estimate(row.model, row.input, schema)
            let value = field.defaultValue ?? .null
            #expect(estimate(row.model, row.input.merging([field.name: value]) { $1 }, schema) == before)
        }
    }

    @Test(arguments: bases)
    func `without a schema an unlisted quantity makes a price inexact`(row: PricedCase) {
        for (field, value) in Self.strangers where field.summary == nil {
            let changed = estimate(row.model, row.input.merging([field.name: value]) { $1 })
            #expect(!isExact(changed), "\(row.model) \(field.name)")
        }
    }

    @Test(
        arguments: [
            ("seed", 7), ("output_format", "png"), ("aspect_ratio", "16:9"),
            ("prompt", "30 frames, 4K resolution, 10 s"),
            ("negative_prompt", "count to 10"), ("guidance_scale", 3.5), ("prompt_strength", 0.4),
            ("output_quality", 90),
            ("image", "https://h/frame.png"), ("reference_frames", ["https://h/1.png", "https://h/2.png"]),
            ("safety_tolerance", 5), ("go_fast", false), ("camera_fixed", true), ("lora_scale", 0.7),
            ("num_images", .null),
        ] as [(String, JSONValue)]
    )
    func `an input that changes only the content keeps a price exact`(name: String, value: JSONValue) {
        #expect(isExact(estimate("google/imagen-4", [name: value])), "\(name)")
    }

    @Test func `a number of unknown meaning is named, and the price is inexact`() {
        let estimate = estimate("google/imagen-4", ["wobble": 3])
        #expect(estimate.label == "≈ $0.04")
        #expect(estimate.explanation.contains("wobble 3 may change it"))
    }

    @Test func `a version with another default than the entry has no exact price`() {
        func estimate(_ frames: Int64) -> Estimate {
            let schema = InputSchema(fields: [
                InputField(name: "interpolate_output", kind: .boolean, defaultValue: false),
                InputField(name: "resolution", kind: .choice(["480p", "720p"]), defaultValue: "480p"),
                Self.number("num_frames", frames),
            ])
            return self.estimate("wan-video/wan-2.2-i2v-fast", [:], schema)
        }
        #expect(isExact(estimate(81)))
        #expect(estimate(162).label == "≈ $0.05–0.10")
    }

    // MARK: Width of the range

    @Test(
        arguments: [
            (number("num_variations", 1), 4, "≈ $0.04–0.16"), (number("num_variations", 4), 1, "≈ $0.01–0.04"),
            (choice("resolution", ["1080p", "2160p"], "1080p"), "2160p", "≈ $0.04–0.16"),
            (choice("size", ["1K", "2K"], "1K"), "2K", "≈ $0.04–0.16"),
            (choice("size", ["1024x1024", "1536x1024"], "1024x1024"), "1536x1024", "≈ $0.04–0.06"),
            (number("upscale", 1), 2, "≈ $0.04–0.16"),
            (choice("megapixels", ["1", "2 MP"], "1 MP"), "2 MP", "≈ $0.04–0.08"),
            (choice("quality", ["low", "high"], "low"), "high", "?"), (number("duration", -1), 5, "?"),
            (number("duration", 5), -1, "?"),
        ] as [(InputField, JSONValue, String)]
    )
    func `a known quantity scales the range in proportion`(field: InputField, value: JSONValue, label: String) {
        let schema = InputSchema(fields: [field])
        #expect(estimate("google/imagen-4", [field.name: value], schema).label == label)
    }

    // MARK: Inputs by which the entry counts

    @Test(
        arguments: [
            ("fofr/skyreels-2", ["image_urls": ["a", "b"], "seconds_per_image": 10], "2"),
            ("fofr/skyreels-2", ["image_urls": ["a"], "seconds_per_image": 0.5], "0.05"),
            ("fofr/skyreels-2", ["images": ["a", "b", "c"]], "0.6"),
            ("black-forest-labs/flux-schnell", ["num_outputs": 3], "0.009"),
            ("google/veo-3", ["duration": "4"], "1.6"), ("openai/sora-2", ["seconds": "12s"], "1.2"),
            ("wavespeedai/wan-2.1-i2v-480p", ["num_frames": 160, "frames_per_second": 16], "0.9"),
            ("openai/gpt-image-2", ["quality": "high", "number_of_images": 2], "0.256"),
        ] as [(String, JSONObject, String)]
    )
    func `the quantity follows from the entry's inputs`(model: String, input: JSONObject, price: String) {
        #expect(estimate(model, input).high == Money(price))
    }

    @Test func `the length by which an entry counts is sent explicitly`() {
        let schema = InputSchema(fields: [
            InputField(name: "image_urls", kind: .files(most: nil)),
            InputField(name: "seconds_per_image", kind: .number(minimum: 0.5, maximum: 10), defaultValue: 3),
            InputField(name: "duration", kind: .integer(minimum: 2, maximum: 12)),
        ])
        let sent = Self.book.pricedInputs(model: "fofr/skyreels-2", input: ["image_urls": ["a"]], schema: schema)
        #expect(sent == ["seconds_per_image": 3])
        #expect(Self.book.pricedInputs(model: "bytedance/seedance-1-pro", input: [:], schema: schema)["duration"] == 5)
    }

    @Test func `a model without the entry's input has no exact price`() {
        let schema = InputSchema(fields: [InputField(name: "prompt", kind: .text)])
        let estimate = estimate("google/veo-3", [:], schema)
        #expect(!isExact(estimate))
        #expect(estimate.explanation.contains("no input duration"))
    }

    @Test(arguments: ["auto", "-1", "0", "long", ""])
    func `a length that the model chooses is not taken as the default length`(length: String) {
        #expect(!isExact(estimate("google/veo-3", ["duration": .string(length)])))
    }

    @Test func `text with two possible lengths makes a range`() throws {
        let book = try PriceBook(
            yaml: "models:\n  a/speech:\n    prices:\n      - {amount: 0.001, per: input-character}",
            origin: "test"
        )
        func price(_ text: String) -> Estimate {
            book.estimate(model: "a/speech", input: ["text": .string(text)], schema: nil, history: nil)
        }
        #expect(price("hello") == .exact(Money("0.005")!, because: "5 input characters × $1000.00/M"))
        #expect(price("👨‍👩‍👧!").low == Money("0.002"))
        #expect(price("👨‍👩‍👧!").high == Money("0.009"))
    }

    @Test(
        arguments: [
            (["resolution": "1 MP"], "≈ $0.03–0.045"), (["width": 1_024, "height": 1_024], "$0.045"),
            (["width": 256, "height": 256, "resolution": "4 MP"], "≈ $0.03–0.09"),
            (["width": 256, "height": 256, "resolution": "4 MP", "aspect_ratio": "custom"], "$0.03"),
        ] as [(JSONObject, String)]
    )
    func `named megapixels are approximate, and sides count only where the model uses them`(
        input: JSONObject,
        label: String
    ) {
        #expect(estimate("black-forest-labs/flux-2-pro", input).label == label)
    }

    // MARK: Time

    @Test func `an input that takes longer widens a price by time, until there are runs with the same inputs`() {
        let schema = InputSchema(fields: [
            Self.number("num_inference_steps", 50), Self.number("steps", 20), Self.number("scale", 4),
        ])
        func price(_ input: JSONObject, _ runs: [RunHistory.Run]) -> Estimate {
            Self.book.estimate(
                model: "lab/slow",
                input: input,
                schema: schema,
                history: RunHistory(runs: runs, hardware: "cpu")
            )
        }
        let usual = [RunHistory.Run].lasting(10, 10, 10)
        #expect(price([:], usual).high == Money("0.001"))
        #expect(price(["num_inference_steps": 500], usual).high == Money("0.01"))
        #expect(price(["steps": 40], usual).high == Money("0.002"))
        #expect(price(["scale": 8], usual).high == Money("0.004"))
        let long = (0..<3).map { _ in RunHistory.Run(input: ["num_inference_steps": 500], seconds: 90) }
        #expect(price(["num_inference_steps": 500], usual + long).high == Money("0.009"))
    }

    // MARK: Earlier runs

    private func history(_ input: JSONObject, cost: String, estimate: String) -> RunHistory {
        RunHistory(overruns: [RunHistory.Run(input: input, cost: Money(cost), estimate: Money(estimate))])
    }

    private func estimate(_ input: JSONObject, _ history: RunHistory) -> Estimate {
        Self.book.estimate(model: "google/imagen-4", input: input, schema: nil, history: history)
    }

    @Test func `a run that cost more than its exact price makes prices for its inputs inexact, with a note`() {
        let history = history(["prompt": "a", "style": "vector"], cost: "0.08", estimate: "0.04")
        let again = estimate(["prompt": "b", "style": "vector"], history)
        #expect(again.low == Money("0.04"))
        #expect(again.high == Money("0.08"))
        #expect(again.explanation.contains("no longer certain"))
        #expect(again.explanation.contains("$0.08"))
        #expect(again.explanation.contains("100 %"))
        #expect(isExact(estimate(["prompt": "b"], history)))
    }

    @Test func `a run with usual inputs that cost more makes the model's prices inexact`() {
        let history = history(["prompt": "a", "seed": 4], cost: "0.06", estimate: "0.04")
        #expect(!isExact(estimate(["prompt": "b"], history)))
        #expect(!isExact(estimate(["prompt": "b", "style": "vector"], history)))
    }

    @Test func `a run whose cost the present book explains changes nothing`() {
        let dear = history(["image_urls": ["a"], "seconds_per_image": 10], cost: "1", estimate: "0.2")
        let book = Self.book
        let entry = "models:\n  a/film:\n    duration: length\n    prices:\n      - {amount: 0.1, per: second}"
        let own = (try? PriceBook(yaml: entry, origin: "test")).map(book.merging) ?? book
        let overrun = history(["length": 10], cost: "1", estimate: "0.2")
        #expect(
            isExact(own.estimate(model: "a/film", input: ["length": 10], schema: nil, history: overrun))
        )
        let skyreels = book.estimate(
            model: "fofr/skyreels-2",
            input: ["image_urls": ["a"], "seconds_per_image": 10],
            schema: nil,
            history: dear
        )
        #expect(skyreels.high == Money("1"))
    }

    @Test func `a cost within 20 per cent is as estimated`() {
        #expect(isExact(estimate(["prompt": "b"], history(["prompt": "a"], cost: "0.048", estimate: "0.04"))))
    }

    // MARK: Sums

    @Test func `a sum is exact only if each part is`() {
        let about = Estimate.range(low: Money(1), high: Money(1), because: "unconfirmed")
        let exact = Estimate.exact(Money(2), because: "so")
        let sum = Estimate.sum([about, exact])
        #expect(!isExact(sum))
        #expect(sum.high == Money(3))
        #expect(isExact(Estimate.sum([exact, .exact(Money(1), because: "so")])))
    }

    @Test(arguments: ["Black-Forest-Labs/Flux-Schnell", "BLACK-FOREST-LABS/FLUX-SCHNELL"])
    func `a name in any case is the same model`(model: String) {
        #expect(estimate(model, [:]) == estimate("black-forest-labs/flux-schnell", [:]))
        #expect(Self.book.headline(for: model) == "$0.003/image")
    }
}
