import ReplicateAPI
import Testing

struct SpellingTests {
    @Test(arguments: [
        ("imgae", "image"), ("IMAGE", "image"), ("vidio", "video"), ("lst", "list"), ("num_output", "num_outputs"),
    ]) func `a word that is nearly one of the known is told`(word: String, meant: String) {
        #expect(Spelling.nearest(to: word, among: ["image", "video", "list", "num_outputs"]) == meant)
    }

    @Test(arguments: ["", "nonsense", "xx", "im", "immmmage"])
    func `what is like none of them is told as nothing`(word: String) {
        #expect(Spelling.nearest(to: word, among: ["image", "video", "list"]) == nil)
    }

    @Test func `a wrong input's name is told with the one that was meant`() {
        let schema = InputSchema(fields: [
            InputField(name: "num_outputs", kind: .text), InputField(name: "seed", kind: .text),
        ])
        #expect(
            schema.issues(in: ["num_output": "x", "other": "y"]).map(\.message) == [
                "is not an input of this model (did you mean num_outputs?)", "is not an input of this model",
            ]
        )
    }
}
