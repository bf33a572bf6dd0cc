import Foundation
import History
import Money
import ReplicateAPI
import ReplicateClient
import Testing

@testable import Predictions

/// Every event at every stage of a run: what the record becomes, and what is to be done.
struct RunLifeTests {
    private typealias Stage = RunRecord.Stage

    /// A run at each point of its life.
    private enum Point: CaseIterable {
        case queued, sending, unclear, resendable
        /// Accepted, and its prediction has not ended.
        case running
        /// Accepted, and its prediction has ended.
        case ended
        case settled, refused
    }

    private static let now = Date(timeIntervalSince1970: 1_000_000)

    private static func prediction(_ status: String, id: String = "p1", logs: String? = nil) -> Prediction {
        var json: [String: JSONValue] = [
            "id": .string(id), "model": "a/b", "status": .string(status), "input": [:],
            "created_at": "1970-01-12T13:40:00Z",
        ]
        if status == "succeeded" {
            json["output"] = "https://x/1"
            json["completed_at"] = "1970-01-12T13:46:00Z"
        }
        json["logs"] = logs.map { .string($0) }
        return Prediction(json: .object(json))!
    }

    private static func run(at point: Point) -> RunRecord {
        var run = RunRecord(
            id: "a",
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: now - 60,
            estimate: .unknown(reason: "")
        )
        switch point {
        case .queued: run.stage = .queued
        case .sending: run.stage = .sending
        case .unclear: run.stage = .unclear
        case .resendable: run.stage = .resendable
        case .running:
            run.stage = .accepted
            run.prediction = prediction("processing")
        case .ended:
            run.stage = .accepted
            run.prediction = prediction("succeeded")
            run.outputs = [RunRecord.Output(url: "https://x/1")]
        case .settled:
            run.stage = .settled
            run.prediction = prediction("succeeded")
        case .refused: run.stage = .refused
        }
        return run
    }

    private static func permit() async throws -> SendPermit {
        let store = try HistoryStore.inMemory()
        let run = run(at: .queued)
        try store.journal([run])
        let turn = JournalTurn(beginning: [Beginning(runID: run.id, version: "a/b")], at: now)
        let outcome = await JournalWriter(store: store).write(turn, spending: SpendingPolicy(), clock: ServerClock())
        return try #require(outcome.begun.first)
    }

    private struct Arrow {
        let from: Point
        let to: Stage
        let steps: [RunStep]

        init(_ from: Point, _ to: Stage, _ steps: [RunStep]) {
            self.from = from
            self.to = to
            self.steps = steps
        }
    }

    /// One event with its arrows. At every other point the record stays what it is, and `otherwise` is done.
    private struct Line {
        let event: RunEvent
        let otherwise: [RunStep]
        let arrows: [Arrow]

        init(_ event: RunEvent, otherwise: [RunStep] = [], _ arrows: Arrow...) {
            self.event = event
            self.otherwise = otherwise
            self.arrows = arrows
        }
    }

    private static func table(_ permit: SendPermit) -> [Line] {
        let p1 = Prediction.ID("p1")
        let away = APIError(.unreachable, "away")
        let wrong = APIError(.invalidInput, "wrong", invalidFields: [.init(type: "enum", field: "x", message: "no")])
        let fields = RunStep.tellInvalid(wrong.invalidFields)
        let limited = APIError(.rateLimited, "slowly", retryAfter: .seconds(7))
        let gone = APIError(.notFound, "gone")
        let lost = APIError(.interrupted, "lost")
        let cost = ActualCost.unknown(reason: "")
        let saved = OutputSaver.Saved(
            path: "/p",
            size: 1,
            sha256: "",
            downloadedSize: 1,
            downloadedSHA256: "",
            contentType: nil
        )
        let place: [RunStep] = [.leavePlace]
        return [
            Line(
                .resumed,
                Arrow(.queued, .queued, [.queue]),
                Arrow(.sending, .unclear, [.write, .lookFor]),
                Arrow(.unclear, .unclear, [.lookFor]),
                Arrow(.running, .accepted, [.watch]),
                Arrow(.ended, .accepted, [.book])
            ),
            Line(.versionFound("v"), otherwise: place, Arrow(.queued, .queued, [.begin(version: "v")])),
            Line(
                .versionNotFound(away),
                otherwise: place,
                Arrow(.queued, .queued, [.reportOutage(away), .pauseSending(seconds: 2), .queue, .leavePlace])
            ),
            Line(.versionNotFound(APIError(.canceled, "")), otherwise: place),
            Line(
                .versionNotFound(wrong),
                otherwise: place,
                Arrow(.queued, .refused, [.writeEnd, fields, .leavePlace])
            ),
            Line(
                .begun(permit),
                otherwise: place,
                Arrow(.queued, .sending, [.tell, .send(permit)]),
                Arrow(.sending, .sending, [.send(permit)])
            ),
            Line(
                .notJournaled,
                otherwise: place,
                Arrow(.queued, .queued, [.reportUnwritten, .pauseSending(seconds: 5), .queue, .leavePlace])
            ),
            Line(
                .stopped,
                otherwise: place,
                Arrow(.queued, .queued, [.write, .leavePlace]),
                Arrow(.sending, .queued, [.write, .leavePlace])
            ),
            Line(
                .secretsForgotten,
                otherwise: place,
                Arrow(.queued, .refused, [.writeEnd, .leavePlace]),
                Arrow(.sending, .refused, [.writeEnd, .leavePlace])
            ),
            Line(
                .created(prediction("starting")),
                otherwise: place,
                Arrow(.sending, .accepted, [.countCreation, .writeThenTell, .watch, .leavePlace])
            ),
            Line(
                .created(prediction("succeeded")),
                otherwise: place,
                Arrow(.sending, .accepted, [.countCreation, .writeThenTell, .book, .leavePlace])
            ),
            Line(
                .notCreated(away, version: "v"),
                otherwise: place,
                Arrow(
                    .sending,
                    .queued,
                    [.write, .reportOutage(away), .pauseSending(seconds: 2), .queue, .leavePlace]
                )
            ),
            Line(
                .notCreated(limited, version: "v"),
                otherwise: place,
                Arrow(.sending, .queued, [.write, .slowDown(seconds: 7), .queue, .leavePlace])
            ),
            Line(
                .notCreated(gone, version: "v"),
                otherwise: place,
                Arrow(.sending, .sending, [.findNewVersion(than: "v", gone)])
            ),
            Line(
                .notCreated(wrong, version: "v"),
                otherwise: place,
                Arrow(.sending, .refused, [.writeEnd, fields, .leavePlace])
            ),
            Line(
                .notCreated(lost, version: "v"),
                otherwise: place,
                Arrow(.sending, .unclear, [.write, .lookFor, .leavePlace])
            ),
            Line(
                .movedToNewVersion(input: ["x": 1], notice: "n"),
                otherwise: place,
                Arrow(.sending, .queued, [.write, .notice("n"), .queue, .leavePlace])
            ),
            Line(.versionGone(gone), otherwise: place, Arrow(.sending, .refused, [.writeEnd, .leavePlace])),
            Line(.found(prediction("processing")), Arrow(.unclear, .accepted, [.write, .watch])),
            Line(.found(prediction("succeeded")), Arrow(.unclear, .accepted, [.write, .book])),
            Line(.notFound(reason: "r", candidates: ["p1"]), Arrow(.unclear, .resendable, [.writeEnd])),
            Line(
                .belongsToAnother(p1),
                Arrow(.running, .unclear, [.release(p1), .write, .lookFor]),
                Arrow(.ended, .unclear, [.release(p1), .write, .lookFor]),
                Arrow(.settled, .unclear, [.release(p1), .write, .lookFor])
            ),
            Line(.belongsToAnother(Prediction.ID("p2"))),
            Line(.reported(prediction("processing"))),
            Line(.reported(prediction("processing", logs: "50 %")), Arrow(.running, .accepted, [.tell])),
            Line(.reported(prediction("starting")), Arrow(.running, .accepted, [.write])),
            Line(.reported(prediction("succeeded")), Arrow(.running, .accepted, [.write, .unwatch(p1), .book])),
            Line(.reported(prediction("succeeded", id: "p2"))),
            Line(.unknownToServer, Arrow(.running, .accepted, [.unwatch(p1), .write, .watchAgainLater])),
            Line(.watchedAgain, Arrow(.running, .accepted, [.watch])),
            Line(
                .logsFetched(prediction("succeeded", logs: "x")),
                Arrow(.running, .accepted, [.write]),
                Arrow(.ended, .accepted, [.write])
            ),
            Line(
                .cancelRequested,
                Arrow(.queued, .refused, [.leaveQueue, .writeEnd]),
                Arrow(.sending, .sending, [.write]),
                Arrow(.unclear, .unclear, [.write]),
                Arrow(.running, .accepted, [.write, .cancel]),
                Arrow(.ended, .accepted, [.write, .cancel])
            ),
            Line(.savingBegun, Arrow(.ended, .accepted, [.book])),
            Line(.booked(Booking(cost: cost, schema: .anything)), Arrow(.ended, .accepted, [.save])),
            Line(.outputSaved(saved, index: 0, of: p1), Arrow(.ended, .accepted, [])),
            Line(.outputFailed(reason: "r", index: 0, of: p1), Arrow(.ended, .accepted, [])),
            Line(
                .savingPaused,
                Arrow(.running, .accepted, [.write]),
                Arrow(.ended, .accepted, [.write])
            ),
            Line(
                .savingEnded(valuesFile: nil, of: p1),
                Arrow(.ended, .settled, [.writeEnd])
            ),
            Line(.savingEnded(valuesFile: nil, of: Prediction.ID("p2"))),
        ]
    }

    @Test func `every event has its arrows, and at every other point changes nothing`() async throws {
        let permit = try await Self.permit()
        for line in Self.table(permit) {
            for point in Point.allCases {
                let before = Self.run(at: point)
                var run = before
                let steps = RunLife.advance(&run, by: line.event, now: Self.now)
                let comment: Comment = "\(line.event) at \(point)"
                if let arrow = line.arrows.first(where: { $0.from == point }) {
                    #expect(run.stage == arrow.to, comment)
                    #expect(steps == arrow.steps, comment)
                } else {
                    #expect(run == before, comment)
                    #expect(steps == line.otherwise, comment)
                }
            }
        }
    }

    @Test func `a request is sent only with a permit, and only while the run is queued or sending`() async throws {
        let permit = try await Self.permit()
        for line in Self.table(permit) {
            for point in Point.allCases {
                var run = Self.run(at: point)
                let steps = RunLife.advance(&run, by: line.event, now: Self.now)
                guard steps.contains(where: { if case .send = $0 { true } else { false } }) else { continue }
                #expect(point == .queued || point == .sending)
                #expect(run.stage == .sending)
                guard case .begun = line.event else {
                    Issue.record("\(line.event) must not send")
                    continue
                }
            }
        }
    }

    @Test func `a creation that may have been made is never queued again by itself`() {
        for code in [
            APIError.Code.serverError, .unexpectedStatus, .interrupted, .timedOut, .invalidResponse, .canceled,
        ] {
            var run = Self.run(at: .sending)
            let steps = RunLife.advance(&run, by: .notCreated(APIError(code, ""), version: "v"), now: Self.now)
            #expect(run.stage == .unclear)
            #expect(steps == [.write, .lookFor, .leavePlace])
        }
    }

    @Test func `what is canceled while it is sent is taken back where nothing was created, else canceled`() {
        var run = Self.run(at: .sending)
        _ = RunLife.advance(&run, by: .cancelRequested, now: Self.now)
        var unsent = run
        let steps = RunLife.advance(
            &unsent,
            by: .notCreated(APIError(.unreachable, ""), version: "v"),
            now: Self.now
        )
        #expect(unsent.stage == .refused)
        #expect(unsent.cost == .free(reason: "it was never sent"))
        #expect(steps == [.leaveQueue, .writeEnd, .leavePlace])
        #expect(
            RunLife.advance(&run, by: .created(Self.prediction("starting")), now: Self.now)
                == [.countCreation, .writeThenTell, .watch, .cancel, .leavePlace]
        )
    }

    @Test func `a prediction that the server does not know is given up after a day only`() {
        for (age, stage, steps) in [
            (30.0, RunRecord.Stage.accepted, [RunStep]()),
            (3_600.0, .accepted, [.unwatch(Prediction.ID("p1")), .write, .watchAgainLater]),
            (90_000.0, .settled, [.writeEnd]),
        ] {
            var run = Self.run(at: .running)
            let created = run.prediction!.createdAt!
            #expect(RunLife.advance(&run, by: .unknownToServer, now: created + age) == steps)
            #expect(run.stage == stage)
        }
    }

    @Test(arguments: [("1970-01-01T00:00:00Z", -60.0), ("2099-01-01T00:00:00Z", 0.0)])
    func `an end counts neither before its run was sent nor in the future`(completed: String, after: Double) {
        var run = Self.run(at: .ended)
        run.sentAt = Self.now - 60
        run.prediction = Prediction(
            json: .object([
                "id": "p1", "model": "a/b", "status": "succeeded", "output": "https://x/1",
                "completed_at": .string(completed),
            ])
        )
        let cost = ActualCost.counted(Money("0.01")!, because: "")
        _ = RunLife.advance(&run, by: .booked(Booking(cost: cost, schema: .anything)), now: Self.now)
        #expect(run.finishedAt == Self.now + after)
    }

    @Test func `an end with nothing to be saved is settled at once`() {
        var run = Self.run(at: .ended)
        run.savesOutputs = false
        let cost = ActualCost.counted(Money("0.01")!, because: "")
        let steps = RunLife.advance(&run, by: .booked(Booking(cost: cost, schema: .anything)), now: Self.now)
        #expect(steps == [.writeEnd])
        #expect(run.stage == .settled)
        #expect(run.cost == cost)
        #expect(run.finishedAt == run.prediction?.completedAt)
    }

    @Test(arguments: [
        ("ftp://host/fox.webp", OutputSchema.file), ("javascript:alert(1)", .file), ("/etc/passwd", .list(.file)),
    ])
    func `an output that is no file to be fetched is told, not passed over`(output: String, schema: OutputSchema) {
        var run = Self.run(at: .ended)
        run.outputs = []
        run.prediction = Prediction(json: [
            "id": "p1", "model": "a/b", "status": "succeeded", "output": .string(output),
        ])
        let cost = ActualCost.counted(Money("0.01")!, because: "")
        let steps = RunLife.advance(&run, by: .booked(Booking(cost: cost, schema: schema)), now: Self.now)
        #expect(steps == [.writeEnd])
        #expect(run.failure == "what was made is no file that can be fetched: \"\(output)\"")
    }

    @Test func `what was booked once stays, and an unknown cost is booked as soon as it is known`() {
        let (first, later) = (
            ActualCost.counted(Money("0.01")!, because: ""), ActualCost.counted(Money("0.02")!, because: "")
        )
        for (known, expected) in [(first, first), (.unknown(reason: ""), later)] {
            var run = Self.run(at: .ended)
            (run.cost, run.finishedAt) = (known, Self.now - 5)
            _ = RunLife.advance(&run, by: .booked(Booking(cost: later, schema: .anything)), now: Self.now)
            #expect(run.cost == expected)
        }
    }
}
