import Composing
import Testing

@testable import Studio

struct PromptLibraryTests {
    private static let text = """
        A comment.

        # Fox portrait
        a red fox asleep
        in a hollow oak

        \\# not a name

        # animals
        - fox
        - snow owl

        # empty
        # Fox, Portrait!
        a later fox
        """

    @Test func `entries begin with their names, and lists are lines with a dash`() {
        let library = PromptLibrary(parsing: Self.text)
        #expect(library.entries.map(\.handle) == ["fox-portrait", "animals"])
        #expect(library["fox-portrait"]?.content == .text("a later fox"))
        #expect(library["animals"]?.content == .list(["fox", "snow owl"]))
        let first = PromptLibrary(parsing: String(Self.text.prefix { $0 != "!" }.dropLast(14)))
        #expect(first["fox-portrait"]?.content == .text("a red fox asleep\nin a hollow oak\n\n# not a name"))
    }

    @Test(arguments: ["a fox", "two\nlines", "# no name\nbut a prompt", "- not\n- a list?", "  blanks  "])
    func `what is added is read back, and all else stays`(prompt: String) {
        let text = PromptLibrary.adding(prompt, as: "Neuer Fuchs", to: Self.text)
        #expect(text.hasPrefix("A comment.\n\n# Fox portrait\na red fox asleep"))
        let library = PromptLibrary(parsing: text)
        #expect(library.entries.map(\.handle) == ["fox-portrait", "animals", "neuer-fuchs"])
        if case .text(let kept) = library["neuer-fuchs"]?.content {
            #expect(
                kept == String(prompt.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            )
        } else {
            #expect(prompt.hasPrefix("- "))
        }
        let again = PromptLibrary.adding("another", as: "neuer fuchs", to: text)
        #expect(PromptLibrary(parsing: again)["neuer-fuchs"]?.content == .text("another"))
        #expect(PromptLibrary(parsing: again).entries.count == 3)
        #expect(PromptLibrary(parsing: PromptLibrary.adding("x", as: "y", to: "")).entries.map(\.handle) == ["y"])
    }

    @Test(arguments: [
        ("a @fo", "fo", false), ("@", "", false), ("{@animals", "animals", true), ("{a|@An", "an", true),
        ("(@fox-por", "fox-por", false),
    ])
    func `a name is what stands behind the sign`(typed: String, stem: String, isInBraces: Bool) throws {
        let line = Array(typed)
        let token = try #require(LibraryToken(before: TextPosition(line: 0, column: line.count), in: [line]))
        #expect(token.stem == stem && token.isInBraces == isInBraces)
        #expect(line[token.start.column] == "@")
    }

    @Test(arguments: ["a fox", "me@example", "@fox and", "", "@fox."])
    func `anything else is none`(typed: String) {
        let line = Array(typed)
        #expect(LibraryToken(before: TextPosition(line: 0, column: line.count), in: [line]) == nil)
    }

    // MARK: In the studio

    private func studio(_ prompt: String) -> Bench {
        var bench = Bench(prompt: "")
        bench.send(.libraryLoaded(PromptLibrary(parsing: Self.text)))
        bench.send(.typed(prompt))
        return bench
    }

    @Test(arguments: [
        ("a @fox", "a a later fox"), ("@fox-portrait", "a later fox"), ("a {@an", "a {fox|snow owl"),
        ("two @animals", "two {fox|snow owl}"), ("{owl|@animals", "{owl|fox|snow owl"),
    ])
    func `Tab puts in what the name stands for, and one undo takes it back`(typed: String, expected: String) {
        var bench = studio(typed)
        #expect(bench.state.contexts.first == .libraryName)
        bench.press(.completeName)
        #expect(bench.state.compose.prompt.text == expected)
        bench.press(.undo)
        #expect(bench.state.compose.prompt.text == typed)
    }

    @Test func `a list in braces makes as many runs as it has lines`() {
        var bench = studio("a {@animals")
        bench.press(.completeName)
        bench.send(.typed("} in the snow"))
        #expect(bench.state.compose.quote.runs == 2)
    }

    @Test func `several that begin so are listed, and the choice takes the place of the name`() {
        var bench = studio("a @")
        bench.press(.completeName)
        #expect(bench.state.picker?.kind == .library)
        bench.send(.typed("animals"))
        bench.press(.choose)
        #expect(bench.state.compose.prompt.text == "a {fox|snow owl}")
    }

    @Test func `behind anything else Tab goes to the next pane`() {
        var bench = studio("a fox")
        #expect(!bench.state.contexts.contains(.libraryName))
        bench = studio("a @fox ")
        #expect(!bench.state.contexts.contains(.libraryName))
        bench = studio("@nothing")
        bench.press(.completeName)
        #expect(bench.state.compose.prompt.text == "@nothing")
        #expect(bench.state.toast != nil)
    }

    @Test func `what is selected is kept by a name, else all of the prompt`() {
        var bench = studio("a red fox")
        bench.press(.savePrompt)
        bench.send(.typed("all of it"))
        #expect(bench.press(.acceptField) == [.world(.keepPrompt("a red fox", name: "all of it"))])
        bench.press(.selectWordLeft, .savePrompt)
        bench.send(.typed("beast"))
        #expect(bench.press(.acceptField) == [.world(.keepPrompt("fox", name: "beast"))])
        bench.press(.savePrompt)
        bench.send(.typed("…"))
        #expect(bench.press(.acceptField) == [])
        #expect(bench.state.nameEntry != nil)
        bench.press(.back)
        #expect(bench.state.nameEntry == nil && bench.state.compose.prompt.text == "a red fox")
    }

    @Test func `drafts are kept by names, and to switch loses nothing`() {
        var bench = studio("a red fox")
        bench.press(.saveDraft)
        bench.send(.typed("fox"))
        let kept = bench.press(.acceptField)
        guard case .world(.keepDraft(let draft, "fox")) = kept.first else { return #expect(Bool(false), "\(kept)") }
        #expect(draft.prompt == "a red fox")
        bench.send(.typed(" in the snow"))
        #expect(bench.press(.openDrafts) == [.world(.listDrafts)])
        bench.send(.draftsListed([NamedDraft(name: "fox", draft: draft)]))
        let effects = bench.press(.choose)
        #expect(bench.state.compose.prompt.text == "a red fox")
        #expect(
            effects.contains { effect in
                if case .world(.keepDraft(let before, _)) = effect {
                    before.prompt == "a red fox in the snow"
                } else {
                    false
                }
            }
        )
        #expect(effects.contains(.world(.loadModel(Bench.flux.path))))
    }

    @Test func `the library is edited as a text`() {
        var bench = studio("")
        #expect(bench.press(.editLibrary) == [.world(.openLibrary)])
        #expect(bench.send(.libraryOpened("# a\nb")) == [.terminal(.editExternally(.library, "# a\nb"))])
        #expect(bench.send(.editorReturned(.library, "# a\nc")) == [.world(.writeLibrary("# a\nc"))])
        #expect(bench.state.compose.prompt.text == "")
    }
}
