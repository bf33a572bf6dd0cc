import Foundation
import History
import Money
import ReplicateAPI
import ReplicateClient
import Testing

@testable import Predictions

struct SettlingTests {
    private static let end = Date(timeIntervalSince1970: 1_000)

    private static func run(_ outputs: [RunRecord.Output], saves: Bool = true) -> RunRecord {
        var run = RunRecord(
            id: "a",
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: end,
            estimate: .unknown(reason: "")
        )
        run.finishedAt = end
        run.outputs = outputs
        run.savesOutputs = saves
        return run
    }

    @Test func `places are taken in order, and a run that waits for its next try leaves its own to others`() {
        var settling = Settling()
        for number in 0..<10 { settling.add("\(number)") }
        settling.add("0")
        for number in 0..<Settling.places { #expect(settling.next() == "\(number)") }
        #expect(settling.next() == nil)
        settling.pause("3")
        #expect(settling.next() == "8")
        #expect(settling.next() == nil)
        settling.resume("3")
        settling.end("0")
        #expect(settling.next() == nil)
        settling.end("1")
        #expect(settling.next() == "9")
        #expect(settling.next() == nil)
    }

    @Test func `a run is in line or under way once`() {
        var settling = Settling()
        settling.add("a")
        settling.add("a")
        #expect(settling.next() == "a")
        settling.add("a")
        #expect(settling.next() == nil)
        settling.end("a")
        settling.add("a")
        #expect(settling.next() == "a")
    }

    @Test func `what is not on the disk is fetched, and what is no file to be saved is not`() {
        let there = RunRecord.Output(url: "https://x/1", path: "/p")
        let missing = RunRecord.Output(url: "https://x/2")
        var tries = OutputTries()
        #expect(tries.wanted(of: Self.run([there, missing])) == [1])
        #expect(!tries.isDone(Self.run([there, missing])))
        var unsaved = OutputTries()
        #expect(unsaved.wanted(of: Self.run([missing], saves: false)) == [])
        #expect(unsaved.isDone(Self.run([missing], saves: false)))
    }

    @Test func `a failure that may pass is tried again while the server has the file, at growing distances`() {
        var tries = OutputTries()
        let run = Self.run([RunRecord.Output(url: "https://x/1")])
        _ = tries.failed(0, of: run, with: .broken(reason: "x"), now: Self.end + 60)
        #expect(tries.wanted(of: run) == [0])
        #expect((0..<7).map { _ in tries.delay() } == [2, 4, 8, 16, 32, 60, 60])
        _ = tries.failed(0, of: run, with: .broken(reason: "x"), now: Self.end + 4_201)
        #expect(tries.wanted(of: run) == [])
        #expect(tries.isDone(run))
    }

    @Test func `lost files may be had for somewhat more than an hour, and what stood in the answer for ever`() {
        let remote = Self.run([RunRecord.Output(url: "https://x/1")])
        #expect(OutputTries.mayHelp(remote, now: Self.end + 4_200))
        #expect(!OutputTries.mayHelp(remote, now: Self.end + 4_201))
        let inline = Self.run([RunRecord.Output(url: "data:text/plain,x")])
        #expect(OutputTries.mayHelp(inline, now: Self.end + 1_000_000))
        #expect(!OutputTries.mayHelp(Self.run([]), now: Self.end))
    }
}
