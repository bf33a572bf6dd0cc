import Foundation

extension CatalogueModel {
    /// The model as `GET /models/{owner}/{name}` answers it.
    func document(origin: String) -> JSON {
        [
            "url": .string("https://replicate.com/\(slug)"), "owner": .string(owner), "name": .string(name),
            "description": .string(summary), "visibility": "public", "is_official": .bool(isOfficial),
            "github_url": isOfficial ? nil : .string("https://github.com/\(slug)"), "paper_url": nil,
            "license_url": isOfficial ? .string("https://replicate.com/\(slug)/license") : nil, "weights_url": nil,
            "created_at": .string(createdAt.timestamp(digits: 6)), "run_count": .integer(runCount),
            "cover_image_url": .string(cover(origin: origin)),
            "default_example": exampleDocument(origin: origin), "latest_version": document(of: latest),
        ]
    }

    func document(of version: Version) -> JSON {
        [
            "id": .string(version.id), "created_at": .string(version.createdAt.timestamp(digits: 6)),
            "cog_version": "0.16.9", "openapi_schema": openAPISchema,
        ]
    }

    var coverID: String { "cover-\(owner)-\(name)" }
    var exampleID: String { String(Identifier.letters(from: "example \(slug)").prefix(26)) }

    private func cover(origin: String) -> String { "\(origin)/delivery/\(coverID)/cover.webp" }

    /// The example's inputs; `{cover}` in one stands for the address of the model's cover.
    func exampleInput(origin: String) -> [String: JSON] {
        func filled(_ value: JSON) -> JSON {
            switch value {
            case .string(let text): .string(text.replacing("{cover}", with: cover(origin: origin)))
            case .array(let elements): .array(elements.map(filled))
            case .null, .bool, .integer, .number, .object: value
            }
        }
        return example.mapValues(filled)
    }

    /// A prediction that once succeeded, for the model's page.
    func exampleDocument(origin: String) -> JSON {
        let created = createdAt.addingTimeInterval(86_400)
        let link = "\(origin)/v1/predictions/\(exampleID)"
        let file = "\(origin)/delivery/\(exampleID)/\(exampleFile)"
        let result: JSON =
            switch output {
            case .file: .string(file)
            case .files: [.string(file)]
            case .anything: ["image": .string(file), "score": 0.5]
            case .text:
                .array(Storyteller.tokens(for: example["prompt"]?.stringValue ?? "", limit: 60).map(JSON.string))
            }
        return [
            "id": .string(exampleID), "model": .string(slug), "version": .string(isOfficial ? "hidden" : latest.id),
            "input": .object(exampleInput(origin: origin)), "output": result, "logs": "Using seed: 42\n", "error": nil,
            "status": "succeeded", "source": "web", "data_removed": false,
            "created_at": .string(created.timestamp(digits: 6)),
            "started_at": .string(created.addingTimeInterval(0.412).timestamp(digits: 9)),
            "completed_at": .string(created.addingTimeInterval(0.412 + computeTime.seconds).timestamp(digits: 9)),
            "metrics": [
                "predict_time": .number(computeTime.seconds), "total_time": .number(computeTime.seconds + 0.412),
            ],
            "urls": [
                "get": .string(link), "cancel": .string("\(link)/cancel"),
                "web": .string("https://replicate.com/p/\(exampleID)"),
            ],
        ]
    }

    /// The name of the example's file; covers and examples are drawn when they are asked for.
    var exampleFile: String {
        if case .movie = recipe { "out-0.mp4" } else { "out-0.webp" }
    }

    var readme: String {
        var lines = ["# \(slug)", "", summary, "", "## Inputs", ""]
        lines += fields.map { "- `\($0.name)`\($0.required ? " (required)" : ""): \($0.help)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private var openAPISchema: JSON {
        var schemas: [String: JSON] = ["Output": outputSchema, "Input": inputSchema]
        for field in fields { schemas[field.name] = field.enumeration }
        return [
            "openapi": "3.0.2", "info": ["title": "Cog", "version": "0.1.0"], "paths": [:],
            "components": ["schemas": .object(schemas)],
        ]
    }

    private var inputSchema: JSON {
        let properties = fields.enumerated().map { ($1.name, $1.property(order: $0)) }
        var schema: [String: JSON] = [
            "type": "object", "title": "Input", "properties": .object(Dictionary(uniqueKeysWithValues: properties)),
        ]
        // Cog leaves the key out where nothing is required.
        let required = fields.filter(\.required).map { JSON.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        return .object(schema)
    }

    private var outputSchema: JSON {
        switch output {
        case .file: ["type": "string", "title": "Output", "format": "uri"]
        case .files: ["type": "array", "title": "Output", "items": ["type": "string", "format": "uri"]]
        case .anything: ["title": "Output"]
        case .text:
            [
                "type": "array", "title": "Output", "items": ["type": "string"], "x-cog-array-type": "iterator",
                "x-cog-array-display": "concatenate",
            ]
        }
    }
}
