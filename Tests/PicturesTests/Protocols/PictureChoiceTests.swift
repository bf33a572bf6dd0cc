import Pixels
import Testing

@testable import Pictures

/// What is chosen, answer by answer. The answers are those that the terminals gave in November 2026 under Xvfb, where
/// nothing else is said.
struct PictureChoiceTests {
    private func method(_ traits: TerminalTraits, wish: PictureWish = .auto) -> String {
        PictureChoice(wish: wish, traits: traits, depth: .direct).display.method.rawValue
    }

    private func traits(
        _ version: String? = nil,
        graphics: Bool = false,
        inline: Bool = false,
        attributes: [Int]? = [62],
        cell: CellPixels? = CellPixels(width: 8, height: 17),
        environment: [String: String] = [:]
    ) -> TerminalTraits {
        var traits = TerminalTraits(environment: environment)
        if let version { traits.named(version) }
        traits.hasKittyGraphics = graphics
        traits.hasInlineImages = inline
        traits.attributes = attributes
        traits.cell = cell
        return traits
    }

    @Test func `a terminal that has not answered, or never does, gets symbols`() {
        #expect(method(traits(attributes: nil, cell: nil)) == "symbols")
        #expect(method(TerminalTraits()) == "symbols")
    }

    @Test(arguments: ["kitty(0.28.0)", "kitty(0.40.1)", "ghostty 1.2.0"])
    func `terminals with placeholders get them`(version: String) {
        #expect(method(traits(version, graphics: true)) == "kitty-placeholders")
    }

    @Test(arguments: ["kitty(0.26.5)", "Konsole 22.12.3"])
    func `those that only know the rest of kitty's protocol get pictures at the cursor`(version: String) {
        #expect(method(traits(version, graphics: true, inline: true, attributes: [62, 1, 4])) == "kitty-placement")
    }

    @Test(arguments: ["iTerm2 3.6.2", "WezTerm 20240203-110809-5046fc22"])
    func `iTerm2 and WezTerm answer kitty's query and get inline images`(version: String) {
        #expect(method(traits(version, graphics: true, inline: true, attributes: [62, 4])) == "iterm2")
    }

    @Test func `xterm as a VT340 and mlterm get sixel`() {
        #expect(method(traits("XTerm(379)", attributes: [63, 1, 2, 4, 6])) == "sixel")
        #expect(method(traits(nil, attributes: [63, 1, 2, 3, 4], cell: CellPixels(width: 10, height: 19))) == "sixel")
        #expect(method(traits("XTerm(379)", attributes: [64, 1, 2, 6])) == "symbols")
    }

    @Test func `sixel needs the size of a cell, and enough colours`() {
        #expect(method(traits("XTerm(379)", attributes: [63, 4], cell: nil)) == "symbols")
        var poor = traits("XTerm(379)", attributes: [63, 4])
        poor.sixelLimits.colors = 4
        #expect(method(poor) == "symbols")
        poor.sixelLimits.colors = 16
        #expect(PictureChoice(wish: .auto, traits: poor, depth: .direct).display.limits.colors == 16)
    }

    @Test func `zellij refuses kitty's graphics without a word, and passes sixel on`() {
        let environment = ["ZELLIJ": "0"]
        #expect(method(traits("kitty(0.40.1)", graphics: true, environment: environment)) == "symbols")
        #expect(method(traits("Zellij(4300)", attributes: [62, 4])) == "sixel")
    }

    @Test func `tmux gets symbols unless it passes the query on to a terminal with placeholders`() {
        let inside = ["TMUX": "/tmp/tmux-0/default,1,0"]
        #expect(method(traits("tmux 3.3a", cell: nil, environment: inside)) == "symbols")
        #expect(method(traits("tmux 3.5", attributes: [1, 2, 4], environment: inside)) == "symbols")
        // Passed on, but by a terminal that nobody knows.
        #expect(method(traits("tmux 3.3a", graphics: true, cell: nil, environment: inside)) == "symbols")
        let kitty = inside.merging(["KITTY_WINDOW_ID": "1"]) { $1 }
        let choice = PictureChoice(
            wish: .auto,
            traits: traits("tmux 3.3a", graphics: true, cell: nil, environment: kitty),
            depth: .direct
        )
        #expect(choice.display.method.rawValue == "kitty-placeholders")
        #expect(choice.display.isWrapped)
        // Nothing passed on, whatever the environment says of the terminal outside.
        #expect(method(traits("tmux 3.3a", cell: nil, environment: kitty)) == "symbols")
    }

    @Test func `tmux is known by its answer too: over ssh the environment says nothing`() {
        #expect(method(traits("tmux 3.3a", attributes: [1, 2, 4])) == "symbols")
    }

    @Test func `what the settings ask for is used, whatever the terminal has answered`() {
        let silent = traits(attributes: nil, cell: nil)
        #expect(method(silent, wish: .sixel) == "sixel")
        #expect(method(silent, wish: .iterm2) == "iterm2")
        #expect(method(silent, wish: .kitty) == "kitty-placement")
        #expect(method(silent, wish: .none) == "none")
        #expect(method(traits("kitty(0.40.1)", graphics: true), wish: .kitty) == "kitty-placeholders")
        #expect(method(traits("kitty(0.40.1)", graphics: true), wish: .symbols) == "symbols")
    }

    @Test func `late answers change the choice`() {
        var late = TerminalTraits()
        #expect(method(late) == "symbols")
        late.attributes = [62]
        #expect(method(late) == "symbols")
        late.hasKittyGraphics = true
        late.named("kitty(0.35.0)")
        #expect(method(late) == "kitty-placeholders")
    }

    @Test func `numbers are read from versions as they come`() {
        #expect(traits("kitty(0.26.5)").versionNumbers == [0, 26, 5])
        #expect(traits("kitty(0.26.5)").isVersion(atLeast: [0, 28]) == false)
        #expect(traits("kitty(1.0)").isVersion(atLeast: [0, 28]))
        #expect(traits("WezTerm 20240203-110809-5046fc22").name == "wezterm")
        #expect(traits("foo 99999999999999999999").versionNumbers == [999_999_999])
        #expect(TerminalTraits().versionNumbers.isEmpty)
    }
}
