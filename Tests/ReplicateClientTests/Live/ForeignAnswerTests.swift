import Foundation
import ReplicateAPI
import ReplicateClient
import TestSupport
import Testing

/// Answers to a creation that are not HTTP, or not the expected HTTP.
struct ForeignAnswerTests {
    private static let created = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}"
    private static let foreign = [
        "x", "\u{0}", "\r\n" + created, "\n\n\n" + created, "HTTP/1.2 201 Created\r\n\r\n{}", "HTTP/9 201\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 2000 Created\r\n\r\n", "http/1.1 201 Created\r\n\r\n", "ICY 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n", "220 mail.example ESMTP\r\n", "\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}F",
        "<html>hello</html>",
        "HTTP/1.1 201 Created\r\nContent-Length: -5\r\n\r\n{}",
        "HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\n\r\n{}",
        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 900\r\n\r\n{",
        String(repeating: "a", count: 200_000), "HTTP/1.1 201 Created\r\nA: " + String(repeating: "b", count: 400_000),
    ]

    @Test(arguments: foreign.indices, [false, true])
    func `after an invalid answer the effect of a creation is unclear, and it is requested once`(
        index: Int,
        resets: Bool
    ) async throws {
        let server = try RawServer(resets: resets) { _ in Array(Self.foreign[index].utf8) }
        defer { server.stop() }
        let transport = CurlTransport()
        defer { transport.close() }
        let client = try client(transport, base: "http://127.0.0.1:\(server.port)/v1")
        let error = await #expect(throws: APIError.self) {
            try await client.createPrediction(version: "a/b", input: ["prompt": "x"])
        }
        #expect(error?.effect == .unclear, "\(Self.foreign[index].prefix(40)): \(String(describing: error))")
        #expect(server.received.count == 1)
    }

    @Test(arguments: [400, 405, 409, 410, 418, 421, 425, 426, 431, 451, 499])
    func `a complete 4xx answer means that nothing was created`(status: Int) async throws {
        let server = try RawServer { _ in Array("HTTP/1.1 \(status) No\r\nContent-Length: 2\r\n\r\n{}".utf8) }
        defer { server.stop() }
        let transport = CurlTransport()
        defer { transport.close() }
        let client = try client(transport, base: "http://127.0.0.1:\(server.port)/v1")
        let error = await #expect(throws: APIError.self) {
            try await client.createPrediction(version: "a/b", input: [:])
        }
        #expect(error?.effect == .refused)
        #expect(error?.isTransient == false)
    }
}
