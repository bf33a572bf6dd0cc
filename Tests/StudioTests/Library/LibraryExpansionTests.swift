import Composing
import Testing

@testable import Studio

/// Names of the library that stand in braces when a prompt is run.
struct LibraryExpansionTests {
    private static let library = PromptLibrary(
        parsing: """
            # animals
            - fox
            - snow owl

            # only one
            - badger

            # Mood
            morning fog | low sun
            """
    )

    @Test(arguments: [
        ("a {@animals} at dusk", "a {fox|snow owl} at dusk"), ("{@animals|a wolf}", "{fox|snow owl|a wolf}"),
        ("{a wolf|@animals}", "{a wolf|fox|snow owl}"), ("a {@only-one}", "a badger"),
        ("fox, {@mood}", "fox, morning fog | low sun"), ("{@mood|rain}", "{morning fog \\| low sun|rain}"),
        ("{@animals} and {@animals}", "{fox|snow owl} and {fox|snow owl}"), ("{@Animals}", "{fox|snow owl}"),
        // Not in braces, or no name there: as it stands.
        ("mail @animals", "mail @animals"), ("a@animals.org", "a@animals.org"), ("{ @animals }", "{ @animals }"),
        ("\\{@animals\\}", "\\{@animals\\}"), ("{\"@id\": 1}", "{\"@id\": 1}"), ("@", "@"), ("{@}", "{@}"), ("", ""),
    ])
    func `a name in braces is what it stands for`(typed: String, expected: String) {
        let expansion = Self.library.expansion(of: typed)
        #expect(expansion.text == expected)
        #expect(expansion.unknown.isEmpty)
    }

    @Test func `names that nobody knows stay, and are told once`() {
        let expansion = Self.library.expansion(of: "{@foxy|@animals} and {@foxy} and {@wolf}")
        #expect(expansion.text == "{@foxy|fox|snow owl} and {@foxy} and {@wolf}")
        #expect(expansion.unknown == ["foxy", "wolf"])
    }

    private func studio(_ prompt: String) -> Bench {
        var bench = Bench(prompt: prompt)
        bench.send(.libraryLoaded(Self.library))
        return bench
    }

    @Test func `each item of a list is a run with its price, and the prompt stays as it was typed`() {
        var bench = studio("a {@animals} at dusk")
        #expect(bench.state.compose.quote.runs == 2)
        bench.press(.run)
        #expect(bench.submitted.map(\.prompt) == ["a fox at dusk", "a snow owl at dusk"])
        #expect(bench.state.compose.prompt.text == "a {@animals} at dusk")
        #expect(bench.effects.contains(.world(.keepTemplate("a {@animals} at dusk"))))
    }

    @Test func `before anything is paid for, a name that nobody knows is pointed at`() {
        let bench = studio("a {@foxy}")
        #expect(bench.state.compose.quote.caution == "not in the library, sent as typed: @foxy")
        #expect(studio("a {@animals}").state.compose.quote.caution == nil)
    }

    @Test func `a plain prompt is no template, and neither is what was run again`() {
        var bench = studio("a fox")
        bench.press(.run)
        #expect(!bench.effects.contains { if case .world(.keepTemplate) = $0 { true } else { false } })
    }
}
