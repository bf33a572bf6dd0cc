import Composing
import Foundation
import Testing

@testable import Studio

struct BrowseReducerTests {
    private func id(_ name: String) -> RunItem.ID { .init(rawValue: name) }

    @Test func `marked rows that the filter hides are left alone, and the rows at stake are named`() throws {
        var bench = Bench(runs: ["one", "two", "red", "red2"].enumerated().map { Bench.run($1, age: Double($0) * 10) })
        bench.press(.focusPredictions, .markRun, .markRun, .markRun)
        bench.press(.filterRuns)
        bench.send(.typed("red"))
        bench.press(.acceptField, .deleteRecord)
        let question = try #require(bench.state.confirmation)
        #expect(question.title == "Delete this record?")
        #expect(question.lines.first == "flux-schnell  prompt red\t$0.003")
        bench.press(.switchButton, .confirm)
        #expect(bench.effects.contains(.world(.delete([id("red")]))))
        #expect(bench.state.runs.marks.runs == [id("one"), id("two")])
        #expect(bench.state.runs.hiddenMarks == 2)
    }

    @Test func `without a mark on show the selected row is meant, and no row at all when none is shown`() {
        var bench = Bench(runs: [Bench.run("one", age: 0), Bench.run("red", age: 10)])
        bench.press(.focusPredictions, .markRun)
        bench.state.filter(by: "red")
        #expect(bench.state.runs.targets.map(\.id) == [id("red")])
        bench.state.filter(by: "nothing like it")
        bench.press(.deleteRecord)
        #expect(bench.state.confirmation == nil)
        #expect(bench.state.toast?.notice.text == "No prediction is selected")
    }

    @Test func `of many rows the first are named and the others counted`() throws {
        var bench = Bench(runs: (0..<8).map { Bench.run("\($0)", age: Double($0)) })
        for run in bench.state.runs.items { bench.state.runs.marks.insert(run.id) }
        bench.press(.focusPredictions, .deleteRecord)
        let question = try #require(bench.state.confirmation)
        #expect(question.title == "Delete 8 records?")
        #expect(question.lines.prefix(6).last == "and 3 more")
    }

    @Test func `the two buttons of a cancel cannot be taken for each other`() throws {
        var bench = Bench(runs: [Bench.run("one", stage: .processing)])
        bench.press(.focusPredictions, .cancelRun)
        let question = try #require(bench.state.confirmation)
        #expect(question.confirmLabel == "Cancel the run")
        #expect(question.cancelLabel == "Keep it running")
    }

    @Test func `an output is used by its address while the server has it`() throws {
        var bench = Bench(Bench.video, runs: [Bench.run("one")])
        bench.press(.focusPredictions, .useAsImage)
        #expect(bench.state.compose.images.items.map(\.state) == [.checking])
    }

    @Test func `an hour after the end the saved file is sent instead`() throws {
        var bench = Bench(Bench.video, runs: [Bench.run("one")])
        bench.send(.ticked(Bench.now.addingTimeInterval(3_600)))
        let effects = bench.press(.focusPredictions, .useAsImage)
        let item = try #require(bench.state.compose.images.items.first)
        #expect(effects.contains(.world(.uploadImage(item.id, path: "/outputs/one.webp"))))
        bench.send(.imageUploaded(item.id, path: "/outputs/one.webp", url: "https://api.replicate.com/v1/files/f"))
        #expect(bench.state.compose.images.sent.compactMap(\.url) == ["https://api.replicate.com/v1/files/f"])
    }

    @Test func `an address that turns out dead is replaced by the saved file`() throws {
        var bench = Bench(Bench.video, runs: [Bench.run("one")])
        bench.press(.focusPredictions, .useAsImage)
        let item = try #require(bench.state.compose.images.items.first)
        let effects = bench.send(.imageChecked(item.id, url: item.text, .bad(reason: "404 not found")))
        #expect(effects.contains(.world(.uploadImage(item.id, path: "/outputs/one.webp"))))
        #expect(bench.state.compose.images.items.map(\.text) == [item.text])
    }

    @Test func `a file that no program opens is copied instead, and it is said`() {
        var bench = Bench(runs: [Bench.run("one")])
        #expect(bench.press(.focusPredictions, .openOutput) == [.world(.openFile(path: "/outputs/one.webp"))])
        #expect(bench.send(.openFailed(path: "/outputs/one.webp")) == [.terminal(.copy("/outputs/one.webp"))])
        #expect(bench.state.toast?.notice.text == "No desktop opener here: the file's path is copied")
    }
}
