import Foundation
import ReplicateClient
import Testing

struct ResumingTests {
    private static let url = "https://replicate.delivery/x/a.png"
    private static let broken = TransportError.interrupted(reason: "reset")
    private static let headers = ["content-length": "8", "accept-ranges": "bytes", "etag": "\"v1\""]

    /// Two tries on one file; the second one's result, and what both asked for.
    private func twice(
        _ first: ScriptedTransport.Answer,
        _ second: ScriptedTransport.Answer,
        _ check: (Result<Download, DownloadError>, ScriptedTransport, PartialDownload) throws -> Void
    ) async throws {
        try await withFolder { folder in
            let transport = ScriptedTransport(first, second)
            let client = try client(transport)
            let file = PartialDownload(path: folder + "/a")
            let error = await #expect(throws: DownloadError.self) { try await client.download(Self.url, into: file) }
            #expect(error?.prospect == .good)
            let result: Result<Download, DownloadError>
            do throws(DownloadError) { result = .success(try await client.download(Self.url, into: file)) } catch {
                result = .failure(error)
            }
            try check(result, transport, file)
        }
    }

    private func content(_ file: PartialDownload) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: file.path)), as: UTF8.self)
    }

    @Test func `the rest is asked for where the connection broke, and the whole is hashed`() async throws {
        try await twice(
            .status(200, "abc", Self.headers, then: Self.broken),
            .status(206, "defgh", ["content-range": "bytes 3-7/8", "content-length": "5", "etag": "\"v1\""])
        ) { result, transport, file in
            let download = try result.get()
            let bytes = try content(file)
            #expect(download.bytes == 8)
            #expect(bytes == "abcdefgh")
            #expect(download.sha256 == "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab")
            #expect(transport.header("range") == [nil, "bytes=3-"])
            #expect(transport.header("if-range") == [nil, "\"v1\""])
        }
    }

    @Test func `a content that has changed meanwhile is fetched from its beginning`() async throws {
        try await twice(
            .status(200, "abc", Self.headers, then: Self.broken),
            .status(200, "12345678", Self.headers)
        ) { result, _, file in
            let download = try result.get()
            let bytes = try content(file)
            #expect(download.bytes == 8)
            #expect(bytes == "12345678")
        }
    }

    @Test(arguments: ["bytes 2-7/8", "bytes 3-8/9", "bytes 3-7/*", "chunks 3-7/8", ""])
    func `another part than was asked for is not joined to what is there`(range: String) async throws {
        try await twice(
            .status(200, "abc", Self.headers, then: Self.broken),
            .status(206, "defgh", ["content-range": range, "etag": "\"v1\""])
        ) { result, _, file in
            guard case .failure(.broken) = result else {
                Issue.record("\(result) is not a broken download")
                return
            }
            #expect(!FileManager.default.fileExists(atPath: file.path))
            #expect(file.bytes == 0)
        }
    }

    @Test(arguments: [
        ["content-length": "8"], ["accept-ranges": "bytes"], ["content-length": "8", "accept-ranges": "none"],
    ])
    func `a host that gives no parts, or does not say how long the whole is, is asked for all of it`(
        headers: [String: String]
    ) async throws {
        try await twice(
            .status(200, "abc", headers, then: Self.broken),
            .status(200, "abcdefgh", headers)
        ) { result, transport, file in
            let download = try result.get()
            let bytes = try content(file)
            #expect(download.bytes == 8)
            #expect(bytes == "abcdefgh")
            #expect(transport.header("range") == [nil, nil])
        }
    }

    @Test(arguments: [
        ["etag": "W/\"v1\""], ["last-modified": "Tue, 24 Nov 2026 16:16:31 GMT"],
        ["last-modified": "Tue, 24 Nov 2026 16:16:31 GMT", "date": "Tue, 24 Nov 2026 16:16:31 GMT"], [:],
    ])
    func `without a name that is one content's alone, all of it is asked for`(names: [String: String]) async throws {
        let headers = ["content-length": "8", "accept-ranges": "bytes"].merging(names) { $1 }
        try await twice(
            .status(200, "abc", headers, then: Self.broken),
            .status(200, "12345678", headers)
        ) { result, transport, file in
            let bytes = try content(file)
            let download = try result.get()
            #expect(download.bytes == 8)
            #expect(bytes == "12345678")
            #expect(transport.header("range") == [nil, nil])
        }
    }

    @Test(arguments: [["etag": "\"v2\""], [:], ["last-modified": "Tue, 24 Nov 2026 16:16:31 GMT"]])
    func `half of one content is not joined to half of another, whatever the host thinks of If-Range`(
        names: [String: String]
    ) async throws {
        try await twice(
            .status(200, "abc", Self.headers, then: Self.broken),
            .status(206, "defgh", ["content-range": "bytes 3-7/8"].merging(names) { $1 })
        ) { result, _, file in
            guard case .failure(.broken) = result else {
                Issue.record("\(result) is not a broken download")
                return
            }
            #expect(file.bytes == 0)
        }
    }

    @Test func `a date of change that is older than the answer names a content`() async throws {
        let names = ["last-modified": "Tue, 24 Nov 2026 16:16:31 GMT", "date": "Tue, 24 Nov 2026 16:20:00 GMT"]
        let headers = ["content-length": "8", "accept-ranges": "bytes"].merging(names) { $1 }
        try await twice(
            .status(200, "abc", headers, then: Self.broken),
            .status(206, "defgh", ["content-range": "bytes 3-7/8"].merging(names) { $1 })
        ) { result, transport, _ in
            let download = try result.get()
            #expect(download.bytes == 8)
            #expect(transport.header("if-range") == [nil, names["last-modified"]])
        }
    }

    @Test func `a file without a byte is none`() async throws {
        try await withFolder { folder in
            let client = try client(ScriptedTransport(.status(200, "", ["content-length": "0"])))
            await #expect(throws: DownloadError.empty) {
                try await client.download(Self.url, into: PartialDownload(path: folder + "/a"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test func `fewer bytes than promised are kept, more of them are asked for`() async throws {
        try await twice(
            .status(200, "abcd", Self.headers),
            .status(206, "efgh", ["content-range": "bytes 4-7/8", "etag": "\"v1\""])
        ) { result, _, file in
            let download = try result.get()
            let bytes = try content(file)
            #expect(download.bytes == 8)
            #expect(bytes == "abcdefgh")
        }
    }

    @Test func `a host that is away for now loses nothing`() async throws {
        try await withFolder { folder in
            let transport = ScriptedTransport(
                .status(200, "abc", Self.headers, then: Self.broken),
                .status(503, "later"),
                .failing(.notSent(reason: "no such host")),
                .status(206, "defgh", ["content-range": "bytes 3-7/8", "etag": "\"v1\""])
            )
            let client = try client(transport)
            let file = PartialDownload(path: folder + "/a")
            for _ in 0..<3 {
                await #expect(throws: DownloadError.self) { try await client.download(Self.url, into: file) }
            }
            #expect(try await client.download(Self.url, into: file).bytes == 8)
            #expect(try content(file) == "abcdefgh")
        }
    }

    @Test func `a body that never ends is given up and leaves nothing`() async throws {
        try await withFolder { folder in
            let transport = ScriptedTransport(.status(200, String(repeating: "x", count: 101)))
            let client = try client(transport)
            let file = PartialDownload(path: folder + "/a", limit: 100)
            let error = await #expect(throws: DownloadError.self) { try await client.download(Self.url, into: file) }
            guard case .notAFile? = error else {
                Issue.record("\(String(describing: error)) is not about the length")
                return
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test func `what nobody wants any more is taken from the disk`() async throws {
        try await withFolder { folder in
            let transport = ScriptedTransport(.status(200, "abc", Self.headers, then: Self.broken))
            let client = try client(transport)
            do {
                let file = PartialDownload(path: folder + "/a")
                await #expect(throws: DownloadError.self) { try await client.download(Self.url, into: file) }
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }
}
