import Foundation
import ReplicateAPI
import Testing

struct JSONValueTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Data(text.utf8)) }

    private static let documents: [(String, JSONValue)] = [
        ("null", .null),
        ("true", true),
        ("false", false),
        ("0", 0),
        ("-7", -7),
        ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)),
        ("0.25", 0.25),
        ("\"\"", ""),
        ("\"\\u00e9\\n\\ud83d\\ude00\"", "é\n😀"),
        ("[]", []),
        ("{}", [:]),
        ("[1,[true,null],{\"a\":{\"b\":[]}}]", [1, [true, .null], ["a": ["b": []]]]),
    ]

    @Test(arguments: documents)
    func `a document is read correctly, and is the same after a round trip`(
        text: String,
        value: JSONValue
    ) throws {
        #expect(try parse(text) == value)
        #expect(try JSONValue(parsing: value.serialized()) == value)
        #expect(try JSONValue(parsing: value.serialized(pretty: true)) == value)
    }

    @Test func `a 64-bit seed is kept, and a larger whole number becomes floating point`() throws {
        #expect(try parse("{\"seed\":9007199254740993}").text() == "{\"seed\":9007199254740993}")
        let beyond = try parse("18446744073709551616")
        #expect(beyond == .number(18_446_744_073_709_551_616))
        #expect(beyond.integer == nil)
    }

    @Test func `NaN and Infinity become null anywhere in a document`() throws {
        #expect(try parse("[NaN,Infinity,-Infinity,{\"a\":NaN}]") == [.null, .null, .null, ["a": .null]])
        #expect(try parse("NaN") == .null)
        let page = Data(
            "{\"next\":null,\"results\":[{\"id\":\"a\",\"metrics\":{\"t\":Infinity},\"status\":\"failed\"}]}".utf8
        )
        #expect(PredictionRow.page(page)?.results.first?.prediction?.status == .failed)
    }

    @Test func `a document with an unescaped control character is read`() throws {
        #expect(try parse("{\"logs\":\"a\u{1}b\nc\td\"}") == ["logs": "a\u{1}b\nc\td"])
    }

    @Test(arguments: [
        ("\u{9B}5m", "\\u009b5m"), ("\u{7F}", "\\u007f"), ("\u{202E}x\u{2066}", "\\u202ex\\u2066"),
        ("\u{61C}\u{200F}\u{2028}", "\\u061c\\u200f\\u2028"), ("\u{1B}]0;", "\\u001b]0;"),
        ("é ü – “x” 😀 ‍ 狐 Ø Ü", "é ü – “x” 😀 ‍ 狐 Ø Ü"), ("\u{A0}\u{600}\u{2010}", "\u{A0}\u{600}\u{2010}"),
    ])
    func `characters that could steer a terminal are escaped, and the value is unchanged`(text: String, written: String)
        throws
    {
        let value = JSONValue.object([text: .string(text)])
        #expect(value.text() == "{\"\(written)\":\"\(written)\"}")
        #expect(try JSONValue(parsing: value.serialized()) == value)
        let other = String(decoding: try JSONEncoder().encode([text]), as: UTF8.self)
        #expect(try parse(JSONEscape.apply(to: other)) == [.string(text)])
        #expect(!JSONEscape.apply(to: other).unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
    }

    @Test func `equal values have equal bytes for any order of keys`() throws {
        let one = try parse("{\"b\":1,\"a\":{\"z\":[1,2],\"y\":\"/\"}}")
        let other = try parse("{ \"a\" : {\"y\":\"\\/\",\"z\":[1,2]}, \"b\":1 }")
        #expect(one.text() == "{\"a\":{\"y\":\"/\",\"z\":[1,2]},\"b\":1}")
        #expect(one.serialized() == other.serialized())
    }

    @Test func `a document with a repeated key is read with one of the values`() throws {
        let value = try parse("{\"a\":1,\"a\":2,\"b\":3}")
        #expect(value["b"] == 3)
        #expect([1, 2].contains(value["a"]))
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `a document with a hundred thousand levels is refused without a crash`(opening: String) {
        let closing = opening == "[" ? "]" : "}"
        let bomb =
            String(repeating: opening, count: 100_000) + "1" + String(repeating: closing, count: 100_000)
        #expect(throws: JSONSyntaxError.self) { try parse(bomb) }
    }

    @Test(arguments: [
        "", " ", "{", "[1", "{\"a\"}", "nul", "[1] [2]", "<html>", "'a'", "NaN1", "Inf", "-NaN", "nan", "01", "-", "1.",
        "1e", "+1",
        "[1,]",
        "{\"a\":1,}", "[,1]", "\"\\x\"", "\"\\u12\"", "\"a\\\"", "truefalse", "\u{FEFF}",
    ])
    func `anything but one complete document is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try parse(text) }
    }

    @Test func `half of a surrogate pair becomes a replacement character`() throws {
        #expect(try parse("{\"logs\":\"a\\ud83d\"}") == ["logs": "a\u{FFFD}"])
        #expect(try parse("[\"\\udc00b\",\"\\ud83dx\",\"\\ud83d\\u0041\"]") == ["\u{FFFD}b", "\u{FFFD}x", "\u{FFFD}A"])
        #expect(try parse("[\"\\uD83D\\uDE00\",\"\\ud83d\\ud83d\\ude00\"]") == ["😀", "\u{FFFD}😀"])
        // A backslash that is itself escaped begins no escape.
        #expect(try parse("[\"\\\\ud83d\",\"\\ud83d\"]") == ["\\ud83d", "\u{FFFD}"])
    }

    @Test func `bytes that are not UTF-8 become replacement characters`() throws {
        let bytes = Data("{\"logs\":\"a".utf8) + Data([0xFF, 0xC3]) + Data("z\",\"id\":\"x\"}".utf8)
        let value = try JSONValue(parsing: bytes)
        #expect(value["id"] == "x")
        #expect(value["logs"]?.string?.hasPrefix("a\u{FFFD}") == true)
        #expect(value["logs"]?.string?.hasSuffix("z") == true)
    }

    @Test func `numbers that JSON cannot express are written as text`() {
        let value: JSONValue = [.number(.nan), .number(.infinity), .number(-.infinity)]
        #expect(value.text() == "[\"NaN\",\"Infinity\",\"-Infinity\"]")
    }

    @Test func `a whole number is recognised in any notation`() throws {
        #expect(try parse("[4,4.0,4e2,4.5,1e300]").array?.map(\.integer) == [4, 4, 400, nil, nil])
        #expect(JSONValue.string("4").integer == nil)
        #expect(JSONValue.bool(true).integer == nil)
        #expect(try parse("[true,false]") == [true, false])
    }

    @Test func `the strings inside have the order of arrays and of keys`() throws {
        let value = try parse("{\"b\":[\"2\",{\"x\":\"3\"}],\"a\":\"1\",\"c\":null,\"d\":7}")
        #expect(value.strings == ["1", "2", "3"])
    }

    @Test func `plain is the text that a user would type`() {
        #expect(
            [JSONValue.string("a b"), 4, true, .null, ["x"]].map(\.plain) == ["a b", "4", "true", "null", "[\"x\"]"]
        )
    }

    @Test(arguments: ["9223372036854775807", "9223372036854775808", "18446744073709551615", "-9223372036854775808"])
    func `64-bit whole numbers survive a round trip`(digits: String) throws {
        #expect(try JSONValue(parsing: Data(digits.utf8)).text() == digits)
    }
}
