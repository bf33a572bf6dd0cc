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

    @Test func `fields have the author's order; those without an order come last, sorted by name`() throws {
        let schema = try schema(
            properties: """
                {"z":{"type":"string","x-order":0},"b":{"type":"string"},"m":{"type":"string","x-order":10},
                 "c":{"type":"string","x-order":2},"a":{"type":"string"}}
                """
        )
        #expect(schema.fields.map(\.name) == ["z", "c", "m", "a", "b"])
    }

    @Test func `an enum behind allOf and $ref becomes a choice with its own title, default and order`() throws {
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

    @Test(arguments: [
        "{\"type\":\"integer\",\"exclusiveMaximum\":-170141183460469231731687303715884105728}",
        "{\"type\":\"integer\",\"exclusiveMinimum\":170141183460469231731687303715884105727}",
        "{\"type\":\"integer\",\"minimum\":170141183460469231731687303715884105727,\"exclusiveMinimum\":true}",
        "{\"type\":\"integer\",\"maximum\":-170141183460469231731687303715884105728,\"exclusiveMaximum\":true}",
    ])
    func `a bound at the end of all numbers is read`(schema: String) throws {
        let text = "{\"components\":{\"schemas\":{\"Input\":{\"properties\":{\"n\":\(schema)}}}}}"
        let field = InputSchema(openAPI: try JSONValue(parsing: Data(text.utf8))).fields.first
        guard case .integer? = field?.kind else {
            Issue.record("\(String(describing: field?.kind))")
            return
        }
    }

    private static let kinds: [(String, InputField.Kind)] = [
        ("{\"type\":\"string\"}", .text),
        ("{\"type\":\"string\",\"format\":\"password\"}", .secret),
        ("{\"type\":\"string\",\"format\":\"uri\"}", .file),
        ("{\"type\":\"integer\",\"minimum\":1,\"maximum\":4}", .integer(minimum: 1, maximum: 4)),
        (
            "{\"type\":\"integer\",\"minimum\":0,\"maximum\":18446744073709551615}",
            .integer(minimum: 0, maximum: 18_446_744_073_709_551_615)
        ),
        (
            "{\"type\":\"integer\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":10}",
            .integer(minimum: 1, maximum: 9)
        ),
        (
            "{\"type\":\"integer\",\"minimum\":0,\"exclusiveMinimum\":true}", .integer(minimum: 1, maximum: nil)
        ),
        ("{\"type\":\"number\",\"minimum\":0,\"maximum\":10.5}", .number(minimum: 0, maximum: 10.5)),
        ("{\"type\":\"boolean\"}", .boolean),
        ("{\"type\":\"integer\",\"enum\":[5,10]}", .choice([5, 10])),
        ("{\"enum\":[]}", .json),
        ("{\"type\":\"array\",\"items\":{\"type\":\"string\",\"format\":\"uri\"},\"maxItems\":3}", .files(most: 3)),
        ("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", .texts),
        (
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
            .list(ValueType(.integer(minimum: nil, maximum: nil)))
        ),
        ("{\"type\":\"array\",\"items\":{\"enum\":[\"a\",\"b\"]}}", .list(ValueType(.choice(["a", "b"])))),
        ("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}", .list(ValueType(.object([])))),
        ("{\"type\":\"array\"}", .list(ValueType(.json))),
        ("{\"type\":\"object\"}", .object([])),
        ("{\"type\":\"string\",\"x-cog-secret\":true}", .secret),
        (
            "{\"oneOf\":[{\"type\":\"integer\",\"maximum\":3},{\"enum\":[\"auto\"]}]}",
            .union([ValueType(.integer(minimum: nil, maximum: 3)), ValueType(.choice(["auto"]))])
        ),
        ("{\"anyOf\":[{\"enum\":[\"a\"]},{\"enum\":[\"b\",null]}]}", .choice(["a", "b"])),
        ("{\"oneOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]}", .number(minimum: nil, maximum: nil)),
        ("{\"type\":[\"string\",\"boolean\"]}", .union([ValueType(.text), ValueType(.boolean)])),
        ("{}", .json),
        ("{\"$ref\":\"#/components/schemas/nowhere\"}", .json),
        ("{\"anyOf\":[{\"type\":\"string\",\"format\":\"uri\"},{\"type\":\"null\"}]}", .file),
        (
            "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}",
            .union([ValueType(.text), ValueType(.integer(minimum: nil, maximum: nil))])
        ),
        ("{\"type\":[\"integer\",\"null\"],\"minimum\":1}", .integer(minimum: 1, maximum: nil)),
    ]

    @Test(arguments: kinds)
    func `a property has the kind that its schema gives`(property: String, kind: InputField.Kind) throws {
        #expect(try schema(properties: "{\"x\":\(property)}")["x"]?.kind == kind)
    }

    @Test func `a list of texts whose name means images is a list of files`() throws {
        let list = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"
        let schema = try schema(properties: "{\"image_urls\":\(list),\"reference_images\":\(list),\"tags\":\(list)}")
        #expect(schema.fields.map(\.kind) == [.files(most: nil), .files(most: nil), .texts])
    }

    @Test(arguments: [
        "{\"type\":\"string\",\"nullable\":true}", "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}",
        "{\"type\":[\"string\",\"null\"]}",
    ])
    func `three notations make a field nullable`(property: String) throws {
        #expect(try schema(properties: "{\"x\":\(property)}")["x"]?.isNullable == true)
    }

    @Test func `a default of null is no default, and a required field without default must be given`() throws {
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

    @Test func `the schema as JSON holds what it refers to, and references in a circle end`() throws {
        func json(_ properties: String, _ others: String) throws -> JSONValue? {
            let text = """
                {"components":{"schemas":{"Input":{"type":"object","properties":{\(properties)}},\(others)}}}
                """
            return InputSchema.json(openAPI: try JSONValue(parsing: Data(text.utf8)))
        }
        let plain = try json(
            ##""a":{"allOf":[{"$ref":"#/components/schemas/size"}],"default":"s"},"b":{"$ref":"#/x/list","title":"B"}"##,
            ##""size":{"enum":["s","l"]},"list":{"title":"L","type":"array","items":{"$ref":"#/x/size"}}"##
        )
        #expect(plain?["properties"]?["a"]?["allOf"] == .array([["enum": ["s", "l"]]]))
        #expect(plain?["properties"]?["b"] == ["title": "B", "type": "array", "items": ["enum": ["s", "l"]]])
        let circle = try json(##""a":{"$ref":"#/x/node"}"##, ##""node":{"type":"object","next":{"$ref":"#/x/node"}}"##)
        #expect(circle?["properties"]?["a"] == ["type": "object", "next": .object([:])])
        // Each refers to all the others several times: what is written out stays small.
        let names = (0..<12).map { "s\($0)" }
        let all = names.map { ##"{"$ref":"#/x/\##($0)"}"## }.joined(separator: ",")
        let many = try json(
            ##""a":{"$ref":"#/x/s0"}"##,
            names.map { ##""\##($0)":{"anyOf":[\##(all),\##(all)]}"## }.joined(separator: ",")
        )
        #expect(String(describing: many).utf8.count < 4_000_000)
        #expect(InputSchema.json(openAPI: [:]) == nil)
    }

    @Test func `circular references end`() throws {
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
    func `a document of another form has no fields and no issues`(document: JSONValue) {
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
        (.json, [1, ["x": .null]], nil), (.text, .null, "must not be null"),
        (.integer(minimum: 0, maximum: Int128(UInt64.max)), .unsigned(.max), nil),
        (.integer(minimum: nil, maximum: Int128(Int64.max)), .unsigned(.max), "must be at most 9223372036854775807"),
        (.choice([1, 2]), "1", "must be one of 1, 2"), (.choice([1, 2]), 1.0, nil),
        (.list(ValueType(.choice(["a", "b"]))), ["a", "b"], nil),
        (.list(ValueType(.choice(["a", "b"]))), ["a", "z"], "2: must be one of a, b"),
        (.list(ValueType(.object([]))), [[:], 1], "2: must be an object"),
        (.object([InputField(name: "a", kind: .boolean, isRequired: true)]), [:], "a is required"),
        (.union([ValueType(.integer(minimum: 1, maximum: 3)), ValueType(.choice(["auto"]))]), "auto", nil),
        (
            .union([ValueType(.integer(minimum: 1, maximum: 3)), ValueType(.choice(["auto"]))]), 4,
            "must be a whole number from 1 to 3, or one of auto"
        ),
    ]

    @Test(arguments: refusals)
    func `a value fits its field or has an issue`(kind: InputField.Kind, value: JSONValue, issue: String?) {
        #expect(InputField(name: "x", kind: kind).issue(with: value) == issue)
    }

    @Test func `a required field refuses an empty value`() {
        #expect(InputField(name: "x", kind: .text, isRequired: true).issue(with: "") == "is required")
        #expect(InputField(name: "x", kind: .text, isRequired: true).issue(with: .null) == "is required")
        #expect(InputField(name: "x", kind: .text, isRequired: true, isNullable: true).issue(with: .null) == nil)
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
        (.text, "7", .some("7")), (.text, "", .some("")), (.text, "null", .some("null")),
        (.integer(minimum: nil, maximum: nil), "7", .some(7)), (.integer(minimum: nil, maximum: nil), "7.5", nil),
        (.number(minimum: nil, maximum: nil), "7", .some(7)), (.number(minimum: nil, maximum: nil), "7.5", .some(7.5)),
        (.boolean, "Yes", .some(true)), (.boolean, "off", .some(false)), (.boolean, "maybe", nil),
        (.choice([5, 10]), "10", .some(10)), (.choice([5, 10]), "7", nil),
        (.files(most: nil), "https://a\nhttps://b", .some(["https://a", "https://b"])),
        (.files(most: nil), "[\"https://a\"]", .some(["https://a"])),
        (.json, "{\"a\":1}", .some(["a": 1])), (.json, "{", nil),
        (.integer(minimum: nil, maximum: nil), "18446744073709551615", .some(.unsigned(.max))),
        (.integer(minimum: nil, maximum: nil), "18446744073709551616", nil),
        (.list(ValueType(.integer(minimum: nil, maximum: nil))), "1, 2", .some([1, 2])),
        (.list(ValueType(.choice(["a"]))), "zzz", .some(["zzz"])),
        (.object([]), "[]", nil), (.object([]), "{}", .some([:])),
        (.union([ValueType(.text), ValueType(.integer(minimum: nil, maximum: nil))]), "5", .some(5)),
        (.union([ValueType(.integer(minimum: nil, maximum: nil)), ValueType(.text)]), "hello", .some("hello")),
        (.union([ValueType(.file), ValueType(.files(most: nil))]), "https://a", .some("https://a")),
    ]

    @Test(arguments: typed)
    func `typed text becomes a value of the kind, or nil`(kind: InputField.Kind, text: String, value: JSONValue?) {
        #expect(InputField(name: "x", kind: kind).value(typed: text) == value)
    }

    @Test(arguments: [
        ([InputField(name: "text", kind: .text), InputField(name: "prompt", kind: .text)], "prompt"),
        ([InputField(name: "lyrics", kind: .text, isRequired: true), InputField(name: "text", kind: .text)], "text"),
        ([InputField(name: "note", kind: .text), InputField(name: "lyrics", kind: .text, isRequired: true)], "lyrics"),
        (
            [
                InputField(name: "negative_prompt", kind: .text, isRequired: true),
                InputField(name: "image_urls", kind: .text, isRequired: true),
                InputField(name: "caption", kind: .text, isRequired: true),
            ], "caption"
        ),
        ([InputField(name: "prompt", kind: .file)], nil),
        ([], nil),
    ])
    func `the input for the prompt is found`(fields: [InputField], name: String?) {
        #expect(InputSchema(fields: fields).promptField == name)
    }

    private static let demands: [(String, JSONValue, String?)] = [
        ("{\"type\":\"string\",\"minLength\":3,\"maxLength\":4}", "ab", "needs at least 3 characters"),
        ("{\"type\":\"string\",\"minLength\":3,\"maxLength\":4}", "abcde", "takes at most 4 characters"),
        ("{\"type\":\"string\",\"maxLength\":2}", "👩‍🚀", "takes at most 2 characters"),
        ("{\"type\":\"string\",\"pattern\":\"^#[0-9a-f]{6}$\"}", "#00ff00", nil),
        ("{\"type\":\"string\",\"pattern\":\"^#[0-9a-f]{6}$\"}", "red", "must match the pattern ^#[0-9a-f]{6}$"),
        // This pattern takes exponential time, so it is left to the server.
        ("{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}", .string(String(repeating: "a", count: 60) + "b"), nil),
        ("{\"type\":\"string\",\"pattern\":\"[\"}", "x", nil),
        ("{\"type\":\"string\",\"format\":\"date\"}", "2024-02-29", nil),
        ("{\"type\":\"string\",\"format\":\"date\"}", "2023-02-29", "must be a date such as 2026-01-31"),
        ("{\"type\":\"string\",\"format\":\"date-time\"}", "2024-02-29T23:59:60.5+02:00", nil),
        ("{\"type\":\"string\",\"format\":\"date-time\"}", "2024-02-29 08:30", nil),
        (
            "{\"type\":\"string\",\"format\":\"date-time\"}", "2024-02-29",
            "must be a date and a time such as 2026-01-31T13:45:00Z"
        ),
        (
            "{\"type\":\"string\",\"format\":\"date-time\"}", "2024-02-29T24:00:00Z",
            "must be a date and a time such as 2026-01-31T13:45:00Z"
        ),
        ("{\"type\":\"integer\",\"multipleOf\":2}", 3, "must be a multiple of 2"),
        ("{\"type\":\"number\",\"multipleOf\":0.1}", 0.3, nil),
        ("{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":20}", 0, "must be above 0"),
        ("{\"type\":\"number\",\"maximum\":1,\"exclusiveMaximum\":true}", 1, "must be below 1"),
        ("{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":2}", [1], "needs at least 2 values"),
        ("{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"maxItems\":1}", [1, 2], "takes at most 1 values"),
        ("{\"type\":\"integer\",\"nullable\":true,\"default\":42}", .null, nil),
        ("{\"type\":\"string\",\"default\":null}", .null, nil),
        ("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", .null, nil),
        ("{\"enum\":[\"a\",null]}", .null, nil),
        // The schema itself would refuse this default.
        ("{\"type\":\"integer\",\"minimum\":0,\"default\":-1}", -1, nil),
        ("{\"type\":\"integer\",\"minimum\":0,\"default\":-1}", -2, "must be at least 0"),
    ]

    @Test(arguments: demands)
    func `every limit of the schema is checked`(property: String, value: JSONValue, issue: String?) throws {
        #expect(try schema(properties: "{\"x\":\(property)}")["x"]?.issue(with: value) == issue)
    }

    @Test func `a required input whose default is null need not be sent`() throws {
        let schema = try schema(
            properties: "{\"image\":{\"type\":\"string\",\"format\":\"uri\",\"default\":null}}",
            required: "[\"image\"]"
        )
        #expect(schema.issues(in: [:]) == [])
    }

    @Test func `deprecation and accepted types are read`() throws {
        let schema = try schema(
            properties: """
                {"old":{"type":"integer","deprecated":true},
                 "photo":{"type":"string","format":"uri","x-cog-accept":"image/png, .jpg"}}
                """
        )
        #expect(schema["old"]?.isDeprecated == true)
        let limits = try #require(schema["photo"]?.limits)
        #expect(limits.accepts(type: "image/png", name: "a"))
        #expect(limits.accepts(type: nil, name: "a.JPG"))
        #expect(!limits.accepts(type: "image/webp", name: "a.webp"))
    }
}
