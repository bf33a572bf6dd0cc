import History
import Money
import Predictions
import ReplicateAPI
import Testing

@testable import Commands

struct ShownInputTests {
    @Test func `a dry run shows that a secret is given, and not which`() {
        var draft = RunDraft(
            model: "a/b",
            prompt: "x",
            input: ["prompt": "x", "hf_token": "hunter2hunter2", "other": .null],
            origin: .command,
            estimate: .unknown(reason: "")
        )
        draft.secretInputs = ["hf_token", "other"]
        #expect(draft.shownInput == ["prompt": "x", "hf_token": "<secret>"])
    }
}
