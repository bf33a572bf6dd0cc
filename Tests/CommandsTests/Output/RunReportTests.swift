import Foundation
import History
import Money
import ReplicateAPI
import Testing

@testable import Commands

/// What people, scripts and the exit status are told of each way in which a run can stand.
struct RunReportTests {
    private static func run(
        _ stage: RunRecord.Stage,
        _ status: PredictionStatus? = nil,
        output: JSONValue = .null,
        _ change: (inout RunRecord) -> Void = { _ in }
    ) -> RunRecord {
        var run = RunRecord(
            id: "run-1",
            model: "a/b",
            input: ["prompt": "a fox"],
            prompt: "a fox",
            origin: .command,
            createdAt: Date(timeIntervalSince1970: 1_800_000_000),
            estimate: .exact(Money("0.02")!, because: "1 image")
        )
        run.stage = stage
        run.prediction = status.flatMap {
            Prediction(json: ["id": "p1", "status": .string($0.rawValue), "model": "a/b", "output": output])
        }
        change(&run)
        return run
    }

    private static let refused = APIError(.unauthenticated, "The token was refused")
    private static let url: JSONValue = "https://replicate.delivery/1.webp"

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let report: RunReport
        let status: Commands.ExitStatus
        /// A part of `error`; nil: there is none.
        var error: String?
        var success: JSONValue = false
        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(
            name: "done",
            report: RunReport(run: run(.settled, .succeeded, output: url), kind: .image),
            status: .done,
            success: true
        ),
        Case(
            name: "failed",
            report: RunReport(run: run(.settled, .failed), kind: .image),
            status: .failed,
            error: "failed"
        ),
        Case(
            name: "a picture was asked for and none was made",
            report: RunReport(run: run(.settled, .succeeded), kind: .image),
            status: .failed,
            error: "nothing was made; the model gave no reason"
        ),
        Case(
            name: "a picture was asked for and a text was made",
            report: RunReport(run: run(.settled, .succeeded, output: "a poem"), kind: .image),
            status: .failed,
            error: "what was made is no file: `darkroom show"
        ),
        Case(
            name: "a value was asked for and none was made",
            report: RunReport(run: run(.settled, .succeeded), kind: .any),
            status: .done,
            success: true
        ),
        Case(
            name: "queued",
            report: RunReport(run: run(.queued), kind: .any),
            status: .unreachable,
            error: "queued, not sent"
        ),
        Case(
            name: "the answer was lost",
            report: RunReport(run: run(.unclear), kind: .any),
            status: .stillRunning,
            error: "not known yet whether it was created"
        ),
        Case(
            name: "still running",
            report: RunReport(run: run(.accepted, .processing), kind: .any),
            status: .stillRunning,
            error: "still running"
        ),
        Case(
            name: "running, and nobody waits",
            report: RunReport(run: run(.accepted, .processing), kind: .any, isUnawaited: true),
            status: .done,
            success: .null
        ),
        Case(
            name: "queued, and nobody waits",
            report: RunReport(run: run(.queued), kind: .any, isUnawaited: true),
            status: .unreachable,
            error: "queued, not sent"
        ),
        Case(
            name: "running when the signal came",
            report: RunReport(run: run(.accepted, .processing), kind: .any, isInterrupted: true),
            status: .interrupted,
            error: "not lost"
        ),
        Case(
            name: "done when the signal came",
            report: RunReport(run: run(.settled, .succeeded, output: url), kind: .image, isInterrupted: true),
            status: .done,
            success: true
        ),
        Case(
            name: "of another account",
            report: RunReport(run: run(.accepted, .processing), kind: .any, isElsewhere: true),
            status: .stillRunning,
            error: RunRecord.elsewhere
        ),
        Case(
            name: "refused for its token",
            report: RunReport(
                run: run(.refused) { run in
                    run.refusal = .unauthenticated
                    run.failure = "the token was refused"
                },
                kind: .any
            ),
            status: .noToken,
            error: "the token was refused"
        ),
        Case(
            name: "refused for its input",
            report: RunReport(
                run: run(.refused) { run in
                    run.refusal = .invalidInput
                    run.failure = "prompt is too long"
                },
                kind: .any
            ),
            status: .failed,
            error: "prompt is too long"
        ),
        Case(
            name: "made and not saved",
            report: RunReport(
                run: run(.settled, .succeeded, output: url) {
                    $0.outputs = [.init(url: "https://replicate.delivery/1.webp", failure: "the disk is full")]
                },
                kind: .image
            ),
            status: .failed,
            error: "the disk is full"
        ),
        Case(
            name: "made and being saved",
            report: RunReport(run: run(.accepted, .succeeded, output: url), kind: .image),
            status: .stillRunning,
            error: "done and paid, but not all of it is saved yet"
        ),
        Case(
            name: "looked for in vain",
            report: RunReport(run: run(.resendable), kind: .any),
            status: .failed,
            error: "not found"
        ),
        Case(
            name: "under way, and the token is refused",
            report: RunReport(run: run(.accepted, .processing), kind: .image, outage: refused),
            status: .noToken,
            error: "still running: "
        ),
        Case(
            name: "done, and the token is refused before all is saved",
            report: RunReport(run: run(.accepted, .succeeded, output: url), kind: .image, outage: refused),
            status: .stillRunning,
            error: "not all of it is saved yet"
        ),
        Case(
            name: "under way, and the API does not answer",
            report: RunReport(
                run: run(.accepted, .processing),
                kind: .image,
                outage: APIError(.unreachable, "No route")
            ),
            status: .stillRunning,
            error: "still running: "
        ),
        Case(
            name: "in line, and the API says when",
            report: RunReport(run: run(.queued), kind: .image, outage: APIError(.rateLimited, "Too many requests")),
            status: .unreachable,
            error: "queued, not sent: "
        ),
        Case(
            name: "ended, whatever the API says now",
            report: RunReport(run: run(.settled, .succeeded, output: url), kind: .image, outage: refused),
            status: .done,
            success: true
        ),
    ]

    @Test(arguments: cases) func `exit status, success and error say the same`(_ expected: Case) async throws {
        let report = expected.report
        #expect(report.exitStatus == expected.status)
        if let error = expected.error {
            #expect(report.error?.contains(error) == true, "\(report.error ?? "")")
        } else {
            #expect(report.error == nil)
        }
        let document = try #require(JSONValue(parsing: Data(Console.text(report.document).utf8)).object)
        #expect(document["success"] == expected.success)
        #expect(document["error"] == report.error.map(JSONValue.string) ?? .null)
        #expect(document["prediction_id"] == (report.run.prediction == nil ? .null : "p1"))
        // People are told as much, on standard error.
        let written = try await captured { report.printForPeople(on: $0) }
        if let error = expected.error { #expect(written.messages.contains(error)) }
        #expect(!written.messages.contains("$0.00 "))
        if report.run.isInFlight, !report.isElsewhere { #expect(written.messages.contains("`darkroom ")) }
    }

    @Test(
        arguments: [
            (.unknown(reason: "no hardware"), "cost unknown: no hardware", .null, "unknown"),
            (.free(reason: "it failed"), "free (it failed)", 0, "free"),
            (.counted(Money("0.02")!, because: "1 image"), "$0.02 (1 image)", 0.02, "counted"),
            (.estimated(Money("0.3")!, because: "9 s"), "about $0.30 (9 s)", 0.3, "estimated"),
        ] as [(ActualCost, String, JSONValue, JSONValue)]
    )
    func `a cost is told with how it is known, and an unknown one is no amount`(
        cost: ActualCost,
        text: String,
        amount: JSONValue,
        basis: JSONValue
    ) async throws {
        let report = RunReport(run: Self.run(.settled, .failed) { $0.cost = cost }, kind: .any)
        let written = try await captured { report.printForPeople(on: $0) }
        #expect(written.messages.contains(text), "\(written.messages)")
        let document = try #require(JSONValue(parsing: Data(Console.text(report.document).utf8)).object)
        #expect(document["cost"] == amount)
        #expect(document["cost_basis"] == basis)
    }

    @Test func `an unknown estimate is null in every member, and a question mark for people`() async throws {
        let report = RunReport(
            run: Self.run(.accepted, .processing) { $0.estimate = .unknown(reason: "nobody knows") },
            kind: .any
        )
        let document = try #require(JSONValue(parsing: Data(Console.text(report.document).utf8)).object)
        for name in ["estimate", "estimate_low", "estimate_high", "cost", "cost_basis"] {
            #expect(document[name] == .null, "\(name)")
        }
        #expect(document["estimate_because"] == "nobody knows")
        #expect(try await captured { report.printForPeople(on: $0) }.messages.contains("estimate ?"))
    }

    @Test func `a film has its length: what was counted, or two seconds an image`() throws {
        func document(_ run: RunRecord) throws -> JSONObject {
            try #require(
                JSONValue(parsing: Data(Console.text(RunReport(run: run, kind: .video).document).utf8)).object
            )
        }
        let guessed = try document(
            Self.run(.settled, .succeeded, output: Self.url) { $0.input = ["images": ["a", "b", "c"]] }
        )
        #expect(guessed["duration_seconds"] == 6)
        #expect(guessed["video_url"] == Self.url)
        let counted = Self.run(.settled, .succeeded) { run in
            run.prediction = Prediction(json: [
                "id": "p1", "status": "succeeded", "model": "a/b", "output": Self.url,
                "metrics": ["video_output_duration_seconds": 4.5],
            ])
        }
        #expect(try document(counted)["duration_seconds"] == 4.5)
        let failed = try document(Self.run(.settled, .failed) { $0.input = ["images": ["a"]] })
        #expect(failed["duration_seconds"] == .null && failed["video_url"] == .null)
    }

    @Test func `fewer than were asked for is a note and no failure`() throws {
        let report = RunReport(
            run: Self.run(.settled, .succeeded, output: [Self.url]) { $0.input = ["num_outputs": 3] },
            kind: .image
        )
        let document = try #require(JSONValue(parsing: Data(Console.text(report.document).utf8)).object)
        #expect(document["note"] == "1 of 3 made")
        #expect(document["success"] == true)
        #expect(document["image_urls"] == [Self.url])
    }

    @Test func `a run that may have been paid says what each choice does`() async throws {
        let run = Self.run(.resendable) { run in
            run.key = "k"
            run.candidates = ["c1", "c2"]
        }
        let written = try await captured { RunReport(run: run, kind: .any, isReused: true).printForPeople(on: $0) }
        #expect(written.messages.contains("`darkroom poll ID` takes the one that is this run:\n  c1\n  c2\n"))
        #expect(written.messages.contains("--force makes another one"))
        #expect(written.messages.contains("it is there under the key k"))
    }

    @Test func `a long address is cut for people, and whole in JSON`() throws {
        let address = "data:image/png;base64," + String(repeating: "A", count: 1_000)
        #expect(address.shortened.count < 100)
        #expect(address.shortened.hasSuffix("… (1022 bytes)"))
        #expect("https://x.y/z".shortened == "https://x.y/z")
        let run = Self.run(.settled, .succeeded, output: .string(address))
        let document = Console.text(RunReport(run: run, kind: .image).document)
        #expect(document.contains(address))
    }
}
