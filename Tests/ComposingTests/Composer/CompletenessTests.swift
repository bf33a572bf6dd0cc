import Foundation
import Money
import Pricing
import ReplicateAPI
import TestSupport
import Testing

@testable import Composing

/// The promise of the composer: every part of an order is sent, or refused by its name.
struct CompletenessTests {
    private static let composer = RunComposer(prices: .builtIn)

    private static func model(_ path: String, _ fields: InputField...) -> ModelDetails {
        ModelDetails(path: path, summary: "", isOfficial: true, schema: InputSchema(fields: fields))
    }

    private static let models: [ModelDetails?] = [
        nil, model("a/none"),
        model(
            "a/picture",
            InputField(name: "prompt", kind: .text, isRequired: true),
            InputField(name: "num_outputs", kind: .integer(minimum: 1, maximum: 4), defaultValue: 1),
            InputField(name: "format", kind: .choice(["webp", "png"])),
            InputField(name: "image", kind: .file)
        ),
        model(
            "a/film",
            InputField(name: "image_urls", kind: .files(most: 3), isRequired: true),
            InputField(name: "text", kind: .text, isRequired: true),
            InputField(name: "fast", kind: .boolean)
        ),
        model("a/joined", InputField(name: "image_urls", kind: .text, isRequired: true)),
        model("a/upscale", InputField(name: "image", kind: .file, isRequired: true)),
    ]

    private static let values: [GivenInput.Value] = [
        .typed("1"), .typed("9"), .typed(""), .typed("null"), .typed("png"), .typed("https://h/1.png"),
        .typed("[1, 2]"),
        .json(2), .json("webp"), .json(["https://h/2.png"]), .json(.null), .json(true), .json(["a": 1]),
        .file(InputFile(path: "/p/a.png", size: 10, type: "image/png")),
        .file(InputFile(path: "/p/none.png", size: nil, obstacle: .missing)),
    ]

    private static let images: [GivenImage] = [
        .address("https://h/3.png"), .address("nonsense"), .blocked("https://h/4.png", reason: "is still looked at"),
        .file(InputFile(path: "/p/b.png", size: 20, type: "image/png")),
        .file(InputFile(path: "/p/c.png", size: 0, type: "image/png")),
    ]

    private func order(_ random: inout SeededGenerator) -> GivenRun {
        let details = Self.models.randomElement(using: &random) ?? nil
        let names = ["prompt", "text", "num_outputs", "format", "image", "image_urls", "fast", "sed"]
        return GivenRun(
            model: details?.path ?? "a/unknown",
            details: details,
            prompt: [nil, "a fox", "a {red|blue} fox", ""].randomElement(using: &random) ?? nil,
            readsAlternatives: Bool.random(using: &random),
            images: (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in
                Self.images.randomElement(using: &random)
            },
            inputs: (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
                guard let name = names.randomElement(using: &random),
                    let value = Self.values.randomElement(using: &random)
                else { return nil }
                return GivenInput(name, value)
            },
            count: Int.random(in: 1...2, using: &random)
        )
    }

    /// Every text and number of a document.
    private func leaves(_ value: JSONValue) -> [String] {
        switch value {
        case .array(let values): values.flatMap(leaves)
        case .object(let members): members.values.flatMap(leaves)
        case .string(let text): text.split(separator: "\n").map(String.init)
        default: [value.plain]
        }
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `nothing that was given is dropped without a word`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1_000 {
            let order = order(&random)
            let composed = Self.composer.compose(order)
            #expect(composed.requests.isEmpty == !composed.issues.isEmpty)
            guard let request = composed.requests.first else { continue }
            for given in order.inputs {
                let isPromptElsewhere = given.name == "prompt" && request.input["prompt"] == nil
                let name = isPromptElsewhere ? order.details?.promptField ?? "prompt" : given.name
                #expect(request.input[name] != nil, "\(given.name) of \(order)")
            }
            let sent = leaves(.object(request.input))
            for image in order.images { #expect(sent.contains(image.address), "\(image.text) of \(order)") }
            if let prompt = order.prompt, !prompt.isEmpty, !order.readsAlternatives { #expect(sent.contains(prompt)) }
            let files = Set(request.files.map(\.path))
            #expect(files.count == request.files.count)
            for file in request.files { #expect(sent.contains(file.placeholder)) }
        }
    }

    /// Of the built-in book, so that some are priced by what their prompt says.
    @Test(arguments: PriceBook.builtIn.models.keys.sorted())
    func `what was composed last saves time only, whatever the words are by now`(model: String) {
        let words = ["a fox", "a red fox in the snow, and much more of it", "a {red|blue} fox", "", "x"]
        var known: (order: GivenRun, runs: ComposedRuns)?
        for word in words + [nil] + words.reversed() {
            for count in 1...2 {
                let order = GivenRun(model: model, details: nil, prompt: word, readsAlternatives: true, count: count)
                let composed = Self.composer.compose(order, known: known)
                #expect(composed == Self.composer.compose(order), "\(word ?? "none") × \(count)")
                known = (order, composed)
            }
        }
    }

    @Test(arguments: 6..<9 as Range<UInt64>)
    func `an order is composed the same each time, and its parts are counted`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let order = order(&random)
            let composed = Self.composer.compose(order)
            #expect(Self.composer.compose(order) == composed)
            if !composed.requests.isEmpty {
                #expect(composed.requests.map(\.estimate) == composed.estimates)
                #expect(composed.requests.count % order.count == 0)
            }
            for issue in composed.issues {
                #expect(!issue.message.isEmpty)
                #expect(!issue.sentence.hasSuffix("."))
                #expect(issue.name.count <= 200)
            }
        }
    }
}

struct InputFileTests {
    @Test(
        arguments: [
            (InputFile(path: "a", size: 10), nil), (InputFile(path: "a", size: nil), "cannot be read"),
            (InputFile(path: "a", size: 0), "is empty"),
            (InputFile(path: "a", size: 10, obstacle: .missing), "does not exist"),
            (InputFile(path: "a", size: 10, obstacle: .unreadable), "cannot be read"),
            (InputFile(path: "a", size: 10, obstacle: .notRegular), "is no file"),
            (InputFile(path: "a", size: StoredFile.mostBytes), nil),
            (InputFile(path: "a", size: .max), "is larger than the 100 MB that can be uploaded"),
        ] as [(InputFile, String?)]
    )
    func `a file that cannot be uploaded says why`(file: InputFile, issue: String?) { #expect(file.issue == issue) }

    @Test func `every path has a stand-in of its own that leads nowhere`() {
        let paths = ["a", "A", "/a", "a/b", "ä", "a b", "a\nb", "", "a?b#c", "\u{1F98A}"]
        let placeholders = paths.map { InputFile(path: $0, size: 1).placeholder }
        #expect(Set(placeholders).count == paths.count)
        for text in placeholders {
            #expect(ImageURL.issue(with: text) == nil, "\(text)")
            #expect(URLComponents(string: text)?.host == "upload.invalid")
        }
    }

    @Test(arguments: [("/a/b.png", "b.png"), ("b.png", "b.png"), ("/a/b/", "b"), ("", "")])
    func `the name is the end of the path`(path: String, name: String) {
        #expect(InputFile(path: path, size: nil).name == name)
    }
}

struct RunRequestTests {
    private let fox = InputFile(path: "/p/fox.png", size: 1)
    private let owl = InputFile(path: "/p/owl.png", size: 1)

    private func request(_ input: JSONObject) -> RunRequest {
        RunRequest(
            model: "a/b",
            prompt: "a fox",
            input: input,
            estimate: .exact(Money("0.1")!, because: "1 image"),
            files: [fox, owl],
            secretInputs: ["key"]
        )
    }

    @Test func `addresses take the place of files at any depth, and in lines of a text`() {
        let input: JSONObject = [
            "image": .string(fox.placeholder), "list": [.string(owl.placeholder), "https://h/1"],
            "deep": ["a": [["b": .string(fox.placeholder)]]], "lines": .string("https://h/2\n\(owl.placeholder)\n"),
            "prompt": "a fox", "seed": 7,
        ]
        let sent = request(input).sending([fox.path: "https://f/fox", owl.path: "https://f/owl"])
        #expect(
            sent.input == [
                "image": "https://f/fox", "list": ["https://f/owl", "https://h/1"],
                "deep": ["a": [["b": "https://f/fox"]]],
                "lines": "https://h/2\nhttps://f/owl\n", "prompt": "a fox", "seed": 7,
            ]
        )
        #expect(sent.files.isEmpty)
        #expect(sent.estimate == request(input).estimate)
        #expect(sent.secretInputs == ["key"])
    }

    @Test func `a file without an address stays to be uploaded`() {
        let input: JSONObject = ["images": [.string(fox.placeholder), .string(owl.placeholder)]]
        let half = request(input).sending([fox.path: "https://f/fox"])
        #expect(half.files == [owl])
        #expect(half.input["images"] == ["https://f/fox", .string(owl.placeholder)])
        #expect(half.sending([owl.path: "https://f/owl"]).input["images"] == ["https://f/fox", "https://f/owl"])
        #expect(half.sending([:]) == half)
    }
}

struct InputRestrictionTests {
    private func warnings(_ model: String, sizes: [Int] = [], data: Int? = nil) -> [String] {
        let files = sizes.enumerated().map { InputFile(path: "/p/\($0.offset).png", size: $0.element) }
        let input: JSONObject =
            data.map { ["image": .string("data:image/png;base64," + String(repeating: "A", count: $0))] } ?? [:]
        return InputRestriction.warnings(model: model, files: files, input: input)
    }

    @Test func `a model that takes small files only is named with the file`() {
        #expect(warnings("google/nano-banana", sizes: [7_000_000]) == [])
        #expect(warnings("Google/Nano-Banana-Pro", sizes: [1, 7_000_001, 8_000_000]).count == 2)
        #expect(warnings("google/nano-banana", data: 9_000_000) == [])
        #expect(warnings("google/nano-banana", data: 9_400_000).count == 1)
    }

    @Test func `a model that wants addresses is named with a data address`() {
        #expect(warnings("wan-video/wan-2.2", data: 10).count == 1)
        #expect(warnings("bytedance/seedance-1-pro", data: 10).count == 1)
        #expect(warnings("wan-video/wan-2.2", sizes: [90_000_000]) == [])
        #expect(warnings("a/b", sizes: [90_000_000], data: 10) == [])
    }
}

struct RunIssueTests {
    @Test func `a name of a whole picture does not fill a screen`() {
        let issue = RunIssue(.images(index: 0), "data:" + String(repeating: "A", count: 1_000), "is no picture")
        #expect(issue.name.count == 81)
        #expect(issue.sentence.hasSuffix("… is no picture"))
        #expect(RunIssue(.model, String(repeating: "a", count: 200), "x").name.count == 200)
    }

    @Test(arguments: [
        (RunIssue.Subject.prompt, "must be set"), (.input("a"), "must be set"), (.images(index: 1), "must be set"),
        (.images(index: nil), "a must be set"), (.model, "a must be set"), (.count, "a must be set"),
    ])
    func `where the input is seen its name is left out`(subject: RunIssue.Subject, text: String) {
        #expect(RunIssue(subject, "a", "must be set").shortSentence == text)
    }
}
