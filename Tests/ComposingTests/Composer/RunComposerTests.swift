import Foundation
import Money
import Pricing
import ReplicateAPI
import Testing

@testable import Composing

struct RunComposerTests {
    private static let composer = RunComposer(prices: .builtIn)

    private static func model(_ fields: InputField..., path: String = "acme/model") -> ModelDetails {
        ModelDetails(path: path, summary: "", isOfficial: true, schema: InputSchema(fields: fields))
    }

    private static let prompt = InputField(name: "prompt", kind: .text, isRequired: true)
    private static let plain = model(
        prompt,
        InputField(name: "seed", kind: .integer(minimum: 0, maximum: Int128(UInt64.max))),
        InputField(name: "negative", kind: .text, defaultValue: "ugly"),
        InputField(name: "style", kind: .text, defaultValue: "vivid", isNullable: true)
    )
    private static let frames = model(
        prompt,
        InputField(name: "start_image", kind: .file),
        InputField(name: "end_image", kind: .file),
        path: "v/slots"
    )
    private static let list = model(
        prompt,
        InputField(name: "images", kind: .files(most: 3)),
        InputField(name: "tags", kind: .texts)
    )

    private func compose(
        _ details: ModelDetails?,
        prompt: String? = "a fox",
        alternatives: Bool = true,
        images: [GivenImage] = [],
        inputs: [GivenInput] = [],
        count: Int = 1
    ) -> ComposedRuns {
        Self.composer.compose(
            GivenRun(
                model: details?.path ?? "acme/model",
                details: details,
                prompt: prompt,
                readsAlternatives: alternatives,
                images: images,
                inputs: inputs,
                count: count
            )
        )
    }

    private func file(_ path: String, size: Int? = 100, _ obstacle: InputFile.Obstacle? = nil) -> InputFile {
        InputFile(path: path, size: size, type: "image/png", obstacle: obstacle)
    }

    // MARK: The prompt

    @Test(arguments: ["text", "caption", "say"])
    func `the prompt goes into the model's own text input`(name: String) {
        let model = Self.model(
            InputField(name: "negative_text", kind: .text, isRequired: true, order: 0),
            InputField(name: name, kind: .text, isRequired: true, order: 1)
        )
        let inputs = [GivenInput("negative_text", .typed("blur"))]
        #expect(compose(model, inputs: inputs).requests.map(\.input) == [[name: "a fox", "negative_text": "blur"]])
        // By the usual name, and by the model's own name.
        for given in ["prompt", name] {
            let runs = compose(model, prompt: nil, inputs: inputs + [GivenInput(given, .typed("{a|b}"))])
            #expect(runs.requests.map(\.prompt) == ["a", "b"])
            #expect(runs.requests.map { $0.input[name] } == ["a", "b"])
        }
    }

    @Test func `alternatives are priced one by one and run as often as asked`() throws {
        let prices = try PriceBook(
            yaml: """
                models:
                  acme/model:
                    prices: [{amount: 0.001, per: input-character, source: a contract, read: 2026-11-20}]
                """,
            origin: "test"
        )
        let order = GivenRun(
            model: "acme/model",
            details: Self.model(InputField(name: "text", kind: .text, isRequired: true)),
            prompt: "{x|yyyy}",
            readsAlternatives: true,
            count: 2
        )
        let runs = RunComposer(prices: prices).compose(order)
        #expect(runs.requests.map(\.prompt) == ["x", "x", "yyyy", "yyyy"])
        #expect(runs.estimates.map(\.high) == ["0.001", "0.001", "0.004", "0.004"].map { Money($0) })
        #expect(runs.total.high == Money("0.010"))
    }

    @Test func `a prompt that is used unchanged has no alternatives`() {
        #expect(compose(Self.plain, prompt: "{a|b}", alternatives: false).requests.map(\.prompt) == ["{a|b}"])
    }

    @Test func `one empty alternative is refused where the prompt is required`() {
        #expect(compose(Self.plain, prompt: "{a|}").issues.map(\.sentence) == ["prompt is required"])
    }

    @Test func `a name without a file is text, and a file is not a prompt`() {
        let missing = GivenInput("prompt", .file(file("alice", size: nil, .missing)))
        #expect(compose(Self.plain, prompt: nil, inputs: [missing]).requests.map(\.prompt) == ["@alice"])
        let there = GivenInput("prompt", .file(file("notes.txt")))
        #expect(
            compose(Self.plain, prompt: nil, inputs: [there]).issues.map(\.sentence).first
                == "prompt takes text, and @notes.txt is a file"
        )
    }

    // MARK: Every part is sent or refused

    @Test func `more images than the model takes are refused`() {
        let images = (1...3).map { GivenImage.address("https://h/\($0).png") }
        let runs = compose(Self.frames, images: images)
        #expect(runs.requests == [])
        #expect(runs.issues.map(\.sentence) == ["v/slots takes at most 2 images"])
        #expect(runs.issues.first?.value.array?.count == 3)
        #expect(compose(Self.plain, images: images).issues.map(\.sentence) == ["acme/model takes no images"])
    }

    @Test func `an input that is given twice is refused by its name`() {
        let image = [GivenImage.address("https://h/1.png")]
        let named = [GivenInput("start_image", .typed("https://h/x.png"))]
        #expect(
            compose(Self.frames, images: image, inputs: named).issues.map(\.sentence) == ["start_image is given twice"]
        )
        let seeds = [GivenInput("seed", .typed("1")), GivenInput("seed", .typed("2"))]
        #expect(compose(Self.plain, inputs: seeds).issues.map(\.sentence) == ["seed is given twice"])
        let prompt = [GivenInput("prompt", .json("b"))]
        #expect(compose(Self.plain, inputs: prompt).issues.map(\.sentence) == ["prompt is given twice"])
    }

    @Test func `addresses and files of one list keep their order`() {
        let inputs = [
            GivenInput("images", .file(file("b.png"))), GivenInput("images", .typed("https://h/a.png")),
            GivenInput("images", .file(file("c.png"))), GivenInput("tags", .typed("x")),
            GivenInput("tags", .typed("y")),
        ]
        let request = compose(Self.list, inputs: inputs).requests.first?.sending([
            "b.png": "https://f/b", "c.png": "https://f/c",
        ])
        #expect(request?.input["images"] == ["https://f/b", "https://h/a.png", "https://f/c"])
        #expect(request?.input["tags"] == ["x", "y"])
        #expect(request?.files == [])
    }

    @Test func `an image that cannot be sent yet blocks the run`() {
        let images = [GivenImage.blocked("https://h/1.png", reason: "403 not allowed")]
        let runs = compose(Self.list, images: images)
        #expect(runs.requests == [])
        #expect(runs.issues.map(\.sentence) == ["https://h/1.png 403 not allowed"])
        #expect(runs.issues.map(\.subject) == [.images(index: 0)])
    }

    @Test func `null, empty text and numbers of 64 bits are sent as they are given`() {
        let inputs = [
            GivenInput("negative", .typed("")), GivenInput("style", .typed("null")),
            GivenInput("seed", .typed("18446744073709551615")),
        ]
        #expect(
            compose(Self.plain, inputs: inputs).requests.map(\.input)
                == [["prompt": "a fox", "negative": "", "style": .null, "seed": .unsigned(.max)]]
        )
        #expect(
            compose(Self.plain, inputs: [GivenInput("seed", .typed("null"))]).issues.map(\.sentence)
                == ["seed must be a whole number from 0 to 18446744073709551615"]
        )
    }

    @Test func `an input that the model does not have is refused`() {
        #expect(
            compose(Self.plain, inputs: [GivenInput("sed", .typed("1"))]).issues.map(\.sentence)
                == ["sed is not an input of this model (did you mean seed?)"]
        )
        let upscaler = Self.model(InputField(name: "image", kind: .file))
        #expect(compose(upscaler).issues.map(\.subject) == [.prompt])
    }

    // MARK: Files

    @Test func `files that cannot be uploaded are refused before anything is uploaded`() {
        let limit = StoredFile.mostBytes
        let inputs = [
            GivenInput("images", .file(file("a.png", size: limit))),
            GivenInput("images", .file(file("b.png", size: limit + 1))),
        ]
        #expect(
            compose(Self.list, inputs: inputs).issues.map(\.sentence)
                == ["images: b.png is larger than the 100 MB that can be uploaded"]
        )
        let missing = [GivenInput("images", .file(file("c.png", size: nil, .missing)))]
        #expect(compose(Self.list, inputs: missing).issues.map(\.sentence) == ["images: c.png does not exist"])
    }

    @Test func `a file of a type that the input does not take is refused`() {
        var limits = ValueLimits()
        limits.accepted = ["audio/*"]
        let model = Self.model(Self.prompt, InputField(name: "voice", kind: .file, limits: limits))
        let inputs = [GivenInput("voice", .file(file("a.png")))]
        #expect(
            compose(model, inputs: inputs).issues.map(\.sentence) == [
                "voice: a.png is not of a type it takes (audio/*)"
            ]
        )
    }

    @Test func `a warning names a model that refuses large files`() {
        let model = Self.model(
            Self.prompt,
            InputField(name: "image_input", kind: .files(most: nil)),
            path: "google/nano-banana-pro"
        )
        let inputs = [GivenInput("image_input", .file(file("a.png", size: 8_000_000)))]
        let runs = compose(model, inputs: inputs)
        #expect(runs.requests.count == 1)
        #expect(runs.warnings.count == 1)
    }

    // MARK: Before the model is known

    @Test func `checks that need no schema work without the model`() {
        let images = [GivenImage.address("nonsense")]
        #expect(compose(nil, images: images).issues.map(\.sentence) == ["nonsense is not a URL (https://…)"])
        let list = [GivenInput("images", .typed("https://h/a")), GivenInput("images", .typed("https://h/b"))]
        #expect(compose(nil, inputs: list).issues == [])
    }

    @Test func `an unknown model gets the price book's spelling`() {
        let order = GivenRun(model: "Black-Forest-Labs/Flux-Schnell", details: nil, prompt: "a fox")
        #expect(Self.composer.compose(order).requests.map(\.model) == ["black-forest-labs/flux-schnell"])
        #expect(Self.composer.compose(order).total.high == Money("0.003"))
    }

    @Test func `too many runs at once are refused`() {
        #expect(compose(Self.plain, prompt: "{a|b|c}", count: 400).issues.map(\.subject) == [.count])
        #expect(compose(Self.plain, prompt: "{a|b}", count: 500).requests.count == 1_000)
    }

    @Test func `a model without a schema uses the usual names`() {
        let image = [GivenImage.address("https://h/1.png")]
        #expect(
            compose(Self.model(), images: image).requests.map(\.input)
                == [["prompt": "a fox", "image_urls": ["https://h/1.png"]]]
        )
    }
}
