import TestSupport
import Testing

@testable import Composing

/// The fast reader of alternatives against a slow one that is written as the rules are told.
struct AlternativesPropertyTests {
    /// The rules, word by word: pairs by a stack, a group is a closed pair with a bar directly inside, everything else
    /// is text.
    private struct Rules {
        private struct Pair {
            let open: Int
            var close: Int?
            var bars: [Int] = []
        }

        private let characters: [Character]
        private var pairs: [Pair] = []

        init(_ text: String) {
            characters = Array(text)
            var stack: [Int] = []
            var index = 0
            while index < characters.count {
                switch characters[index] {
                case "\\" where index + 1 < characters.count && "{|}".contains(characters[index + 1]): index += 1
                case "{":
                    stack.append(pairs.count)
                    pairs.append(Pair(open: index))
                case "|": if let top = stack.last { pairs[top].bars.append(index) }
                case "}": if let top = stack.popLast() { pairs[top].close = index }
                default: break
                }
                index += 1
            }
        }

        var prompts: [String] { prompts(0, characters.count) }

        private func prompts(_ start: Int, _ end: Int) -> [String] {
            var found = [""]
            var index = start
            while index < end {
                if let pair = pairs.first(where: { $0.open == index }), let close = pair.close, !pair.bars.isEmpty {
                    let edges = [index] + pair.bars + [close]
                    let choices = zip(edges, edges.dropFirst()).flatMap { prompts($0 + 1, $1) }
                    found = found.flatMap { head in choices.map { head + $0 } }
                    index = close + 1
                    continue
                }
                if characters[index] == "\\", index + 1 < characters.count, "{|}".contains(characters[index + 1]) {
                    index += 1
                }
                found = found.map { $0 + String(characters[index]) }
                index += 1
            }
            return found
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `any text stands for the prompts that the rules give`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1_500 {
            let signs: [Character] = ["{", "}", "|", "{", "}", "|", "\\", "a", "é", " "]
            let text = String(
                (0..<Int.random(in: 0...14, using: &random)).map { _ in signs.randomElement(using: &random) ?? "a" }
            )
            let expected = Rules(text).prompts
            if expected.count > PromptAlternatives.most {
                #expect(throws: PromptAlternatives.Failure.self, "\(text)") { try PromptAlternatives.expand(text) }
            } else {
                #expect(try PromptAlternatives.expand(text) == expected, "\(text)")
            }
        }
    }

    @Test func `what is escaped is text, whatever it is`() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let signs: [Character] = ["{", "}", "|", "a", "\n", "\"", ":", "[", "]"]
            let text = String((0..<20).map { _ in signs.randomElement(using: &random) ?? "a" })
            let escaped = text.map { "{|}".contains($0) ? "\\\($0)" : String($0) }.joined()
            #expect(try PromptAlternatives.expand(escaped) == [text], "\(escaped)")
        }
    }

    @Test func `a prompt by its index is the prompt in the list`() throws {
        for text in ["{a|b|{c|d}}{1|2}", "x{|}y", "{{a|b}|{c|d|e}} {1|2|3}"] {
            let prompts = try PromptAlternatives(text)
            #expect(prompts.all() == (0..<prompts.count).map { prompts[$0] })
            #expect(prompts.count == prompts.all().count)
        }
    }

    @Test func `the failures name the limit`() {
        let many = #expect(throws: PromptAlternatives.Failure.self) {
            try PromptAlternatives(String(repeating: "{a|b}", count: 9))
        }
        #expect(many?.description.contains("256") == true)
        let long = #expect(throws: PromptAlternatives.Failure.self) {
            try PromptAlternatives("{a|b}" + String(repeating: "x", count: 2 << 20))
        }
        #expect(long?.description.contains("2 MB") == true)
    }
}
