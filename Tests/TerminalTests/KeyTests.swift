import Terminal
import Testing

struct KeyTests {
    @Test(arguments: InputParserTests.keys.map(\.1)) func `notation survives a round trip`(notation: String) throws {
        #expect(try #require(Key(notation)).notation == notation)
    }

    @Test(arguments: [
        ("Ctrl+X", "ctrl+x"), ("shift+a", "A"), ("backtab", "shift+tab"), ("return", "enter"), ("escape", "esc"),
        ("alt+shift+x", "alt+X"), ("ctrl++", "ctrl++"), ("+", "+"), ("alt+plus", "alt++"), ("pgdn", "pagedown"),
        ("F12", "f12"), ("shift+alt+ctrl+up", "ctrl+alt+shift+up"),
    ]) func `one key has one form`(written: String, notation: String) {
        #expect(Key(written)?.notation == notation)
    }

    @Test(arguments: ["", "ctrl", "ctrl+", "hyper+x", "f0", "f36", "enterr", "ctrl-x"])
    func `a text that names no key is nil`(notation: String) {
        #expect(Key(notation) == nil)
    }

    @Test func `only plain characters are typed`() {
        #expect(Key("a")?.typed == "a")
        #expect(Key("A")?.typed == "A")
        #expect(Key("ctrl+a")?.typed == nil)
        #expect(Key("alt+a")?.typed == nil)
        #expect(Key("enter")?.typed == nil)
    }
}
