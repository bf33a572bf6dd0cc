import Foundation
import Testing

@testable import Predictions

struct OutputPatternTests {
    private func name(_ pattern: String, index: Int = 0, key: String? = "SKU-1", prompt: String = "A red fox!") throws
        -> String
    {
        let values = OutputPattern.Values(
            key: key,
            index: index,
            ext: "webp",
            prompt: prompt,
            model: "acme-flux",
            seed: "7",
            date: "2026-11-27",
            id: "p1"
        )
        let name = try OutputPattern(pattern).name(values)
        let file = name.ending.isEmpty ? name.stem : "\(name.stem).\(name.ending)"
        #expect(name.path.hasSuffix(file))
        return name.path
    }

    @Test(arguments: [
        ("{key}-{index}.{ext}", "SKU-1-0.webp"),
        ("{model}/{date}/{prompt}-{seed}.{ext}", "acme-flux/2026-11-27/a-red-fox-7.webp"),
        ("{{x}}-{id}.{ext}", "{x}-p1.webp"), ("out.png", "out.png"), ("{key}", "SKU-1"),
    ]) func `fields stand for what the run is`(pattern: String, name: String) throws {
        #expect(try self.name(pattern) == name)
        #expect(try OutputPattern(pattern).text == pattern)
    }

    @Test(arguments: ["", "/x", "a//b", "../x", "a/..", "{nothing}", "{key", "x/"])
    func `a pattern that is none is refused`(pattern: String) {
        #expect(throws: OutputPattern.Mistake.self) { try OutputPattern(pattern) }
    }

    @Test func `what stands in a field stays in its folder`() throws {
        #expect(try name("{key}.{ext}", key: "../../etc/passwd\n") == "-..-etc-passwd-.webp")
        #expect(try name("{key}.{ext}", key: "...") == "none.webp")
        #expect(try name("{key}.{ext}", key: nil) == "none.webp")
        #expect(try name("{key}.{ext}", key: String(repeating: "ö", count: 200)).utf8.count == 125)
    }

    @Test func `no two files of an order have one name`() throws {
        #expect(try name("{key}.{ext}", index: 1) == "SKU-1_2.webp")
        #expect(try name("out.png", index: 2) == "out_3.png")
        #expect(try name("out", index: 1) == "out_2")
        #expect(try name("{{a}}.png", index: 1) == "{a}_2.png")
        #expect(try name("{key}-{index}.{ext}", index: 1) == "SKU-1-1.webp")
        func text(_ pattern: String, _ run: Int, of count: Int) throws -> String {
            try OutputPattern(pattern).forRun(run, of: count).text
        }
        #expect(try text("{key}-{index}.{ext}", 2, of: 3) == "{key}-2-{index}.{ext}")
        #expect(try text("{key}-{index}.{ext}", 0, of: 1) == "{key}-{index}.{ext}")
        #expect(try text("{key}.{ext}", 0, of: 3) == "{key}.{ext}")
        #expect(try text("{key}.{ext}", 2, of: 3) == "{key}-3.{ext}")
        #expect(try text("{id}.{ext}", 2, of: 3) == "{id}.{ext}")
        #expect(try text("{run}/{key}.{ext}", 2, of: 3) == "2/{key}.{ext}")
        #expect(try text("out.png", 1, of: 3) == "out-2.png")
    }

    @Test func `an ending is added where nothing says what the file is`() throws {
        #expect(try OutputPattern("{key}").withEnding.text == "{key}.{ext}")
        #expect(try OutputPattern("a.b/{key}").withEnding.text == "a.b/{key}.{ext}")
        #expect(try OutputPattern("{key}.png").withEnding.text == "{key}.png")
        #expect(OutputPattern(literal: "a{b}.png").text == "a{{b}}.png")
    }
}
