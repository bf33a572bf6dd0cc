import Pixels
import Testing

@testable import Terminal

struct TerminalCallTests {
    private func traits(_ version: String?, multiplexer: TerminalTraits.Multiplexer? = nil) -> TerminalTraits {
        var traits = TerminalTraits()
        if let version { traits.named(version) }
        traits.multiplexer = multiplexer ?? traits.multiplexer
        return traits
    }

    @Test(arguments: [
        ("kitty(0.26.5)", "\u{1B}]99;i=darkroom:d=0;Darkroom\u{1B}\\\u{1B}]99;i=darkroom:p=body;4;1;9 done\u{1B}\\"),
        ("iTerm2 3.5.0", "\u{1B}]9;Darkroom: 4;1;9 done\u{1B}\\"),
        ("foot(1.20.0)", "\u{1B}]777;notify;Darkroom;4,1,9 done\u{1B}\\"),
        ("ghostty 1.2.0", "\u{1B}]777;notify;Darkroom;4,1,9 done\u{1B}\\"),
        ("WezTerm 20240203-110809-5046fc22", "\u{1B}]777;notify;Darkroom;4,1,9 done\u{1B}\\"),
        ("XTerm(379)", "\u{7}"), ("tmux 3.4", "\u{7}"), ("VTE(7900)", "\u{7}"),
    ])
    func `each terminal is called in its own way`(version: String, sequence: String) {
        #expect(TerminalCall.sequence("4;1;9 done", traits(version)) == sequence)
    }

    @Test func `a terminal that said nothing, and one around a multiplexer, hears the bell`() {
        #expect(TerminalCall.sequence("done", traits(nil)) == "\u{7}")
        #expect(TerminalCall.sequence("done", traits("kitty(0.36.0)", multiplexer: .tmux)) == "\u{7}")
        #expect(TerminalCall.sequence("", traits("kitty(0.36.0)")) == "\u{7}")
    }

    @Test func `nothing in a text ends the sequence`() {
        for name in ["kitty(0.36.0)", "iTerm2 3.5", "foot(1.2)"] {
            let hostile = TerminalCall.sequence("a\u{1B}\\\u{7}\u{9C}\u{1B}]52;c;AAAA\u{7}\nb", traits(name))
            let escapes = hostile.unicodeScalars.filter { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
            let plain = TerminalCall.sequence("ab", traits(name))
            #expect(escapes.count == plain.unicodeScalars.count { $0.value < 0x20 })
        }
        let long = TerminalCall.sequence(String(repeating: "x", count: 5_000), traits("iTerm2 3.5"))
        #expect(long.count < 300)
    }

    @Test(arguments: [
        ("ghostty 1.1.3", false), ("ghostty 1.2.0", true), ("iTerm2 3.6.5", false), ("iTerm2 3.6.6", true),
        ("WezTerm 20240203-110809-5046fc22", false), ("WezTerm 20250301-1", true), ("VTE(7800)", false),
        ("VTE(7900)", true), ("kitty(0.40.0)", false), ("XTerm(379)", false),
    ])
    func `progress goes to terminals that show it`(version: String, isShown: Bool) {
        #expect(TabProgress.isShown(by: traits(version)) == isShown)
        #expect(!TabProgress.isShown(by: traits(version, multiplexer: .screen)))
    }

    @Test func `Windows Terminal is known by the environment`() {
        #expect(TabProgress.isShown(by: TerminalTraits(environment: ["WT_SESSION": "1"])))
        #expect(!TabProgress.isShown(by: TerminalTraits(environment: ["WT_SESSION": "1", "TMUX": "/tmp/t"])))
        #expect(!TabProgress.isShown(by: TerminalTraits(environment: [:])))
    }

    @Test func `the modes show the progress again after a child, and take it away at the end`() {
        var modes = TerminalModes(mouse: false, answersQueries: true)
        #expect(!modes.enter.contains("]9;4") && !modes.leave.contains("]9;4"))
        modes.progress = .percent(40)
        #expect(modes.enter.contains("\u{1B}]9;4;1;40\u{1B}\\"))
        #expect(modes.leave.contains("\u{1B}]9;4;0\u{1B}\\"))
        #expect(modes.reset.contains("\u{1B}]9;4;0\u{1B}\\"))
    }
}
