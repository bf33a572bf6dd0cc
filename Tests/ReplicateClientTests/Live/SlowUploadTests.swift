import Foundation
import ReplicateAPI
import ReplicateClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SlowUploadTests {
    @Test func `an upload may take longer than any answer may, as long as it moves`() async throws {
        let json = #"{"id":"f1","urls":{"get":"http://127.0.0.1/v1/files/f1"}}"#
        let server = try RawServer(pausing: 10_000) { _, _ in
            .init(Array("HTTP/1.1 201 Created\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)".utf8))
        }
        defer { server.stop() }
        let file = FileManager.default.temporaryDirectory.appending(path: "slow-\(UUID().uuidString).png")
        let bytes = Data(repeating: 65, count: 400_000)
        try bytes.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let transport = CurlTransport()
        defer { transport.close() }
        // The whole file takes ten times as long.
        let client = APIClient(
            configuration: ClientConfiguration(
                baseURL: try #require(URL(string: "http://127.0.0.1:\(server.port)/v1")),
                token: Token("r8_test"),
                answerTimeout: .milliseconds(100)
            ),
            transport: transport
        )
        let stored = try await client.upload(file: file, contentType: "image/png")
        #expect(stored.id == "f1")
        #expect(server.received.count == 1)
        #expect(server.received.first?.contains(String(decoding: bytes, as: UTF8.self)) == true)
    }
}
