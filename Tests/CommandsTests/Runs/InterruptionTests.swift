import Foundation
import Glibc
import History
import Money
import ReplicateAPI
import Testing

@testable import Commands

struct InterruptionTests {
    private func run(_ id: String, _ stage: RunRecord.Stage, prediction: String? = nil) -> RunRecord {
        var run = RunRecord(
            id: id,
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: Date(timeIntervalSince1970: 0),
            estimate: .unknown(reason: "")
        )
        run.stage = stage
        run.prediction = prediction.flatMap {
            Prediction(json: ["id": .string($0), "status": "processing", "model": "a/b"])
        }
        return run
    }

    @Test func `what has become of the runs follows from their stages`() {
        let (waiting, sent) = (run("w", .queued), run("s", .accepted, prediction: "p"))
        #expect(Interruption.Standing([]) == .underWay(ids: [], waiting: 0))
        #expect(Interruption.Standing([waiting]) == .queued(["w"]))
        #expect(Interruption.Standing([waiting, sent]) == .underWay(ids: ["p"], waiting: 1))
        #expect(Interruption.Standing([run("u", .unclear), sent]) == .underWay(ids: ["u", "p"], waiting: 0))
        #expect(Interruption.Standing([run("e", .settled, prediction: "q")]) == .ended)
        #expect(Interruption.Standing([run("e", .settled), waiting]) == .queued(["w"]))
    }

    @Test(
        arguments: [
            (.notStarted, "nothing is owed"), (.queued(["a"]), "`darkroom cancel a` takes it back"),
            (.queued(["a", "b"]), "`darkroom cancel a b` takes them back"),
            (.underWay(ids: ["p"], waiting: 0), "`darkroom resume` picks it up (p)"),
            (.underWay(ids: [], waiting: 0), "`darkroom resume` picks it up"),
            (.underWay(ids: ["p"], waiting: 2), "2 still waited to be sent"), (.ended, "no run is under way"),
            (.told("as it is"), "as it is"),
        ] as [(Interruption.Standing, String)]
    )
    func `each standing has a sentence that says what goes on and how to pick it up`(
        standing: Interruption.Standing,
        words: String
    ) {
        #expect(standing.sentence.contains(words), "\(standing.sentence)")
        if case .told = standing { return }
        #expect(standing.sentence.hasPrefix("interrupted; "))
    }

    @Test func `no more than ten ids stand in a sentence`() {
        #expect(Interruption.list((1...10).map(String.init)) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10")
        #expect(Interruption.list((1...12).map(String.init)) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more")
    }

    /// What a command writes when the signal comes, its status, and whether it may start a run afterwards.
    private func interrupted(
        _ arguments: [String],
        by signal: Int32 = SIGINT,
        _ prepare: (Interruption) throws -> Void
    ) async throws -> (output: String, messages: String, status: Int32, mayStart: Bool) {
        var (status, mayStart): (Int32, Bool) = (0, true)
        let written = try await captured { console in
            let interruption = Interruption(
                console: console,
                invocation: Invocation(arguments),
                listensToSignals: false
            )
            try prepare(interruption)
            status = interruption.interrupt(signal)
            mayStart = (try? interruption.beginStarting()) != nil
        }
        return (written.output, written.messages, status, mayStart)
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
    func `the status tells the signal, and with --json the object has it too`(signal: Int32, status: Int32) async throws
    {
        let ended = try await interrupted(["image", "a fox", "--json"], by: signal) { interruption in
            interruption.install { .underWay(ids: ["p"], waiting: 0) }
        }
        #expect(ended.status == status)
        let document = try #require(JSONValue(parsing: Data(ended.output.utf8)).object)
        #expect(document["exit_status"] == .integer(Int64(status)))
        #expect(document["success"] == false)
        #expect(document["error"]?.string?.contains("not lost") == true)
        #expect(document["image_urls"] == [])
        #expect(ended.messages == "darkroom: \(Interruption.sentence) (p)\n")
    }

    @Test func `before a run was journaled nothing is owed, and none may be started any more`() async throws {
        let early = try await interrupted(["image", "a fox"]) { $0.install(startsRuns: true) { .ended } }
        #expect(early.output.isEmpty)
        #expect(early.messages == "darkroom: interrupted; no run was sent, and nothing is owed\n")
        #expect(!early.mayStart)
        let later = try await interrupted(["image", "a fox"]) { interruption in
            interruption.install(startsRuns: true) { .queued(["w"]) }
            try interruption.beginStarting()
        }
        #expect(later.messages.contains("darkroom cancel w"))
        #expect(!later.mayStart)
    }

    @Test func `an id of the server's cannot move the cursor`() async throws {
        let ended = try await interrupted(["poll", "x"]) { $0.install { .underWay(ids: ["p\u{1B}[2J\n"], waiting: 0) } }
        #expect(!ended.messages.contains("\u{1B}"))
        #expect(ended.messages.count { $0 == "\n" } == 1)
    }
}
