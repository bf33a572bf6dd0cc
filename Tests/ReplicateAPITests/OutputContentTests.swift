import Foundation
import ReplicateAPI
import Testing

struct OutputContentTests {
    private static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Data(text.utf8)) }

    private static func schema(_ output: String) throws -> OutputSchema {
        OutputSchema(
            openAPI: try json(
                ##"{"components":{"schemas":{"Output":\##(output),"Loop":{"$ref":"#/components/schemas/Loop"}}}}"##
            )
        )
    }

    private static let file = #"{"type":"string","format":"uri"}"#

    @Test(arguments: [
        (#"{"type":"string","format":"uri"}"#, OutputSchema.file), (#"{"type":"string"}"#, .text),
        (#"{"type":"array","items":{"type":"string","format":"uri"}}"#, .list(.file)),
        (#"{"type":"array","items":{"type":"string"},"x-cog-array-display":"concatenate"}"#, .pieces),
        (#"{"anyOf":[{"type":"string","format":"uri"},{"type":"null"}]}"#, .file),
        (#"{"anyOf":[{"type":"string","format":"uri"},{"type":"string"}]}"#, .anything),
        (
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"number"}}}"#,
            .object(["a": .text, "b": .value])
        ),
        (#"{"type":["string","null"],"format":"uri"}"#, .file), ("{}", .anything), ("null", .anything),
        (##"{"$ref":"#/components/schemas/Loop"}"##, .anything), (#"{"enum":["https://a","b"]}"#, .value),
    ])
    func `the schema of an output is read`(text: String, schema: OutputSchema) throws {
        #expect(try Self.schema(text) == schema)
    }

    private static let outputs: [(schema: String, output: String, files: [String], values: String?)] = [
        (file, #""https://h/a.png""#, ["https://h/a.png"], nil), (file, #""/srv/out.webp""#, [], #""/srv/out.webp""#),
        (#"{"type":"string"}"#, #""https://example.com/a-page""#, [], #""https://example.com/a-page""#),
        (#"{"type":"string"}"#, #""https://replicate.delivery/x/a.mp4""#, ["https://replicate.delivery/x/a.mp4"], nil),
        (
            #"{"type":"string"}"#, #""https://replicate.delivery.evil.org/a""#, [],
            #""https://replicate.delivery.evil.org/a""#
        ),
        ("{}", #"{"image":"https://h/a","score":0.5,"mask":null}"#, ["https://h/a"], #"{"score":0.5}"#),
        ("{}", #"{"stems":[{"name":"bass","file":"https://h/b"}]}"#, ["https://h/b"], #"{"stems":[{"name":"bass"}]}"#),
        ("{}", #"["https://h/a.ply","a caption of it"]"#, ["https://h/a.ply"], #"["a caption of it"]"#),
        ("{}", #"["See ","https://example.com"," for more"]"#, [], #"["See ","https://example.com"," for more"]"#),
        (
            #"{"type":"array","items":{"type":"string"},"x-cog-array-display":"concatenate"}"#,
            #"["https://h/a","b"]"#, [], #"["https://h/a","b"]"#
        ),
        ("{}", #"["https://h/a",null,"https://h/b"]"#, ["https://h/a", "https://h/b"], nil),
        ("{}", "0.9312", [], "0.9312"), ("{}", "false", [], "false"), ("{}", "0", [], "0"), ("{}", "[]", [], nil),
        ("{}", "{}", [], nil), ("{}", "null", [], nil), ("{}", #""""#, [], nil), ("{}", "[null,[]]", [], nil),
        ("{}", "[[0.1,0.2],[0.3]]", [], "[[0.1,0.2],[0.3]]"),
        (
            "{}", #""data:image/svg+xml;utf8,<svg xmlns='x'></svg>""#,
            ["data:image/svg+xml;utf8,<svg xmlns='x'></svg>"], nil
        ),
        ("{}", #""data: they are, all of them, here""#, [], #""data: they are, all of them, here""#),
        ("{}", #""HTTPS://h/a.mp3""#, ["HTTPS://h/a.mp3"], nil),
        (
            #"{"type":"object","properties":{"link":{"type":"string"},"image":{"type":"string","format":"uri"}}}"#,
            #"{"link":"https://example.com","image":"https://h/a"}"#, ["https://h/a"],
            #"{"link":"https://example.com"}"#
        ),
    ]

    @Test(arguments: outputs)
    func `an output is separated by its schema, or by the form of its strings where the schema says nothing`(
        schema: String,
        output: String,
        files: [String],
        values: String?
    ) throws {
        let content = OutputContent(try Self.json(output), schema: try Self.schema(schema))
        #expect(content.files == files)
        #expect(content.values == (try values.map(Self.json)))
        #expect(content.isEmpty == (files.isEmpty && values == nil))
    }

    @Test(arguments: [
        ("CUDA out of memory while decoding. (E1001)", "E1001: the model ran out of memory"),
        ("Prediction interrupted; please retry (code: E6716)", "E6716: the model did not start in time"),
        ("The input was refused (E001)", "E001: the provider behind the model"),
        ("NSFW content detected. Try another prompt.", "The safety filter"),
        ("division by zero", nil), ("E12 is no code", nil), ("HE1001X", nil),
    ])
    func `known codes are explained`(text: String, words: String?) {
        let explanation = FailureCode.explanation(in: text)
        #expect((explanation == nil) == (words == nil))
        if let words { #expect(explanation?.hasPrefix(words) == true) }
    }
}
