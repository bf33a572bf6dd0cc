import Foundation
import ReplicateAPI
import Studio
import Testing

@testable import StudioRuntime

/// What the list of models says of a model, from the API's answer.
struct ModelSummaryTests {
    private func summary(
        output: String = #"{"type": "string", "format": "uri"}"#,
        inputs: String = #""prompt": {"type": "string", "x-order": 0}"#,
        required: String = "",
        made: String = "",
        example: String = #""prompt": "a fox""#
    ) throws -> ModelSummary {
        let made = made.isEmpty ? "null" : "\"https://replicate.delivery/x/out.\(made)\""
        let json = """
            {"owner": "a", "name": "b", "description": "what it does", "is_official": true, "run_count": 1234,
             "default_example": {"id": "x", "status": "succeeded", "input": {\(example)}, "output": \(made),
                                 "created_at": "2026-01-01T00:00:00Z", "urls": {}},
             "latest_version": {"id": "v", "openapi_schema": {"components": {"schemas": {
                "Output": \(output),
                "Input": {"type": "object", "required": [\(required)], "properties": {\(inputs)}}}}}}}
            """
        let model = try #require(Model(json: JSONValue(parsing: Data(json.utf8))))
        return ModelSummary(model, usualSeconds: 4)
    }

    private static let image = #""image": {"type": "string", "format": "uri"}"#

    @Test(arguments: [
        ("webp", ModelKind.image), ("png", .image), ("mp4", .video), ("wav", .audio), ("glb", .other), ("zip", .other),
    ])
    func `the kind is what the example made`(made: String, kind: ModelKind) throws {
        #expect(try summary(made: made).kind == kind)
    }

    @Test func `a picture from a picture that it needs is an edit`() throws {
        #expect(try summary(inputs: Self.image, required: #""image""#, made: "png").kind == .edit)
        #expect(try summary(inputs: Self.image, made: "png").kind == .image)
    }

    @Test func `text is known by the schema, and names of inputs help without an example`() throws {
        #expect(try summary(output: #"{"type": "string"}"#).kind == .text)
        #expect(try summary(inputs: #""fps": {"type": "integer"}"#).kind == .video)
        #expect(try summary(inputs: #""aspect_ratio": {"type": "string"}"#).kind == .image)
        #expect(try summary().kind == nil)
    }

    @Test func `what it takes is told by kind`() throws {
        #expect(try summary().takes == [])
        let files =
            [Self.image] + ["mask", "driving_audio", "video"].map { #""\#($0)": {"type": "string", "format": "uri"}"# }
        #expect(try summary(inputs: files.joined(separator: ",")).takes == [.image, .mask, .video, .audio])
        let list = #""image_input": {"type": "array", "items": {"type": "string", "format": "uri"}}"#
        #expect(try summary(inputs: list).takes == [.images])
    }

    @Test func `the example is in the form's order and without secrets`() throws {
        let inputs = #"""
            "b": {"type": "string", "x-order": 1}, "a": {"type": "string", "x-order": 0},
            "key": {"type": "string", "format": "password", "x-cog-secret": true, "x-order": 2}
            """#
        let model = try summary(inputs: inputs, example: #""b": 2, "z": [1], "a": "one", "key": "sk-1", "n": null"#)
        #expect(model.example.map(\.name) == ["a", "b", "z"])
        #expect(model.example.map(\.value) == ["one", "2", "[1]"])
        #expect(model.usualSeconds == 4 && model.runCount == 1_234)
    }
}
