import Pictures
import Studio
import Testing

@testable import Commands

struct ConfigurationFileTests {
    private func mistake(_ yaml: String) -> String? {
        do throws(ConfigurationFile.Mistake) {
            _ = try ConfigurationFile(yaml: yaml, path: "config.yaml")
            return nil
        } catch { return error.description }
    }

    @Test func `keys and the way of editing are read`() throws {
        let file = try ConfigurationFile(
            yaml: """
                editing: vim
                keys:
                  run: [ctrl+alt+r, f9]
                  zoom: f10
                  suspend: []
                """,
            path: "config.yaml"
        )
        #expect(file.editing == .vim)
        #expect(file.escapeTime == nil)
        #expect(try ConfigurationFile(yaml: "escape_time: 250", path: "config.yaml").escapeTime == .milliseconds(250))
        #expect(file.keys.key(for: .run, in: [.everywhere]) == "ctrl+alt+r")
        #expect(file.keys.key(for: .zoom, in: [.everywhere]) == "F10")
        #expect(file.keys.key(for: .suspend, in: [.everywhere]) == nil)
        #expect(try ConfigurationFile(yaml: "mouse: true", path: "config.yaml").keys == .standard)
    }

    @Test func `whether pictures get metadata is read`() throws {
        #expect(try ConfigurationFile(yaml: "mouse: true", path: "c").metadata == nil)
        #expect(try ConfigurationFile(yaml: "metadata: off", path: "c").metadata == false)
        #expect(try ConfigurationFile(yaml: "metadata: on", path: "c").metadata == true)
        #expect(throws: ConfigurationFile.Mistake.self) {
            try ConfigurationFile(yaml: "metadata: some", path: "config.yaml")
        }
    }

    @Test func `how pictures are drawn is read`() throws {
        #expect(try ConfigurationFile(yaml: "mouse: true", path: "c").pictures == .auto)
        #expect(try ConfigurationFile(yaml: "pictures: none", path: "c").pictures == .none)
    }

    @Test func `who is called at the end of runs, and what moves, is read`() throws {
        let file = try ConfigurationFile(yaml: "notify: always\nnotify_command: say done\nmotion: reduced", path: "c")
        #expect(file.notify == .always)
        #expect(file.notifyCommand == "say done")
        #expect(file.motion == .reduced)
        let standard = try ConfigurationFile(yaml: "notify_command: ''", path: "c")
        #expect(standard.notify == .unfocused && standard.notifyCommand == nil && standard.motion == .full)
    }

    @Test(arguments: [
        (
            "pictures: ascii",
            "config.yaml, line 1: pictures must be one of auto, kitty, iterm2, sixel, symbols, none"
        ),
        ("editing: nano", "config.yaml, line 1: editing must be one of emacs, vim"),
        ("notify: often", "config.yaml, line 1: notify must be one of unfocused, always, never"),
        ("glyphs: emoji", "config.yaml, line 1: glyphs must be one of auto, ascii"),
        ("motion: none", "config.yaml, line 1: motion must be one of full, reduced"),
        ("notify_command: [a]", "config.yaml, line 1: notify_command must be a single value"),
        ("escape_time: 0", "config.yaml, line 1: escape_time must be 1 to 5000: milliseconds"),
        ("escape_time: soon", "config.yaml, line 1: escape_time must be 1 to 5000: milliseconds"),
        ("mouse: true\nkeys:\n  zoom: f10\n  rum: f9", "config.yaml, line 4: keys has no action rum"),
        (
            "keys:\n  run: [f9,\n    alt+entr]",
            "config.yaml, line 2: alt+entr is no key: write it as alt+enter, ctrl+x ctrl+e, f5 or ?"
        ),
        (
            "keys:\n  zoom: f10\n  redraw: alt+m",
            "config.yaml, line 3: alt+m is the key of change-model everywhere: give that another, or take another here"
        ),
        ("keys: [f9]", "config.yaml, line 1: keys must be a list of key: value"),
        ("keys:\n  run: {a: b}", "config.yaml, line 2: keys run must be a key or a list of keys"),
    ])
    func `what cannot be followed names the key and the line`(yaml: String, sentence: String) {
        #expect(mistake(yaml) == sentence)
    }
}
