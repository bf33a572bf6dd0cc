import Foundation
import History
import Logging
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Testing

struct UnknownEndTests {
    /// Answers every question about a prediction with the same words: a status nobody has heard of, and an end.
    private struct EndedStrangely: Transport {
        func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            let answer = #"""
                {"id":"p1","model":"a/b","status":"hibernated","created_at":"2026-11-24T16:16:28Z",
                "completed_at":"2026-11-24T16:16:30Z","input":{},"logs":"","urls":{}}
                """#
            return HTTPResponse(status: 200, body: Data(answer.utf8))
        }

        func download(
            _ request: HTTPRequest,
            to sink: @escaping @Sendable (DownloadEvent) throws -> Void
        ) async throws(TransportError) -> HTTPResponse {
            throw .notSent(reason: "nothing is to be fetched")
        }
    }

    @Test func `a status nobody has heard of ends the run once it has an end, though the word stays the same`()
        async throws
    {
        let client = APIClient(
            configuration: ClientConfiguration(
                baseURL: try #require(URL(string: ClientConfiguration.official)),
                token: Token("r8_test")
            ),
            transport: EndedStrangely()
        )
        let store = try HistoryStore.inMemory()
        let runner = PredictionRunner(
            store: store,
            client: client,
            prices: .builtIn,
            saver: OutputSaver(client: client, folder: FileManager.default.temporaryDirectory),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let seen = try JSONValue(parsing: Data(#"{"id":"p1","model":"a/b","status":"hibernated","input":{}}"#.utf8))
        let prediction = try #require(Prediction(json: seen))
        let run = try await runner.follow(prediction, origin: .command, savesOutputs: true)
        let ended = try #require(await runner.wait(for: run.id, timeout: .seconds(60)))
        #expect(ended.stage == .settled)
        #expect(ended.failure == "ended with the status hibernated")
        await runner.stop()
    }
}
