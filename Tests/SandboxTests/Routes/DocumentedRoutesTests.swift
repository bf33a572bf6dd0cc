import Foundation
import Testing

@testable import Sandbox

/// Every route that the sandbox has, held against the API's own document.
struct DocumentedRoutesTests {
    /// A request, and the route that the document knows it by.
    struct Case: Sendable, CustomTestStringConvertible {
        let method: String
        let path: String
        let route: String
        var body: JSON?
        var headers: [String: String] = [:]

        init(_ method: String, _ path: String, _ route: String, _ body: JSON? = nil, headers: [String: String] = [:]) {
            (self.method, self.path, self.route, self.body, self.headers) = (method, path, route, body, headers)
        }

        var testDescription: String { "\(method) \(path)" }
    }

    private static let flux = "/models/black-forest-labs/flux-schnell"
    private static let model = "/models/{model_owner}/{model_name}"

    private static let cases: [Case] = [
        Case("GET", "/account", "/account"),
        Case("GET", "/collections", "/collections"),
        Case("GET", "/collections/text-to-image", "/collections/{collection_slug}"),
        Case("GET", "/deployments", "/deployments"),
        Case("GET", "/trainings", "/trainings"),
        Case("GET", "/hardware", "/hardware"),
        Case("GET", "/webhooks/default/secret", "/webhooks/default/secret"),
        Case("GET", "/files", "/files"),
        Case("GET", "/models", "/models"),
        Case("GET", "/models?sort_by=model_created_at&sort_direction=asc", "/models"),
        Case("GET", flux, model),
        Case("GET", "/models/lab/always-fails", model),
        Case("GET", flux + "/examples", model + "/examples"),
        Case("GET", flux + "/readme", model + "/readme"),
        Case("GET", flux + "/versions", model + "/versions"),
        Case("GET", "/models/lab/always-fails/versions", model + "/versions"),
        Case("GET", "/search?query=flux", "/search"),
        Case("GET", "/search?query=video&limit=1", "/search"),
        Case("GET", "/search", "/search"),
        Case("GET", "/predictions", "/predictions"),
        Case("GET", "/predictions?created_after=2020-01-01T00:00:00Z", "/predictions"),
        Case(
            "POST",
            "/predictions",
            "/predictions",
            [
                "version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"],
            ]
        ),
        Case("POST", flux + "/predictions", model + "/predictions", ["input": ["prompt": "a fox"]]),
        Case(
            "POST",
            flux + "/predictions",
            model + "/predictions",
            ["input": ["prompt": "a fox"]],
            headers: ["prefer": "wait=5"]
        ),
    ]

    @Test(arguments: cases)
    func `an answer is as the document says`(item: Case) async throws {
        let document = try OpenAPIDocument.replicate()
        try await withRawSandbox { client, _ in
            let answer = await client.send(
                item.method,
                "/v1" + item.path,
                headers: item.headers.merging(item.body == nil ? [:] : ["content-type": "application/json"]) { $1 },
                body: item.body?.encoded()
            )
            #expect(answer.isWhole)
            #expect(document.differences(of: answer, to: item.method, item.route) == [])
        }
    }

    @Test func `models are searched with a method of their own`() async throws {
        let document = try OpenAPIDocument.replicate()
        try await withRawSandbox { client, _ in
            let answer = await client.send("QUERY", "/v1/models", body: Data("flux".utf8))
            #expect(document.differences(of: answer, to: "QUERY", "/models") == [])
            let names = answer.json?["results"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
            #expect(names.contains("flux-schnell"))
        }
    }

    @Test func `every model and its version are as the document says`() async throws {
        let document = try OpenAPIDocument.replicate()
        try await withRawSandbox { client, _ in
            for model in Catalogue.standard.models {
                let path = "/v1/models/\(model.owner)/\(model.name)"
                let answer = await client.get(path)
                #expect(document.differences(of: answer, to: "GET", Self.model) == [], "\(path)")
                let version = await client.get(path + "/versions/\(model.latest.id)")
                let route = Self.model + "/versions/{version_id}"
                #expect(document.differences(of: version, to: "GET", route) == [], "\(path)")
                let schema = version.json?.at("openapi_schema.components.schemas.Input.properties")?.objectValue
                #expect(schema?.isEmpty == false, "\(path)")
            }
        }
    }

    /// A prediction passes through every state that a client meets.
    @Test(
        arguments: [
            ("black-forest-labs/flux-schnell", ["prompt": "a fox"], "succeeded"),
            ("lab/always-fails", [:], "failed"), ("replicate/hello-world", ["prompt": "Ada"], "succeeded"),
            ("lab/shapes", ["shape": "canceled-late"], "canceled"),
        ] as [(String, JSON, String)]
    )
    func `a prediction is as the document says, from its creation to its end`(
        model: String,
        input: JSON,
        end: String
    ) async throws {
        let document = try OpenAPIDocument.replicate()
        try await withRawSandbox { client, _ in
            var version = model
            if let found = Catalogue.standard.models.first(where: { "\($0.owner)/\($0.name)" == model }),
                !found.isOfficial
            {
                version = found.latest.id
            }
            let created = try await client.create(version, input)
            #expect(created.status == "starting")
            let ended = try await client.prediction(created.id)
            #expect(ended.status == end)
            let one = await client.get("/v1/predictions/\(created.id)")
            #expect(document.differences(of: one, to: "GET", "/predictions/{prediction_id}") == [])
            let list = await client.get("/v1/predictions")
            #expect(document.differences(of: list, to: "GET", "/predictions") == [])
            let canceled = await client.send("POST", "/v1/predictions/\(created.id)/cancel")
            #expect(document.differences(of: canceled, to: "POST", "/predictions/{prediction_id}/cancel") == [])
            // What has ended stays as it ended.
            #expect(canceled.json?.status == end)
        }
    }

    @Test func `a file is as the document says, from its upload to its end`() async throws {
        let document = try OpenAPIDocument.replicate()
        try await withRawSandbox { client, _ in
            let uploaded = await client.upload(Data("a fox".utf8), name: "fox.txt", type: "text/plain")
            #expect(document.differences(of: uploaded, to: "POST", "/files") == [])
            let id = try #require(uploaded.json?.id)
            let one = await client.get("/v1/files/\(id)")
            #expect(document.differences(of: one, to: "GET", "/files/{file_id}") == [])
            let list = await client.get("/v1/files")
            #expect(document.differences(of: list, to: "GET", "/files") == [])
            #expect(await client.get("/v1/files/\(id)/download").text == "a fox")
            let removed = await client.send("DELETE", "/v1/files/\(id)")
            #expect(document.differences(of: removed, to: "DELETE", "/files/{file_id}") == [])
            for (method, path) in [("GET", ""), ("DELETE", ""), ("GET", "/download")] {
                let gone = await client.send(method, "/v1/files/\(id)\(path)")
                #expect(document.differences(of: gone, to: method, "/files/{file_id}\(path)") == [])
                #expect(gone.status == 404)
            }
        }
    }
}

extension RawClient {
    /// Uploads content as a form of one part, with more parts before it.
    func upload(
        _ content: Data,
        name: String,
        type: String? = nil,
        fields: [(name: String, text: String)] = []
    ) async -> RawAnswer {
        var form = Data()
        for field in fields {
            form += Data(
                "--edge\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n\r\n\(field.text)\r\n".utf8
            )
        }
        let head =
            "--edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"\(name)\"\r\n"
            + (type.map { "Content-Type: \($0)\r\n" } ?? "") + "\r\n"
        form += Data(head.utf8) + content + Data("\r\n--edge--\r\n".utf8)
        return await send(
            "POST",
            "/v1/files",
            headers: ["content-type": "multipart/form-data; boundary=edge"],
            body: form
        )
    }
}
