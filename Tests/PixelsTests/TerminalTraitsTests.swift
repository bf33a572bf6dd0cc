import Testing

@testable import Pixels

struct TerminalTraitsTests {
    @Test(
        arguments: [
            ([:], nil, nil),
            (["TERM": "xterm-256color"], nil, nil),
            (["TERM": "tmux-256color"], .tmux, nil),
            (["TERM": "screen-256color"], .screen, nil),
            // tmux with the entry of screen, which is its default.
            (["TERM": "screen", "TMUX": "/tmp/tmux-1000/default,1,0"], .tmux, nil),
            (["TERM": "xterm", "STY": "1.pts-0.host"], .screen, nil),
            // Of several, the inner one cannot be told from the environment; zellij names itself only when it is there.
            (["TMUX": "x", "STY": "y", "ZELLIJ": "0"], .zellij, nil),
            (["TMUX": "x", "STY": "y"], .tmux, nil),
            (["TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"], nil, "kitty"),
            (["GHOSTTY_RESOURCES_DIR": "/usr/share/ghostty"], nil, "ghostty"),
            (["WT_SESSION": "0-0"], nil, "windows terminal"),
            (["TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"], .tmux, "kitty"),
            // A terminal that was begun in another one inherits its variables: the newest program wins.
            (["KITTY_WINDOW_ID": "1", "WT_SESSION": "0"], nil, "windows terminal"),
        ] as [([String: String], TerminalTraits.Multiplexer?, String?)]
    )
    func `the environment tells of multiplexers and of the terminal around them`(
        environment: [String: String],
        multiplexer: TerminalTraits.Multiplexer?,
        outerName: String?
    ) {
        let traits = TerminalTraits(environment: environment)
        #expect(traits.multiplexer == multiplexer)
        #expect(traits.outerName == outerName)
        // Nothing else is known before the terminal has answered.
        #expect(traits.version == nil && traits.attributes == nil && traits.cell == nil && traits.background == nil)
        #expect(!traits.hasKittyGraphics && !traits.hasInlineImages)
        #expect(traits.sixelLimits == PictureDisplay.Limits())
    }

    @Test(
        arguments: [
            ("kitty(0.26.5)", "kitty", [0, 26, 5]),
            ("XTerm(379)", "xterm", [379]),
            ("Konsole 22.12.3", "konsole", [22, 12, 3]),
            ("tmux 3.3a", "tmux", [3, 3]),
            ("foot(1.16.2)", "foot", [1, 16, 2]),
            ("WezTerm 20240203-110809-5046fc22", "wezterm", [20_240_203]),
            ("iTerm2 3.5.0beta9", "iterm2", [3, 5, 0]),
            ("contour 0.4.3.6442.7", "contour", [0, 4, 3, 6_442]),
            ("ghostty 1.1.3-main+6a2bca1", "ghostty", [1, 1, 3]),
            ("VTE(7200)", "vte", [7_200]),
            ("name only", "name", []),
            ("name..1..2.", "name..1..2.", []),
            ("a (..1..2.)", "a", [1, 2]),
            ("x 99999999999999999999.1", "x", [999_999_999, 1]),
            ("(1.2)", "", [1, 2]),
            ("", "", []),
        ] as [(String, String, [Int])]
    )
    func `name and version are read from an answer in any program's form`(
        answer: String,
        name: String,
        numbers: [Int]
    ) {
        var traits = TerminalTraits()
        #expect(traits.name.isEmpty && traits.versionNumbers.isEmpty)
        traits.named(answer)
        #expect(traits.name == name)
        #expect(traits.versionNumbers == numbers)
    }

    @Test(
        arguments: [
            ("kitty(0.26.5)", [0, 26, 5], true), ("kitty(0.26.5)", [0, 26], true), ("kitty(0.26.5)", [0, 28], false),
            ("kitty(0.26.5)", [0, 26, 6], false), ("kitty(1.0)", [0, 99, 99], true), ("kitty(0.9)", [0, 10], false),
            ("Konsole 22.12.3", [22, 4, 1], true), ("tmux 3.3a", [3, 4], false), ("no number", [0], false),
        ] as [(String, [Int], Bool)]
    )
    func `versions are compared number by number, and one that is not known is never late enough`(
        answer: String,
        wanted: [Int],
        isLater: Bool
    ) {
        var traits = TerminalTraits()
        #expect(!traits.isVersion(atLeast: wanted))
        traits.named(answer)
        #expect(traits.isVersion(atLeast: wanted) == isLater)
    }

    @Test func `a multiplexer that answers by its own name is known even where the environment hides it`() {
        var traits = TerminalTraits(environment: ["TERM": "xterm-256color"])
        traits.named("tmux 3.4")
        #expect(traits.multiplexer == .tmux)
        traits = TerminalTraits(environment: [:])
        traits.named("Zellij(0.40.1)")
        #expect(traits.multiplexer == .zellij)
        // The answer of a terminal does not take away what the environment has said.
        traits = TerminalTraits(environment: ["TMUX": "x"])
        traits.named("kitty(0.26.5)")
        #expect(traits.multiplexer == .tmux)
    }

    @Test(
        arguments: [
            (1, 1, true), (10, 20, true), (512, 512, true), (0, 20, false), (10, 0, false), (-1, 20, false),
            (513, 20, false), (10, 513, false), (.max, .max, false), (.min, 1, false),
        ] as [(Int, Int, Bool)]
    )
    func `a cell that no font has is not believed`(width: Int, height: Int, isBelieved: Bool) {
        let cell = CellPixels(width: width, height: height)
        #expect((cell != nil) == isBelieved)
        if let cell { #expect((cell.width, cell.height) == (width, height)) }
        #expect(CellPixels.assumed.height == 2 * CellPixels.assumed.width)
    }
}
