import Foundation
import Testing

@testable import Sandbox

/// The models of the sandbox are consistent with themselves: their schemas, defaults, examples and outputs.
struct CatalogueTests {
    private static let models = Catalogue.standard.models

    @Test func `names and versions are unique and look like the API's`() {
        let slugs = Self.models.map(\.slug)
        #expect(Set(slugs).count == slugs.count)
        let versions = Self.models.flatMap(\.versions).map(\.id)
        #expect(Set(versions).count == versions.count)
        for version in versions { #expect(version.wholeMatch(of: /[0-9a-f]{64}/) != nil, "\(version)") }
        for slug in slugs { #expect(slug.wholeMatch(of: /[a-z0-9-]+\/[a-z0-9.-]+/) != nil, "\(slug)") }
        for model in Self.models { #expect(Catalogue.standard.model(version: model.latest.id)?.slug == model.slug) }
    }

    @Test(arguments: models.map(\.slug))
    func `defaults and examples pass the model's own schema`(slug: String) throws {
        let model = try #require(Self.models.first { $0.slug == slug })
        let validation = InputValidation(fields: model.fields)
        for field in model.fields {
            guard let standard = field.standard else { continue }
            let complaints = validation.complaints(about: [field.name: standard]).filter { $0.type != "required" }
            #expect(complaints == [], "\(field.name)")
            #expect(!field.required, "\(field.name) is required and has a default")
        }
        #expect(validation.complaints(about: model.exampleInput(origin: "http://127.0.0.1:1")) == [])
        #expect(model.fields.map(\.name).count == Set(model.fields.map(\.name)).count)
        #expect(!model.versions.isEmpty && !model.summary.isEmpty && model.runCount >= 0)
        let dates = model.versions.map(\.createdAt)
        #expect(dates == dates.sorted(by: >), "the newest version comes first")
    }

    /// Inputs at their ends: whatever the schema allows must not end the program.
    @Test(arguments: models.map(\.slug))
    func `what the schema allows is run to an end`(slug: String) async throws {
        let model = try #require(Self.models.first { $0.slug == slug })
        let picture = try #require(
            Painter.paint(prompt: "a fox", seed: 1, width: 64, height: 48).encoded(.png, quality: 80)
        )
        let address = JSON.string("data:image/png;base64,\(picture.base64EncodedString())")
        func value(_ field: InputField, atTop: Bool) -> JSON? {
            switch field.kind {
            case .text: field.name == "prompt" ? "a fox in the snow" : nil
            case .file: address
            case .files: [address]
            case .integer(let range?): .integer(atTop ? range.upperBound : range.lowerBound)
            case .integer(nil): field.name == "seed" ? .integer(atTop ? .max : .min) : nil
            case .number(let range?): .number(atTop ? range.upperBound : range.lowerBound)
            case .number(nil): nil
            case .boolean: .bool(atTop)
            case .choice(let values): atTop ? values.last : values.first
            }
        }
        try await withRawSandbox { client, _ in
            for atTop in [false, true] {
                var input: [String: JSON] = [:]
                for field in model.fields { input[field.name] = value(field, atTop: atTop) }
                // Long clips and many pictures take long to draw and show nothing new.
                for name in ["duration", "num_frames", "seconds_per_image", "num_outputs", "max_images"] where atTop {
                    input[name] = input[name].map { _ in model.field(name)?.standard ?? .null }.flatMap {
                        $0 == .null ? nil : $0
                    }
                }
                let version = model.isOfficial ? model.slug : model.latest.id
                let created = try await client.create(version, .object(input))
                let ended = try await client.prediction(created.id)
                #expect(["succeeded", "failed", "canceled"].contains(ended.status), "\(input)")
                if case .failure = model.recipe { continue }
                if slug == "fofr/frames-to-video" {
                    #expect(ended.status == "failed", "no frames were given")
                } else if slug != "lab/shapes" {
                    #expect(ended.status == "succeeded", "\(ended["error"]?.plain ?? "")")
                }
            }
        }
    }

    @Test func `a search finds every word somewhere, and nothing finds everything`() {
        #expect(Catalogue.standard.search("").count == Self.models.count)
        #expect(Catalogue.standard.search("FLUX schnell").map(\.name).first == "flux-schnell")
        #expect(Catalogue.standard.search("flux nobody").isEmpty)
        let counts = Catalogue.standard.search("").map(\.runCount)
        #expect(counts == counts.sorted(by: >))
    }

    @Test func `each collection has models`() {
        for collection in Catalogue.standard.collections { #expect(!Catalogue.standard.models(in: collection).isEmpty) }
    }
}

struct InputValidationTests {
    private let validation = InputValidation(fields: [
        .required("prompt", .text, ""), .optional("count", .integer(1...4), ""), .optional("any", .integer(nil), ""),
        .optional("scale", .number(0.5...2), ""), .optional("fast", .boolean, ""),
        .optional("format", .choice(["webp", "png"]), ""),
        .optional("image", .file, ""), .optional("images", .files, ""),
    ])

    private func types(_ input: [String: JSON]) -> [String] {
        validation.complaints(about: input.merging(["prompt": "x"]) { given, _ in given }).map(\.type)
    }

    @Test func `what fits has no complaint`() {
        #expect(types([:]) == [])
        #expect(
            types([
                "count": 4, "any": -9, "scale": 2, "fast": false, "format": "png", "image": "https://h/a", "images": [],
            ]) == []
        )
        #expect(types(["scale": 1]) == [])
        // Null is as good as not given.
        #expect(types(["count": nil, "image": nil]) == [])
    }

    @Test(
        arguments: [
            (["count": 5], "number_lte"), (["count": 0], "number_gte"), (["count": "2"], "invalid_type"),
            (["count": 2.5], "invalid_type"),
            (["scale": 0.4], "number_gte"), (["scale": 2.1], "number_lte"), (["scale": "1"], "invalid_type"),
            (["fast": 1], "invalid_type"),
            (["format": "gif"], "enum"), (["format": 1], "enum"), (["image": "fox.png"], "format"),
            (["image": []], "invalid_type"),
            (["images": "https://h/a"], "invalid_type"), (["images": [3]], "invalid_type"),
            (["images": ["https://h/a", "b"]], "format"),
            (["colour": "red"], "additional_property_not_allowed"), (["prompt": 3], "invalid_type"),
        ] as [([String: JSON], String)]
    )
    func `what does not fit is complained of once`(input: [String: JSON], type: String) {
        #expect(types(input) == [type])
    }

    @Test func `complaints come in the order of the schema, unknown inputs last`() {
        let complaints = validation.complaints(about: ["zebra": 1, "count": 9, "apple": 1, "fast": "x"])
        #expect(complaints.map(\.field) == ["input", "input.count", "input.fast", "input", "input"])
        #expect(complaints.first?.description == "prompt is required")
        #expect(
            complaints.suffix(2).map(\.description)
                == ["apple", "zebra"].map { "Additional property \($0) is not allowed" }
        )
    }

    @Test func `the field that is wrong is named to its place`() {
        let complaints = validation.complaints(about: ["prompt": "x", "images": ["https://h/a", 3]])
        #expect(complaints.map(\.field) == ["input.images.1"])
    }
}

struct PredictionStoreTests {
    private func store(_ count: Int) throws -> (PredictionStore, [String]) {
        let store = PredictionStore()
        let model = try #require(Catalogue.standard.models.first)
        let ids = (0..<count).map { number in
            store.add(at: { Date(timeIntervalSince1970: Double(number * 10)) }) { sequence, now in
                PredictionRecord(
                    id: "p\(number)",
                    sequence: sequence,
                    model: model,
                    version: "hidden",
                    input: [:],
                    createdAt: now,
                    deadline: nil,
                    webhook: nil,
                    webhookEvents: nil,
                    faults: []
                )
            }.id
        }
        return (store, ids)
    }

    @Test func `pages are what a search through all would give`() throws {
        let (store, ids) = try store(23)
        for before in [nil, 0, 5, 23, 99] as [Int?] {
            for (start, end) in [(nil, nil), (50, nil), (nil, 120), (50, 120), (55, 56), (500, nil)] as [(Int?, Int?)] {
                for limit in [1, 4, 100] {
                    let page = store.page(
                        before: before,
                        from: start.map { Date(timeIntervalSince1970: Double($0)) },
                        until: end.map { Date(timeIntervalSince1970: Double($0)) },
                        limit: limit
                    )
                    let all = (0..<23).filter { number in
                        (before.map { number < $0 } ?? true) && (start.map { number * 10 >= $0 } ?? true)
                            && (end.map { number * 10 < $0 } ?? true)
                    }
                    #expect(page.rows.map(\.id) == all.suffix(limit).reversed().map { ids[$0] })
                    #expect(page.more == (all.count > limit))
                }
            }
        }
    }

    @Test func `what has ended is not changed any more`() throws {
        let (store, _) = try store(1)
        #expect(store.update("p0") { $0.status = .canceled } != nil)
        #expect(store.update("p0") { $0.status = .succeeded } == nil)
        #expect(store["p0"]?.status == .canceled)
        #expect(store.update("nobody") { _ in } == nil)
    }

    @Test func `times never go back, though the clock does`() throws {
        let store = PredictionStore()
        let model = try #require(Catalogue.standard.models.first)
        var dates: [Date] = []
        for seconds in [100.0, 50, 200] {
            _ = store.add(at: { Date(timeIntervalSince1970: seconds) }) { sequence, now in
                dates.append(now)
                return PredictionRecord(
                    id: "p\(sequence)",
                    sequence: sequence,
                    model: model,
                    version: "hidden",
                    input: [:],
                    createdAt: now,
                    deadline: nil,
                    webhook: nil,
                    webhookEvents: nil,
                    faults: []
                )
            }
        }
        #expect(dates.map(\.timeIntervalSince1970) == [100, 100, 200])
    }

    @Test func `who waits hears of every change, and of what there is already`() async throws {
        let (store, _) = try store(1)
        var heard = 0
        for await _ in store.changes(of: "p0") {
            heard += 1
            if heard == 3 { break }
            store.update("p0") { $0.logs += "x" }
        }
        #expect(store["p0"]?.logs == "xx")
    }
}

struct StorytellerTests {
    @Test func `the same prompt and seed give the same words, no more than asked for`() {
        let tokens = Storyteller.tokens(for: "a fox in the snow", seed: 3, limit: 40)
        #expect(tokens == Storyteller.tokens(for: "a fox in the snow", seed: 3, limit: 40))
        #expect(tokens != Storyteller.tokens(for: "a fox in the snow", seed: 4, limit: 40))
        #expect(tokens.joined().contains("a fox in the snow") || tokens.joined().contains("fox in the snow"))
        for limit in [0, 1, 5, 400] {
            let count = Storyteller.tokens(for: "x", seed: 1, limit: limit).count
            #expect((1...max(1, limit)).contains(count), "\(count) of \(limit)")
        }
    }
}
