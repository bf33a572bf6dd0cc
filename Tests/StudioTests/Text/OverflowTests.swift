import ReplicateAPI
import Testing

@testable import Studio

/// Text that finds no room is cut with a word, whatever the way it came.
struct OverflowTests {
    private static let long = String(repeating: "x", count: TextEditor.defaultLimit + 7)

    private func notice(_ action: (inout Bench) -> Void) -> String? {
        var bench = Bench(prompt: "")
        action(&bench)
        #expect(bench.state.compose.prompt.characterCount <= TextEditor.defaultLimit)
        return bench.state.toast?.notice.text
    }

    @Test func `every way into the prompt says what it left out`() {
        let said = "No room for the last 7 characters: a text holds 200000"
        #expect(notice { $0.send(.pasted(Self.long)) } == said)
        #expect(notice { $0.send(.typed(Self.long)) } == said)
        #expect(notice { $0.send(.editorReturned(.prompt, Self.long)) } == said)
        #expect(
            notice {
                var run = Bench.run("one")
                run.prompt = Self.long
                $0.send(.runChanged(run))
                $0.press(.focusPredictions, .reuse)
            } == said
        )
        #expect(
            notice {
                $0.press(.promptHistory)
                $0.send(.promptsLoaded([Self.long]))
                $0.press(.choose)
            } == said
        )
        #expect(
            notice {
                $0.send(.pasted(String(repeating: "y", count: 7)))
                $0.press(.killToLineStart)
                $0.send(.pasted(String(repeating: "x", count: TextEditor.defaultLimit)))
                $0.press(.yank)
            } == said
        )
        #expect(Bench(prompt: Self.long).state.toast?.notice.text == said)
    }

    @Test func `so do fields`() {
        #expect(
            notice {
                $0.press(.focusPredictions, .filterRuns)
                $0.send(.pasted(Self.long))
            }?.hasPrefix("No room for the last 7") == true
        )
        #expect(
            notice {
                $0.press(.focusImages, .addImage)
                $0.send(.typed(Self.long))
            }?.hasPrefix("No room for the last 7") == true
        )
        #expect(
            notice {
                $0.press(.palette)
                $0.send(.pasted(Self.long))
            }?.hasPrefix("No room for the last 7") == true
        )
    }
}
