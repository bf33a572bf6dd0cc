import Foundation
import ReplicateAPI
import Testing

struct InputSchemaTests {
    private func schema(properties: String, required: String = "[]", others: String = "") throws -> InputSchema {
        let text = """
            {"components":{"schemas":{"Input":{"type":"object","required":\(required),"properties":\(properties)}
            \(others.isEmpty ? "" : "," + others)}}}
            """
        return InputSchema(openAPI: try JSONValue(parsing: Data(text.utf8)))
    }

    @Test func `fields come in the author's order, those without one last and by name`() throws {
        let schema = try schema(
            properties: """
                {"z":{"type":"string","x-order":0},"b":{"type":"string"},"m":{"type":"string","x-order":10},
                 "c":{"type":"string","x-order":2},"a":{"type":"string"}}
                """
        )
        #expect(schema.fields.map(\.name) == ["z", "c", "m", "a", "b"])
    }

    @Test func `an enum behind allOf and $ref is a choice with its own title, default and order`() throws {
        let schema = try schema(
            properties: """
                {"aspect_ratio":{"allOf":[{"$ref":"#/components/schemas/aspect_ratio"}],"default":"1:1",
                 "description":"Shape","x-order":3}}
                """,
            others: "\"aspect_ratio\":{\"type\":\"string\",\"title\":\"aspect_ratio\",\"enum\":[\"1:1\",\"16:9\"]}"
        )
        #expect(
            schema.fields == [
                InputField(
                    name: "aspect_ratio",
                    summary: "Shape",
                    kind: .choice(["1:1", "16:9"]),
                    defaultValue: "1:1",
                    order: 3
                )
            ]
        )
    }

    private static let kinds: [(String, InputField.Kind)] = [
        ("{\"type\":\"string\"}", .text),
        ("{\"type\":\"string\",\"format\":\"password\"}", .secret),
        ("{\"type\":\"string\",\"format\":\"uri\"}", .file),
        ("{\"type\":\"integer\",\"minimum\":1,\"maximum\":4}", .integer(minimum: 1, maximum: 4)),
        ("{\"type\":\"integer\",\"maximum\":99999999999999999999}", .integer(minimum: nil, maximum: nil)),
        ("{\"type\":\"number\",\"minimum\":0,\"maximum\":10.5}", .number(minimum: 0, maximum: 10.5)),
        ("{\"type\":\"boolean\"}", .boolean),
        ("{\"type\":\"integer\",\"enum\":[5,10]}", .choice([5, 10])),
        ("{\"enum\":[]}", .json),
        ("{\"type\":\"array\",\"items\":{\"type\":\"string\",\"format\":\"uri\"},\"maxItems\":3}", .files(most: 3)),
        ("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", .texts),
        ("{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}", .json),
        ("{\"type\":\"array\"}", .json),
        ("{\"type\":\"object\"}", .json),
        ("{}", .json),
        ("{\"$ref\":\"#/components/schemas/nowhere\"}", .json),
        ("{\"anyOf\":[{\"type\":\"string\",\"format\":\"uri\"},{\"type\":\"null\"}]}", .file),
        ("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", .json),
        ("{\"type\":[\"integer\",\"null\"],\"minimum\":1}", .integer(minimum: 1, maximum: nil)),
    ]

    @Test(arguments: kinds)
    func `a property is of the kind its schema says`(property: String, kind: InputField.Kind) throws {
        #expect(try schema(properties: "{\"x\":\(property)}")["x"]?.kind == kind)
    }

    @Test func `a list of text that is named for images is a list of files`() throws {
        let list = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"
        let schema = try schema(properties: "{\"image_urls\":\(list),\"reference_images\":\(list),\"tags\":\(list)}")
        #expect(schema.fields.map(\.kind) == [.files(most: nil), .files(most: nil), .texts])
    }

    @Test(arguments: [
        "{\"type\":\"string\",\"nullable\":true}", "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}",
        "{\"type\":[\"string\",\"null\"]}",
    ])
    func `a field may be null in three spellings`(property: String) throws {
        #expect(try schema(properties: "{\"x\":\(property)}")["x"]?.isNullable == true)
    }

    @Test func `a default of null is none, and a required field without default must be filled`() throws {
        let schema = try schema(
            properties: """
                {"prompt":{"type":"string","title":"Prompt"},"seed":{"type":"integer","default":null},
                 "go_fast":{"type":"boolean","default":true}}
                """,
            required: "[\"prompt\",\"go_fast\"]"
        )
        #expect(schema["prompt"]?.isRequired == true)
        #expect(schema["prompt"]?.title == "Prompt")
        #expect(schema["seed"]?.defaultValue == nil)
        #expect(schema.issues(in: [:]) == [InputIssue(field: "prompt", message: "is required")])
    }

    @Test func `references that lead in a circle end`() throws {
        let schema = try schema(
            properties: "{\"x\":{\"$ref\":\"#/components/schemas/a\"}}",
            others: "\"a\":{\"$ref\":\"#/components/schemas/b\"},\"b\":{\"$ref\":\"#/components/schemas/a\"}"
        )
        #expect(schema["x"]?.kind == .json)
    }

    private static let strangers: [JSONValue] = [
        .null, [:], [], ["components": 1], ["components": ["schemas": ["Input": ["properties": [1]]]]],
    ]

    @Test(arguments: strangers)
    func `a document of another shape has no fields and refuses nothing`(document: JSONValue) {
        let schema = InputSchema(openAPI: document)
        #expect(schema.fields == [])
        #expect(schema.issues(in: ["anything": 1]) == [])
    }

    private static let refusals: [(InputField.Kind, JSONValue, String?)] = [
        (.text, "x", nil), (.text, 4, "must be text"), (.secret, [], "must be text"),
        (.integer(minimum: 1, maximum: 4), 1, nil), (.integer(minimum: 1, maximum: 4), 4, nil),
        (.integer(minimum: 1, maximum: 4), 0, "must be at least 1"),
        (.integer(minimum: 1, maximum: 4), 5, "must be at most 4"),
        (.integer(minimum: nil, maximum: nil), 2.0, nil),
        (.integer(minimum: nil, maximum: nil), 2.5, "must be a whole number"),
        (.integer(minimum: nil, maximum: nil), "2", "must be a whole number"),
        (.number(minimum: 0, maximum: 10.5), 10.5, nil), (.number(minimum: 0, maximum: 10.5), 3, nil),
        (.number(minimum: 0, maximum: 10.5), 11, "must be at most 10.5"),
        (.number(minimum: 0, maximum: 10.5), -0.1, "must be at least 0"),
        (.number(minimum: nil, maximum: nil), .number(.nan), "must be a number"),
        (.number(minimum: nil, maximum: nil), true, "must be a number"),
        (.boolean, false, nil), (.boolean, 1, "must be true or false"),
        (.choice(["1:1", "16:9"]), "16:9", nil), (.choice(["1:1", "16:9"]), "4:3", "must be one of 1:1, 16:9"),
        (.file, "https://h/a.png", nil), (.file, "a.png", "is not a URL (https://…)"), (.file, 4, "must be a URL"),
        (.files(most: 2), ["https://h/1", "https://h/2"], nil),
        (.files(most: 1), ["https://h/1", "https://h/2"], "takes at most 1 URLs"),
        (.files(most: nil), ["https://h/1", "x"], "2: is not a URL (https://…)"),
        (.files(most: nil), ["https://h/1", 4], "2: must be a URL"),
        (.files(most: nil), "https://h/1", "must be a list of URLs"),
        (.texts, ["a"], nil), (.texts, ["a", 1], "must be a list of texts"),
        (.json, [1, ["x": .null]], nil), (.text, .null, nil),
    ]

    @Test(arguments: refusals)
    func `a value fits its field or is refused in words`(kind: InputField.Kind, value: JSONValue, issue: String?) {
        #expect(InputField(name: "x", kind: kind).issue(with: value) == issue)
    }

    @Test func `a required field refuses emptiness`() {
        #expect(InputField(name: "x", kind: .text, isRequired: true).issue(with: "") == "is required")
        #expect(InputField(name: "x", kind: .text, isRequired: true).issue(with: .null) == "is required")
        #expect(InputField(name: "x", kind: .text, defaultValue: "a", isRequired: true).issue(with: .null) == nil)
        #expect(
            InputField(name: "x", kind: .files(most: nil), isRequired: true).issue(with: []) == "needs at least one URL"
        )
    }

    @Test func `issues come in the order of the fields, then unknown keys by name`() {
        let schema = InputSchema(fields: [
            InputField(name: "prompt", kind: .text, isRequired: true),
            InputField(name: "steps", kind: .integer(minimum: 1, maximum: 4)),
        ])
        #expect(
            schema.issues(in: ["zoo": 1, "steps": 9, "apple": .null]) == [
                InputIssue(field: "prompt", message: "is required"),
                InputIssue(field: "steps", message: "must be at most 4"),
                InputIssue(field: "apple", message: "is not an input of this model"),
                InputIssue(field: "zoo", message: "is not an input of this model"),
            ]
        )
    }

    private static let typed: [(InputField.Kind, String, JSONValue?)] = [
        (.text, "7", .some("7")), (.text, "", nil),
        (.integer(minimum: nil, maximum: nil), "7", .some(7)), (.integer(minimum: nil, maximum: nil), "7.5", nil),
        (.number(minimum: nil, maximum: nil), "7", .some(7)), (.number(minimum: nil, maximum: nil), "7.5", .some(7.5)),
        (.boolean, "Yes", .some(true)), (.boolean, "off", .some(false)), (.boolean, "maybe", nil),
        (.choice([5, 10]), "10", .some(10)), (.choice([5, 10]), "7", nil),
        (.files(most: nil), "https://a\nhttps://b", .some(["https://a", "https://b"])),
        (.files(most: nil), "[\"https://a\"]", .some(["https://a"])),
        (.json, "{\"a\":1}", .some(["a": 1])), (.json, "{", nil),
    ]

    @Test(arguments: typed)
    func `typed text becomes the kind's own value or nothing`(kind: InputField.Kind, text: String, value: JSONValue?) {
        #expect(InputField(name: "x", kind: kind).value(typed: text) == value)
    }
}
