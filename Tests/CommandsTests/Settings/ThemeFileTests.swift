import Foundation
import StudioUI
import Terminal
import Testing

@testable import Commands

struct ThemeFileTests {
    private func mistake(_ yaml: String) -> String? {
        do throws(ThemeFile.Mistake) {
            _ = try ThemeFile.read(yaml: yaml, path: "mine.yaml")
            return nil
        } catch { return error.description }
    }

    @Test func `what a file names looks as it says, and all else as its base`() throws {
        let theme = try ThemeFile.read(
            yaml: """
                base: lightbox
                focus: "#102030"
                selection_background: "#0000FF"
                """,
            path: "mine.yaml"
        ).theme(on: nil, environment: [:])
        #expect(theme.style(.focus, depth: .direct).foreground == .rgb(16, 32, 48))
        #expect(theme.style(.selection, depth: .direct).background == .rgb(0, 0, 255))
        // The nearest of the palette.
        #expect(theme.style(.selection, depth: .palette256).background == .palette(21))
        #expect(theme.style(.cost, depth: .direct) == Theme.lightbox.style(.cost, depth: .direct))
        #expect(theme.style(.focus, depth: .ansi16) == Theme.lightbox.style(.focus, depth: .ansi16))
    }

    @Test(arguments: [
        ("base: noir", "mine.yaml, line 1: base must be one of auto, darkroom, lightbox, terminal"),
        ("text: red", "mine.yaml, line 1: text must be a colour such as \"#7CC0D8\", in quotes"),
        ("text: \"#12345G\"", "mine.yaml, line 1: text must be a colour such as \"#7CC0D8\", in quotes"),
        ("ok: \"#000000\"\n- x", "mine.yaml is no YAML"),
        ("- a", "mine.yaml, line 1: the theme must be a list of key: value"),
        ("\nshine: \"#000000\"", "mine.yaml, line 2: a theme has no shine"),
    ])
    func `a mistake is said with its line`(yaml: String, said: String) {
        #expect(mistake(yaml)?.hasPrefix(said) == true, "\(mistake(yaml) ?? "nothing")")
    }

    @Test func `every theme is a base, and one that goes by the background goes on doing so`() throws {
        for base in ThemeFamily.all {
            let mine = try ThemeFile.read(yaml: "base: \(base.name)\nfocus: \"#102030\"", path: "mine.yaml")
            for colors in ["15;0", "0;15", ""] {
                let theme = mine.theme(on: nil, environment: ["COLORFGBG": colors])
                let usual = base.theme(on: nil, environment: ["COLORFGBG": colors])
                #expect(theme.style(.cost, depth: .direct) == usual.style(.cost, depth: .direct))
                #expect(theme.style(.focus, depth: .direct).foreground == .rgb(16, 32, 48))
            }
        }
    }

    @Test func `an empty file is its base, and a name that is none says what there is`() throws {
        let empty = try ThemeFile.read(yaml: "", path: "mine.yaml").theme(on: nil, environment: [:])
        #expect(empty.style(.text, depth: .direct) == Theme.darkroom.style(.text, depth: .direct))
        #expect(throws: ThemeFile.Mistake.self) {
            try ThemeFile.theme("noir", folder: URL(filePath: "/nowhere"), home: URL(filePath: "/nowhere"))
        }
    }
}
