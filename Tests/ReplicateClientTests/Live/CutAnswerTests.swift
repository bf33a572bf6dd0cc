import Foundation
import ReplicateAPI
import ReplicateClient
import TestSupport
import Testing

struct CutAnswerTests {
    private static let body = #"{"id":"p1","status":"starting","created_at":"2026-11-25T12:00:00Z"}"#
    private static let answer =
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"

    @Test(arguments: [false, true])
    func `an answer that is cut at any byte is neither a prediction nor a refusal, and is requested once`(
        resets: Bool
    ) async throws {
        let server = try RawServer(resets: resets) { Array(Self.answer.utf8.prefix($0)) }
        defer { server.stop() }
        let transport = CurlTransport()
        defer { transport.close() }
        let client = try client(transport, base: "http://127.0.0.1:\(server.port)/v1")
        for length in 0..<Self.answer.utf8.count {
            let error = await #expect(throws: APIError.self, "\(length) bytes") {
                try await client.createPrediction(version: "a/b", input: ["prompt": "x"])
            }
            #expect(error?.isDefiniteRefusal == false, "\(length) bytes: \(String(describing: error))")
        }
        #expect(server.received.count == Self.answer.utf8.count)
        #expect(server.received.allSatisfy { $0.hasPrefix("POST /v1/predictions ") })
        if !resets {
            let whole = try await client.createPrediction(version: "a/b", input: [:])
            #expect(whole.id == Prediction.ID("p1"))
        }
    }
}
