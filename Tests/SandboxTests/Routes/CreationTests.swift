import Foundation
import Testing

@testable import Sandbox

struct CreationTests {
    @Test(arguments: [
        ("black-forest-labs/flux-schnell", 201), ("lab/always-fails", 422), ("nobody/nothing", 422), ("flux", 422),
        (String(repeating: "0", count: 64), 422), ("black-forest-labs/flux-schnell:none", 422), ("", 422), ("/", 422),
        ("a/b/c", 422),
    ])
    func `a version is an official model, or a version that there is`(version: String, status: Int) async throws {
        try await withRawSandbox { client, sandbox in
            let answer = await client.post(
                "/v1/predictions",
                ["version": .string(version), "input": ["prompt": "a fox"]]
            )
            #expect(answer.status == status, "\(answer.text)")
            if status == 422 { #expect(answer.json?["title"] == "Invalid version or not permitted") }
            #expect(sandbox.statistics.predictionsCreated == (status == 201 ? 1 : 0))
        }
    }

    @Test func `a community model runs by each form of its version, and not by its route`() async throws {
        let model = try #require(Catalogue.standard.model(owner: "lab", name: "shapes"))
        try await withRawSandbox { client, _ in
            let id = model.latest.id
            for version in [id, "lab/shapes:\(id)"] {
                let document = try await client.create(version, .object(model.example))
                #expect(document["version"]?.stringValue == id)
                #expect(document["model"] == "lab/shapes")
            }
            let route = await client.post("/v1/models/lab/shapes/predictions", ["input": [:]])
            #expect(route.status == 404)
        }
    }

    @Test(
        arguments: [
            ([:], "required", "version is required"),
            (["version": 3, "input": [:]], "required", "version is required"),
            (["version": "black-forest-labs/flux-schnell"], "required", "input is required"),
            (["version": "black-forest-labs/flux-schnell", "input": []], "required", "input is required"),
            (
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "x"], "colour": "red"],
                "additional_property_not_allowed", "Additional property colour is not allowed"
            ),
            (["version": "black-forest-labs/flux-schnell", "input": [:]], "required", "prompt is required"),
            (
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "x", "seeds": 3]],
                "additional_property_not_allowed", "Additional property seeds is not allowed"
            ),
            (
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": 3]], "invalid_type",
                "Invalid type. Expected: string, given: integer"
            ),
            (
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "x", "num_outputs": 5]], "number_lte",
                "Must be less than or equal to 4"
            ),
            (
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "x", "num_outputs": 0]], "number_gte",
                "Must be greater than or equal to 1"
            ),
            (
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "x", "num_outputs": 1.5]],
                "invalid_type",
                "Invalid type. Expected: integer, given: number"
            ),
            (
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "x", "output_format": "gif"]], "enum",
                "output_format must be one of the following: \"webp\", \"jpg\", \"png\""
            ),
            (
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "x", "go_fast": "yes"]],
                "invalid_type",
                "Invalid type. Expected: boolean, given: string"
            ),
        ] as [(JSON, String, String)]
    )
    func `an input that does not fit is refused with its field, and creates nothing`(
        body: JSON,
        type: String,
        description: String
    ) async throws {
        try await withRawSandbox { client, sandbox in
            let answer = await client.post("/v1/predictions", body)
            #expect(answer.status == 422)
            #expect(answer.contentType == "application/problem+json")
            let fields = answer.json?["invalid_fields"]?.arrayValue ?? []
            #expect(
                fields.contains { $0["type"]?.stringValue == type && $0["description"]?.stringValue == description },
                "\(answer.text)"
            )
            #expect(answer.json?["detail"]?.stringValue?.contains(description) == true)
            #expect(answer.json?["title"] == "Input validation failed")
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test(arguments: ["", "{", "[1", "\u{0}", "{\"version\": NaN}"])
    func `a body that is no JSON is a bad request`(body: String) async throws {
        try await withRawSandbox { client, _ in
            let answer = await client.send("POST", "/v1/predictions", body: Data(body.utf8))
            #expect(answer.status == 400)
            #expect(answer.json?["detail"] == "JSON parse error in the request body")
        }
    }

    @Test(arguments: [
        ("wait", 201), ("wait=1", 201), ("wait=60", 201), ("wait=0", 422), ("wait=600", 422), ("wait=-1", 422),
        ("respond-async", 422), ("", 201),
    ])
    func `a client that prefers to wait gets the end with the creation`(prefer: String, status: Int) async throws {
        try await withRawSandbox { client, _ in
            let answer = await client.post(
                "/v1/predictions",
                ["version": "replicate/hello-world", "input": ["prompt": "Ada"]],
                headers: ["prefer": prefer]
            )
            // The model belongs to the official ones of the sandbox, or it would be refused by its name.
            let isKnown = Catalogue.standard.model(owner: "replicate", name: "hello-world")?.isOfficial == true
            #expect(answer.status == (isKnown ? status : 422), "\(answer.text)")
        }
    }

    @Test func `an answer names the place of the prediction`() async throws {
        try await withRawSandbox { client, _ in
            let answer = await client.post(
                "/v1/predictions",
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"]]
            )
            let id = try #require(answer.json?.id)
            #expect(answer.headers["location"] == "http://127.0.0.1:\(client.port)/v1/predictions/\(id)")
            #expect(answer.json?.at("urls.get")?.stringValue == answer.headers["location"])
            #expect(answer.json?.at("urls.cancel")?.stringValue == (answer.headers["location"] ?? "") + "/cancel")
            #expect(answer.json?.at("input") == ["prompt": "a fox"])
            #expect(id.count == 26)
        }
    }

    @Test(arguments: [
        ("5", true), ("30s", true), ("5m", true), ("1h30m45s", true), ("4", false), ("4s", false), ("soon", false),
        ("-5", false), ("5 s", false), ("99999999h", false), ("1.5m", false),
    ])
    func `a deadline is a duration of five seconds or more`(text: String, isTaken: Bool) async throws {
        try await withRawSandbox { client, _ in
            let answer = await client.post(
                "/v1/predictions",
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"]],
                headers: ["cancel-after": text]
            )
            #expect(answer.status == (isTaken ? 201 : 422))
            #expect((answer.json?["deadline"] != nil) == isTaken)
            if !isTaken { #expect(answer.json?["title"] == "Invalid Cancel-After header") }
        }
    }

    @Test func `webhooks that were asked for are repeated`() async throws {
        try await withRawSandbox { client, _ in
            let answer = await client.post(
                "/v1/predictions",
                [
                    "version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"],
                    "webhook": "https://example.com/hook", "webhook_events_filter": ["completed"],
                ]
            )
            #expect(answer.json?["webhook"] == "https://example.com/hook")
            #expect(answer.json?["webhook_events_filter"] == ["completed"])
        }
    }
}
