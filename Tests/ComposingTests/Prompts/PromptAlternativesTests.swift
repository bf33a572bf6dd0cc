import Testing

@testable import Composing

struct PromptAlternativesTests {
    @Test(arguments: [
        ("a fox", ["a fox"]),
        ("", [""]),
        ("a {red|blue} fox", ["a red fox", "a blue fox"]),
        ("{a|b}{1|2}", ["a1", "a2", "b1", "b2"]),
        ("a {big |}fox", ["a big fox", "a fox"]),
        ("{a|b{1|2}c|d}!", ["a!", "b1c!", "b2c!", "d!"]),
        ("{|}", ["", ""]),
        (#"\{a\|b\}"#, ["{a|b}"]),
        (#"{a\|b|c}"#, ["a|b", "c"]),
        ("a|b", ["a|b"]),
        ("{ünï|日本}", ["ünï", "日本"]),
    ]) func `prompts come in reading order`(text: String, prompts: [String]) throws {
        #expect(try PromptAlternatives.expand(text) == prompts)
        #expect(try PromptAlternatives(text).count == prompts.count)
    }

    @Test(arguments: [
        "{", "}", "{a", "a}", "{a|b", "a|b}", "{}", "{a}", "{a {b} c}", "{a|b {c}", "}{", "{a|{b}",
        #"{"a": "x|y"}"#, #"[{"a": "x|y"}, {"b": "{c|d}"}]"#, #"{"a": {"b": "c|d", "e": [1, 2]}}"#,
        #"Follow this: {"a": "x|y"} please"#, #"{"a": {"b": "x|y"}} and {"c": "x|y"}"#,
    ]) func `braces without alternatives are text`(text: String) throws {
        #expect(try PromptAlternatives.expand(text) == [text])
    }

    @Test func `alternatives are found beside similar text`() throws {
        #expect(try PromptAlternatives.expand("{a|b {c|d}") == ["{a|b c", "{a|b d"])
        #expect(try PromptAlternatives.expand("{a|b} {c} {d") == ["a {c} {d", "b {c} {d"])
        #expect(
            try PromptAlternatives.expand(#"{red|blue} {"a": "x|y"}"#) == [#"red {"a": "x|y"}"#, #"blue {"a": "x|y"}"#]
        )
        #expect(try PromptAlternatives.expand(#"{red|{"a": "x|y"}}"#) == ["red", #"{"a": "x|y"}"#])
    }

    @Test func `too many prompts are refused`() throws {
        #expect(try PromptAlternatives(String(repeating: "{a|b}", count: 8)).count == 256)
        for text in [
            String(repeating: "{a|b}", count: 9), String(repeating: "{a|b}", count: 4_000),
            "{" + String(repeating: "|", count: 256) + "}",
            String(repeating: "{|", count: 50_000) + String(repeating: "}", count: 50_000),
        ] {
            #expect(throws: PromptAlternatives.Failure.self) { try PromptAlternatives(text) }
        }
        let long = String(repeating: "{a|b}", count: 8) + String(repeating: "x", count: 100_000)
        #expect(throws: PromptAlternatives.Failure.self) { try PromptAlternatives(long) }
        #expect(try PromptAlternatives(String(long.dropFirst(25))).count == 8)
    }

    /// Ten times the text takes at most ten times the steps, for any text.
    @Test(arguments: [
        "{", "}", "|", "{a|b", "{|", "{a|b}", #"{"a":{"b|c":"#, #"{"k": [{"#, "\\{", "{a {b} ", "x",
    ]) func `the work is proportional to the text`(piece: String) throws {
        func steps(_ count: Int) -> Int {
            let bytes = Array(String(repeating: piece, count: count).utf8)
            return AlternativeGroup.find(in: bytes).steps
        }
        for count in [30, 300, 3_000] { #expect(steps(10 * count) <= 11 * steps(count) + 100) }
        #expect(steps(3_000) <= 8 * 3_000 * piece.utf8.count)
    }

    @Test func `nested braces do not deepen the call stack`() throws {
        let deep = 100_000
        for (open, close) in [("{", "}"), ("{a|b", "}"), ("[", "]"), (#"{"a":"#, "}")] {
            let text = String(repeating: open, count: deep) + String(repeating: close, count: deep)
            _ = try? PromptAlternatives(text)
            _ = try? PromptAlternatives(String(repeating: open, count: deep))
        }
    }

    @Test func `nested braces that look like objects are read a limited number of times`() throws {
        let depth = 400
        let text = String(repeating: #"{"a":"#, count: depth) + "|" + String(repeating: "}", count: depth)
        let steps = AlternativeGroup.find(in: Array(text.utf8)).steps
        #expect(steps <= 8 * text.utf8.count)
        #expect(try PromptAlternatives(text).count == 2)
    }
}
