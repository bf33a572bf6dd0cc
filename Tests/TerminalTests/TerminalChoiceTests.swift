import Testing

@testable import Terminal

struct TerminalChoiceTests {
    private func choice(_ environment: [String: String], depth: ColorDepth? = nil) throws -> TerminalChoice {
        try TerminalChoice(environment: environment, depth: depth)
    }

    @Test(
        arguments: [
            (["TERM": "xterm-256color"], .palette256), (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .direct),
            (["TERM": "xterm", "COLORTERM": "24bit"], .direct), (["TERM": "xterm", "COLORTERM": "yes"], .palette256),
            (["TERM": "xterm-kitty"], .direct), (["TERM": "foot-extra"], .direct), (["TERM": "footage"], .palette256),
            (["TERM": "xterm-direct"], .direct), (["TERM": "linux", "COLORTERM": "truecolor"], .palette256),
            (["TERM": "screen-256color", "COLORTERM": "truecolor"], .palette256),
            (["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/x"], .direct),
            (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], .mono),
            (["TERM": "xterm-256color", "NO_COLOR": ""], .palette256), ([:], .palette256),
        ] as [([String: String], ColorDepth)]
    )
    func `the environment says how many colours there are`(environment: [String: String], depth: ColorDepth) throws {
        #expect(try choice(environment).depth == depth)
    }

    @Test func `what the user asked for overrules the environment`() throws {
        #expect(try choice(["TERM": "xterm-kitty", "NO_COLOR": "1"], depth: .direct).depth == .direct)
        #expect(try choice(["TERM": "xterm-kitty"], depth: .mono).depth == .mono)
    }

    @Test func `there is an entry that needs no installed file, and it is tried last`() throws {
        for environment in [
            [:], ["TERM": "xterm"], ["TERM": "nonsense-9"], ["TERM": "xterm-direct", "COLORTERM": "truecolor"],
        ] {
            #expect(try choice(environment).entries.last == .embedded(.palette256))
        }
        #expect(try choice(["TERM": "xterm"]).entries == [.installed("xterm"), .embedded(.palette256)])
        #expect(
            try choice(["TERM": "xterm-kitty"]).entries
                == [.embedded(.direct), .installed("xterm-kitty"), .embedded(.palette256)]
        )
        // An installed entry for direct colour has eight palette entries only.
        #expect(try choice(["TERM": "xterm-direct"]).entries == [.embedded(.direct), .embedded(.palette256)])
    }

    @Test func `a terminal that cannot place its cursor is refused`() {
        let error = #expect(throws: ScreenError.self) { try TerminalChoice(environment: ["TERM": "dumb"], depth: nil) }
        #expect(error?.code == .incapable)
        #expect(error?.description.contains("TERM=dumb") == true)
    }

    @Test(arguments: [("linux", false), ("vt100", false), ("cons25", false), ("xterm", true), ("", true)])
    func `old terminals are asked nothing`(name: String, answers: Bool) throws {
        #expect(try choice(["TERM": name]).answersQueries == answers)
    }
}

struct ControlSequenceTests {
    private func sequence(_ text: String) -> ControlSequence {
        ControlSequence(parameters: Array(text.utf8.dropLast()), final: text.utf8.last ?? 0)
    }

    @Test func `parameters, sub-parameters and omitted ones are told apart`() {
        let read = sequence("?1;2:3;;4$y")
        #expect(read.prefix == UInt8(ascii: "?"))
        #expect(read.parameters == [[1], [2, 3], [nil], [4]])
        #expect(read.intermediates == [UInt8(ascii: "$")])
        #expect(read.value(1, 1) == 3)
        #expect(read.value(2) == nil)
        #expect(read.value(9) == nil)
        #expect(read.value(1, 5) == nil)
        #expect(sequence("A").isBare)
        #expect(!sequence("$y").isBare)
    }

    @Test func `a number that is too long is none`() {
        #expect(sequence("999999999A").first == 999_999_999)
        #expect(sequence("9999999999A").first == nil)
        #expect(sequence(";5A").first == nil)
    }

    static let modifierCases: [(String, KeyModifiers)] = [
        ("1;1A", []), ("1;2A", .shift), ("1;3A", .alt), ("1;5A", .control), ("1;8A", [.shift, .alt, .control]),
        ("1;33A", .alt), ("1;0A", []), ("1A", []),
    ]

    @Test(arguments: modifierCases)
    func `modifiers are one more than their bits`(text: String, modifiers: KeyModifiers) {
        #expect(sequence(text).modifiers == modifiers)
    }

    @Test(arguments: [("97;1:3u", true), ("97;1:1u", false), ("97u", false), ("97;5:2u", false)])
    func `a release is told from a press`(text: String, isRelease: Bool) {
        #expect(sequence(text).isRelease == isRelease)
    }
}

struct PastedTextTests {
    @Test(arguments: [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"), ("\r\r\n\n", "\n\n\n"), ("\ta\u{0}\u{7}\u{1B}b", "\tab"),
        ("é漢\u{202E}", "é漢\u{202E}"),
        ("", ""), ("\u{85}\u{9C}x", "x"),
    ])
    func `line ends become one kind, and control characters go`(given: String, clean: String) {
        #expect(PastedText.clean(Array(given.utf8)) == clean)
    }

    @Test func `bytes that are no text do not end the program`() {
        #expect(PastedText.clean([0xFF, 0x61, 0xC3]).contains("a"))
    }
}
