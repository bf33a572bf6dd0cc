import Foundation
import Money
import ReplicateAPI
import Testing

@testable import Studio

/// What rows say of what was made, and of runs that made nothing.
struct RunItemMadeTests {
    private func run(
        _ prompt: String = "a red fox",
        _ input: JSONObject = [:],
        _ change: (inout RunItem) -> Void = { _ in }
    ) -> RunItem {
        var item = RunItem(
            id: .init(rawValue: UUID().uuidString),
            model: "a/b",
            prompt: prompt,
            input: input,
            stage: .succeeded,
            createdAt: Date(timeIntervalSince1970: 1_795_000_000),
            estimate: .unknown(reason: ""),
            isSettled: true
        )
        change(&item)
        return item
    }

    @Test(arguments: [
        ("nothing was made: NSFW content detected.", "NSFW content detected."),
        ("nothing was made; the model gave no reason", "The model gave no reason."),
        ("nothing was made: 100%|██████████| 30/30 [00:01<00:00, 60.00it/s]", "The model gave no reason."),
        (
            "what was made is no file that can be fetched: \"ftp://x\"",
            "what was made is no file that can be fetched: \"ftp://x\""
        ),
    ])
    func `a success without output is none, and says why in a second line`(failure: String, reason: String) {
        let item = run { $0.failure = failure }
        #expect(item.madeNothing)
        #expect(item.statusWord == "no output")
        #expect(RunRow.secondLine(of: item, .standard) == .sentence(reason))
        #expect(RunRow.lines(of: item) == 2)
        #expect(!item.wentWell)
    }

    @Test func `an answer without output is none even where no reason was kept`() {
        #expect((run { $0.raw = ["output": []] }).madeNothing)
        #expect((run { $0.raw = ["output": .null] }).reasonForNothing == "The model gave no reason.")
        // Removed by the server, or on its way.
        #expect(!(run { $0.raw = ["output": .null, "data_removed": true] }).madeNothing)
        #expect(!(run { ($0.raw, $0.isSettled) = (["output": .null], false) }).madeNothing)
        #expect(!(run { ($0.raw, $0.text) = (["output": 0.5], "0.5") }).madeNothing)
        #expect(!(run { $0.outputs = [RunOutput(url: "https://h/a.png")] }).madeNothing)
    }

    @Test func `what went well is told first, and what made nothing is named`() {
        let runs = [run { $0.failure = "nothing was made; the model gave no reason" }, run(), run()]
        #expect(EndNotices.text(of: runs) == "b: 2 done, 1 no output")
    }

    @Test(arguments: [
        (["a.png"], nil as Double?, nil as RunItem.Made?),
        (["a.png", "b.png"], nil, RunItem.Made(noun: nil, count: 2, seconds: nil)),
        (["a.mp4"], 8, RunItem.Made(noun: "film", count: 1, seconds: 8)),
        (["a.mp4", "b.mp4"], 8, RunItem.Made(noun: "film", count: 2, seconds: nil)),
        (["a.wav"], nil, RunItem.Made(noun: "sound", count: 1, seconds: nil)),
        (["a.png", "b.mp3"], nil, RunItem.Made(noun: "file", count: 2, seconds: nil)),
    ])
    func `what was made is told from names and counters`(names: [String], seconds: Double?, made: RunItem.Made?) {
        let item = run { item in
            item.outputs = names.map { RunOutput(url: "https://h/\($0)") }
            item.raw = ["metrics": ["video_output_duration_seconds": seconds.map { .number($0) } ?? .null]]
        }
        #expect(item.made == made)
    }

    @Test func `values are told from texts`() {
        #expect((run { ($0.text, $0.raw) = ("the sea", ["output": "the sea"]) }).made?.noun == "text")
        #expect((run { ($0.text, $0.raw) = ("the sea", ["output": ["the ", "sea"]]) }).made?.noun == "text")
        #expect((run { ($0.text, $0.raw) = ("0.5", ["output": 0.5]) }).made?.noun == "data")
        #expect(run().made == nil)
    }

    @Test func `a run without a prompt is called by what it was made from, or by an input`() {
        let maker = run("a lighthouse") { $0.outputs = [RunOutput(url: "https://h/out-0.png")] }
        let runs = [
            maker, run("", ["image": "https://h/out-0.png", "scale": 2]), run("", ["image": "https://h/fox.png?x=1"]),
            run("", ["image": "data:image/png;base64,AA=="]), run("", ["seed": 1, "shape": "fewer"]), run(""),
        ]
        var state = StudioState(mode: .demo, now: Date(timeIntervalSince1970: 1_795_000_000))
        for run in runs { state.runs.upsert(run) }
        #expect(
            runs.map(state.subject) == [
                "a lighthouse", "from a lighthouse", "from fox.png", "from a file", "shape fewer", "",
            ]
        )
    }
}
