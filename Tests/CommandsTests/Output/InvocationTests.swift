import History
import Predictions
import ReplicateAPI
import Testing

@testable import Commands

struct InvocationTests {
    private static let common = ["error", "exit_status", "success"]
    private static let run = common + ["files", "key", "output", "prediction_id", "run_id"]

    @Test(
        arguments: [
            ("image", run + ["image_url", "image_urls"]), ("video", run + ["duration_seconds", "video_url"]),
            ("run", run),
            ("batch", run), ("poll", common + ["output", "status"]), ("list", common),
        ] as [(String, [String])]
    ) func `an ending without a result has the members that the command's results have`(
        command: String,
        members: [String]
    ) {
        let document = Invocation([command]).document(of: "why", status: 64)
        #expect(document.keys.sorted() == members.sorted())
        #expect(document["success"] == false && document["error"] == "why" && document["exit_status"] == 64)
        #expect(["prediction_id", "run_id", "key", "output"].allSatisfy { document[$0] ?? .null == .null })
        #expect((document["status"] ?? "error") == "error")
    }

    @Test func `the object comes where one is wanted and none was printed`() async throws {
        func printed(_ words: [String], _ before: (Console) -> Void = { _ in }) async throws -> String {
            try await captured { console in
                before(console)
                Invocation(words).printEnding("why", status: 1, on: console)
            }.output
        }
        #expect(try await printed(["list"]).isEmpty)
        #expect(try await printed(["list", "--json"]) == "{\"error\":\"why\",\"exit_status\":1,\"success\":false}\n")
        #expect(try await printed(["batch", "a.csv"]).contains("\"exit_status\":1"))
        #expect(try await printed(["list", "--", "--json"]).isEmpty)
        #expect(try await printed(["list", "--json"]) { $0.print(["a": 1]) } == "{\"a\":1}\n")
    }

    @Test func `quiet is an option, and no word behind the dashes`() {
        #expect(Invocation(["list", "--quiet"]).isQuiet)
        #expect(!Invocation(["list", "--", "--quiet"]).isQuiet)
    }
}

struct CommandErrorTests {
    @Test(
        arguments: [
            (.noToken, .noToken), (.unauthenticated, .noToken), (.unreachable, .unreachable),
            (.nameNotFound, .unreachable), (.certificate, .unreachable), (.timedOut, .unreachable),
            (.proxyRefused, .unreachable), (.serverError, .unreachable), (.invalidResponse, .unreachable),
            (.invalidInput, .usage), (.tooLarge, .usage), (.notFound, .notFound), (.insufficientCredit, .failed),
            (.forbidden, .failed), (.rateLimited, .failed), (.refused, .failed),
        ] as [(APIError.Code, Commands.ExitStatus)]
    ) func `what the API says has the status of the contract`(code: APIError.Code, status: Commands.ExitStatus) {
        let error = CommandError(APIError(code, "It is so"))
        #expect(error.status == status)
        #expect(error.description.hasPrefix("It is so"))
        // What does not exist is told by whoever asked for it.
        let named = CommandError(APIError(code, "It is so"), missing: "look there")
        #expect(named.status == status)
        #expect((named.description == "look there") == (code == .notFound))
    }

    @Test func `what gets through to the end of a command has the status of its kind`() {
        #expect(CommandError(whatever: OutputObstacle("x is a file"))?.status == .notWritable)
        #expect(CommandError(whatever: OutputObstacle("x is a file"))?.description == "x is a file. Nothing was sent.")
        #expect(CommandError(whatever: APIError(.noToken, "none"))?.status == .noToken)
        #expect(CommandError(whatever: CommandError(.fileExists, "there"))?.status == .fileExists)
        #expect(CommandError(whatever: CancellationError()) == nil)
    }

    @Test func `the statuses are those of the contract, and the greater is the worse one`() {
        #expect(
            Commands.ExitStatus.allCases.map(\.rawValue) == [0, 1, 64, 65, 66, 69, 73, 74, 75, 77, 79, 130]
        )
        #expect([Commands.ExitStatus.failed, .stillRunning, .done].max() == .stillRunning)
    }
}
