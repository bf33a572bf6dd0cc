import Foundation
import ReplicateAPI
import ReplicateClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct SlowUploadTests {
    /// Uploads a file of 400 kB, which takes about a second, to a server that answers so.
    private func upload(
        retry: RetryPolicy,
        _ server: RawServer
    ) async throws -> Result<StoredFile, APIError> {
        let file = FileManager.default.temporaryDirectory.appending(path: "slow-\(UUID().uuidString).png")
        try Self.bytes.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let transport = CurlTransport()
        defer { transport.close() }
        let client = APIClient(
            configuration: ClientConfiguration(
                baseURL: try #require(URL(string: "http://127.0.0.1:\(server.port)/v1")),
                token: Token("r8_test"),
                // The whole file takes ten times as long.
                answerTimeout: .milliseconds(100),
                retry: retry
            ),
            transport: transport,
            sleep: { _ in }
        )
        do { return .success(try await client.upload(file: file, contentType: "image/png")) } catch {
            return .failure(error)
        }
    }

    private static let bytes = Data(repeating: 65, count: 400_000)

    @Test func `an upload that was cut after long is not begun again, and that is said`() async throws {
        let server = try RawServer(pausing: 10_000) { _, _ in .init([], resets: true) }
        defer { server.stop() }
        let retry = RetryPolicy(attempts: 3, longestUpload: .milliseconds(100))
        guard case .failure(let error) = try await upload(retry: retry, server) else {
            Issue.record("nothing was stored")
            return
        }
        #expect(error.message.contains("was cut after"))
        #expect(server.received.count == 1)
    }

    @Test func `an upload that was cut soon is sent again`() async throws {
        let server = try RawServer(pausing: 1_000) { _, _ in .init([], resets: true) }
        defer { server.stop() }
        let retry = RetryPolicy(attempts: 3, longestUpload: .seconds(60))
        guard case .failure = try await upload(retry: retry, server) else {
            Issue.record("nothing was stored")
            return
        }
        #expect(server.received.count == 3)
    }

    @Test func `an upload may take longer than any answer may, as long as it moves`() async throws {
        let json = #"{"id":"f1","urls":{"get":"http://127.0.0.1/v1/files/f1"}}"#
        let server = try RawServer(pausing: 10_000) { _, _ in
            .init(Array("HTTP/1.1 201 Created\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)".utf8))
        }
        defer { server.stop() }
        let stored = try await upload(retry: RetryPolicy(), server).get()
        #expect(stored.id == "f1")
        #expect(server.received.count == 1)
        #expect(server.received.first?.contains(String(decoding: Self.bytes, as: UTF8.self)) == true)
    }
}
