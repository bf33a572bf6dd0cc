import TestSupport

/// A random text with random keys for it. `⎋` is Esc, `⏎` Enter, `⌫` Backspace; `^R`, `^U` and `^W` are control characters.
struct EditScript: Hashable {
    let text: String
    /// As a terminal sends them.
    let keys: String

    /// The keys as one can read them.
    var shownKeys: String {
        let names: [Character: String] = [
            "\u{1B}": "⎋", "\r": "⏎", "\u{8}": "⌫", "\u{12}": "^R", "\u{15}": "^U", "\u{17}": "^W",
        ]
        return keys.map { names[$0] ?? String($0) }.joined()
    }

    static func scripts(_ count: Int, seed: UInt64) -> [EditScript] {
        var writer = EditScriptWriter(random: SeededGenerator(seed: seed))
        return (0..<count).map { _ in writer.script() }
    }
}

/// Writes scripts from the commands that docs/Keys.md lists.
///
/// A command that begins to insert is always followed by what is inserted: where the command cannot be done, as `2cc` on the
/// last line, the letters are commands themselves, in vim as here.
private struct EditScriptWriter {
    var random: SeededGenerator

    private static let texts = [
        "the quick brown fox\n  jumps over, the lazy-dog.\n\nfoo_bar baz(qux) \"hi\"\nlast line",
        "a {red|blue} fox, (in [deep] snow), 'oil' \"on canvas\"\n\n\n  golden hour; soft light  \nend",
        "one\ntwo",
        "fox (a, (b) c) \"x y\" 'z'\n   \n{red|green {dark|pale} hill} at dawn\n\nA. b! C? d.",
        "a b\n\n c  d \n\n\n  e\nf g h i j k l m n",
        "((x)) [y] {z}\nlong words here, and-there foo.bar::baz\n  q",
        "{\n  one\n  two (2)\n}\nsnow  ",
        "a  \n    one  x  \n  \n   two   \n\n  \nb  c ",
        #"say "a \"b" c" (d ")") '(' e)"# + "\n[x{y(z)y}x] <b>i</b>",
    ]

    mutating func script() -> EditScript {
        // So that `.`, `;` and `,` do not go by what the script before has done.
        var keys = "fQia\u{1B}u"
        for _ in 0...pick(7) { keys += command() }
        return EditScript(text: one(of: Self.texts), keys: keys + "\u{1B}")
    }

    private mutating func command() -> String {
        switch pick(14) {
        case 0, 1: return count(4) + motion()
        case 2, 3: return withVerb { $0.motion() }
        case 4, 5: return withVerb { $0.object() }
        case 6:
            let verb = one(of: ["dd", "cc", "yy", ">>", "<<", "guu", "gUU", "g~~", "Y", "S", "D", "C"])
            return register() + count(4) + verb + (["cc", "S", "C"].contains(verb) ? words() + "\u{1B}" : "")
        case 7: return register() + count(4) + one(of: ["x", "X", "p", "P", "p", "P"])
        case 8: return count(4) + one(of: ["~", "J", "gJ", "rZ", "r\r"])
        case 9: return count(3) + "s" + words() + "\u{1B}"
        case 10: return count(3) + one(of: ["i", "a", "I", "A", "o", "O"]) + typed() + "\u{1B}"
        case 11: return one(of: ["u", "u", "\u{12}", "2u", "uu\u{12}"])
        case 12: return count(4) + "."
        default: return selection()
        }
    }

    private mutating func withVerb(_ target: (inout Self) -> String) -> String {
        let verb = one(of: ["d", "c", "y", "d", "c", "y", ">", "<", "gu", "gU", "g~"])
        let keys = register() + count(4) + verb + count(3) + target(&self)
        return keys + (verb == "c" ? words() + "\u{1B}" : "")
    }

    /// Without `{`: on the only line of a text vim 9.0 goes to its end, and later ones to its beginning.
    private mutating func motion() -> String {
        switch pick(10) {
        case 0: return one(of: ["f", "F", "t", "T"]) + one(of: ["a", "e", "o", "x", " ", "(", "."])
        case 1: return one(of: [";", ","])
        case 2: return one(of: ["/", "?"]) + one(of: ["the", "fox", "a", "b", "snow", "in", "x", "o", "e"]) + "\r"
        case 3: return one(of: ["n", "N"])
        default:
            return one(of: [
                "h", "l", "w", "b", "e", "W", "B", "E", "ge", "gE", "0", "^", "$", "j", "k", "gg", "G", "}", "%",
                "\r", "-", "+", "_", "g_", "|", " ",
            ])
        }
    }

    private mutating func object() -> String {
        one(of: ["i", "a"]) + one(of: ["w", "W", "p", "\"", "'", "(", "[", "{", "b", "B", ")", "]", "}"])
    }

    private mutating func selection() -> String {
        var keys = one(of: ["v", "v", "V"])
        for _ in 0..<pick(4) { keys += pick(4) == 0 ? object() : count(4) + motion() }
        let verb = one(of: [
            "d", "x", "c", "y", "s", ">", "<", "~", "u", "U", "J", "gJ", "p", "P", "rQ", "D", "Y", "X", "C", "\u{1B}",
            "gU", "gu", "o\u{1B}",
        ])
        let takesRegister = ["d", "x", "c", "y", "s", "D", "Y", "X", "C", "p", "P"].contains(verb)
        let takesCount = [">", "<", "p", "P"].contains(verb)
        keys += (takesRegister ? register() : "") + (takesCount ? count(2) : "") + verb
        return keys + (["c", "s", "C"].contains(verb) ? words() + "\u{1B}" : "")
    }

    private mutating func words() -> String { one(of: ["X", "foo", "a b", "ox,e", "Z.", "hi there", "x\r y"]) }

    private mutating func typed() -> String {
        let words = words()
        guard pick(4) == 0 else { return words }
        return words + one(of: ["\u{17}", "\u{8}", "\u{15}", "\u{8}\u{8}"]) + self.words()
    }

    private mutating func register() -> String {
        pick(7) == 0 ? "\"" + one(of: ["a", "b", "A", "B", "0", "1", "-", "_", "\"", "2"]) : ""
    }

    private mutating func count(_ most: Int) -> String { pick(4) == 0 ? "\(1 + pick(most))" : "" }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private mutating func one(of choices: [String]) -> String { choices[pick(choices.count)] }
}
