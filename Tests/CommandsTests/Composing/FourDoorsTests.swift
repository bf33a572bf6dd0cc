import ArgumentParser
import Composing
import Foundation
import History
import Money
import Pricing
import ReplicateAPI
import Testing

@testable import Commands
@testable import Service
@testable import Studio

/// One table of drafts through studio, command line, cost and service: the same requests, the same sums, the same words.
struct FourDoorsTests {
    struct Draft: Sendable, CustomTestStringConvertible {
        let name: String
        let model: ModelDetails
        var prompt: String?
        var images: [String] = []
        var inputs: JSONObject = [:]
        var count = 1
        var testDescription: String { name }
    }

    private static func model(_ path: String, _ fields: InputField...) -> ModelDetails {
        ModelDetails(path: path, summary: "", isOfficial: true, schema: InputSchema(fields: fields))
    }

    private static let prompt = InputField(name: "prompt", kind: .text, isRequired: true)
    private static let flux = model(
        "black-forest-labs/flux-schnell",
        prompt,
        InputField(name: "num_outputs", kind: .integer(minimum: 1, maximum: 4), defaultValue: 1),
        InputField(name: "seed", kind: .integer(minimum: 0, maximum: Int128(UInt64.max)), isNullable: true)
    )
    private static let speech = model("acme/speech", InputField(name: "text", kind: .text, isRequired: true))
    private static let frames = model(
        "v/slots",
        prompt,
        InputField(name: "start_image", kind: .file),
        InputField(name: "end_image", kind: .file)
    )
    private static let skyreels = model(
        "fofr/skyreels-2",
        InputField(name: "image_urls", kind: .files(most: nil), isRequired: true),
        InputField(name: "prompt", kind: .text)
    )
    private static let union = model(
        "t/union",
        prompt,
        InputField(
            name: "one",
            kind: .union([ValueType(.integer(minimum: 1, maximum: 3)), ValueType(.choice(["auto"]))]),
            defaultValue: "auto"
        ),
        InputField(name: "styles", kind: .list(ValueType(.choice(["a", "b"]))))
    )
    private static let three = (1...3).map { "https://example.com/\($0).png" }

    private static let drafts: [Draft] = [
        Draft(name: "a picture", model: flux, prompt: "a fox", inputs: ["num_outputs": 4]),
        Draft(name: "a seed of 64 bits", model: flux, prompt: "a fox", inputs: ["seed": .unsigned(.max)]),
        Draft(name: "text by another name", model: speech, prompt: "good morning"),
        Draft(name: "two frames", model: frames, prompt: "a fox", images: Array(three.prefix(2))),
        Draft(name: "a frame too many", model: frames, prompt: "a fox", images: three),
        Draft(name: "an address that is none", model: frames, prompt: "a fox", images: ["example"]),
        Draft(name: "a video of images", model: skyreels, images: three),
        Draft(name: "a union", model: union, prompt: "a fox", inputs: ["one": 2, "styles": ["b", "a"]]),
        Draft(name: "a value out of range", model: flux, prompt: "a fox", inputs: ["num_outputs": 9]),
        Draft(name: "a choice in a list that is none", model: union, prompt: "a fox", inputs: ["styles": ["z"]]),
        Draft(name: "alternatives", model: speech, prompt: "{x|yyyyyyyyyy}", count: 2),
    ]

    private static let composer = RunComposer(
        prices: PriceBook.builtIn.merging(
            try! PriceBook(
                yaml: """
                    models:
                      acme/speech:
                        prices: [{amount: 0.001, per: input-character, source: a contract, read: 2026-11-20}]
                      v/slots:
                        prices: [{amount: 0.05, per: video, source: a contract, read: 2026-11-20}]
                    """,
                origin: "test"
            )
        )
    )

    @Test(arguments: drafts)
    func `every door sends the same and asks the same for it`(draft: Draft) throws {
        let line = Self.composer.compose(try commandLine(draft))
        let studio = studio(draft)
        if let studio {
            #expect(studio.requests == line.requests)
            // The form does not take what does not fit, so it has no price either.
            if line.issues.isEmpty { #expect(studio.total == line.total) }
            #expect(studio.obstacle == line.issues.first?.sentence)
        } else {
            #expect(!line.issues.isEmpty)
        }
        // The service and `cost` know neither alternatives nor counts.
        guard draft.count == 1 else { return }
        #expect(Self.composer.compose(try cost(draft)) == line)
        let service = Self.composer.compose(try service(draft))
        #expect(service == line)
        let complaints = service.issues.map { FieldIssue($0, ownFields: []).message }
        #expect(complaints == line.issues.map { "Value error, \($0.shortSentence)" })
    }

    // MARK: The doors

    private func arguments(_ draft: Draft) -> [String] {
        draft.inputs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.plain)" }
    }

    /// `image` or `video`, as their arguments are read.
    private func commandLine(_ draft: Draft) throws -> GivenRun {
        let options = arguments(draft).flatMap { ["--input", $0] } + ["--count", "\(draft.count)"]
        let given: CommandOrder
        if draft.images.isEmpty {
            let command = try #require(
                try ImageCommand.parseAsRoot([draft.prompt ?? "", "--model", draft.model.path] + options)
                    as? ImageCommand
            )
            given = try order(
                command.run,
                command.order,
                draft.model.path,
                prompt: command.prompt,
                inputs: command.inputs
            )
        } else {
            let prompt = draft.prompt.map { ["--prompt", $0] } ?? []
            let command = try #require(
                try VideoCommand.parseAsRoot(draft.images + ["--model", draft.model.path] + prompt + options)
                    as? VideoCommand
            )
            given = try order(
                command.run,
                command.order,
                draft.model.path,
                prompt: command.prompt,
                inputs: command.inputs,
                images: command.urls
            )
        }
        return try given.order(draft.model, files: Self.files)
    }

    private static let files = InputFiles(standardInput: -1, home: URL(filePath: "/nowhere"))

    private func order(
        _ run: RunOptions,
        _ order: OrderOptions,
        _ model: String,
        prompt: String? = nil,
        inputs: [String],
        images: [String] = []
    ) throws -> CommandOrder {
        try OrderCommand(run: run, order: order, json: false).order(
            model: model,
            prompt: prompt,
            inputs: inputs,
            images: images,
            files: Self.files,
            surroundings: Surroundings(
                environment: [:],
                home: URL(filePath: "/nowhere"),
                folder: URL(filePath: "/nowhere")
            )
        ).given
    }

    /// `cost` and `run`: everything by its name; images come without one only where a command has a place for them.
    private func cost(_ draft: Draft) throws -> GivenRun {
        guard draft.images.isEmpty else { return try commandLine(draft) }
        let prompt = draft.prompt.map { ["prompt=\($0)"] } ?? []
        let command = try #require(
            try RunCommand.parseAsRoot([draft.model.path] + prompt + arguments(draft)) as? RunCommand
        )
        return try order(command.run, command.order, command.model, inputs: command.inputs)
            .order(draft.model, files: Self.files)
    }

    private func service(_ draft: Draft) throws -> GivenRun {
        let answer = ModelCache.Answer(details: draft.model, history: RunHistory())
        var body: JSONObject = ["input": .object(draft.inputs)]
        body["prompt"] = draft.prompt.map(JSONValue.string)
        guard !draft.images.isEmpty else {
            var reader = FieldReader(body)
            return ImageRequest(&reader).order(answer)
        }
        body["image_urls"] = .array(draft.images.map(JSONValue.string))
        var reader = FieldReader(body)
        return VideoRequest(&reader, takesCallback: false).order(answer)
    }

    /// nil: the form lists what an input can be, so that nothing else can be put in.
    private func studio(_ draft: Draft) -> (requests: [RunRequest], total: Estimate, obstacle: String?)? {
        let reducer = StudioReducer(prices: Self.composer.prices, measure: { _ in 1 })
        var state = StudioState(mode: .live, budget: Budget(), now: Date(timeIntervalSince1970: 1_795_000_000))
        let startup = Startup(
            mode: .live,
            draft: Studio.Draft(
                model: draft.model.path,
                prompt: draft.prompt ?? "",
                images: draft.images.map { ImageList.Entry(text: $0) },
                inputs: draft.inputs,
                count: draft.count
            ),
            defaultModel: draft.model.path,
            runs: RunPage(runs: [], total: 0),
            spend: Spend(),
            budget: Budget(),
            models: []
        )
        _ = reducer.reduce(&state, .started(startup))
        _ = reducer.reduce(&state, .modelLoaded(draft.model))
        // A value that does not fit is not taken into the form: it is typed there and refused.
        for (name, value) in draft.inputs where draft.model.schema[name]?.issue(with: value) != nil {
            _ = reducer.reduce(&state, .command(.focusInputs))
            state.compose.inputs.select(named: name)
            _ = reducer.reduce(&state, .command(.editInput))
            if state.picker != nil { return nil }
            state.compose.inputs.edit { _ = $0.replaceAll(value.plain) }
            _ = reducer.reduce(&state, .command(.acceptField))
        }
        let quote = state.compose.quote
        var requests: [RunRequest] = []
        for effect in reducer.reduce(&state, .command(.run)) {
            if case .world(.submit(let ordered)) = effect { requests += ordered }
        }
        // An unknown price asks first.
        if case .run(let asked)? = state.confirmation?.purpose { requests += asked }
        return (requests, quote.total, quote.obstacle?.reason)
    }
}
