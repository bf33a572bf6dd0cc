import Foundation
import ReplicateClient
import Testing

struct ResumingTests {
    private static let url = "https://replicate.delivery/x/a.png"
    private static let broken = TransportError.interrupted(reason: "reset")
    private static let headers = ["content-length": "8", "accept-ranges": "bytes", "etag": "\"v1\""]

    /// Makes two tries on one file. Returns the result of the second one and the requests of both.
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
            #expect(error?.retryability == .always)
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

    @Test func `after a broken connection the rest is requested, and the digest covers the whole file`() async throws {
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

    @Test func `content that has changed is downloaded from its beginning`() async throws {
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
    func `another part than the requested one is not joined`(range: String) async throws {
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
    func `without ranges or a total length, the whole file is requested`(
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
    func `without a strong validator, the whole file is requested`(names: [String: String]) async throws {
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
    func `parts of different contents are not joined, also when the host ignores If-Range`(
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

    @Test func `a Last-Modified that is older than the answer is a validator`() async throws {
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

    @Test func `an empty file is an error`() async throws {
        try await withFolder { folder in
            let client = try client(ScriptedTransport(.status(200, "", ["content-length": "0"])))
            await #expect(throws: DownloadError.empty) {
                try await client.download(Self.url, into: PartialDownload(path: folder + "/a"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test func `missing bytes are requested, and the others are kept`() async throws {
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

    @Test func `a passing failure of the host keeps the bytes`() async throws {
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

    @Test func `a body beyond the limit ends the download and leaves nothing on the disk`() async throws {
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

    @Test func `a released partial download is deleted from the disk`() async throws {
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

    // MARK: Another process

    private static let long = String(repeating: "0123456789abcdef", count: 1 << 17)
    private static let longHeaders = [
        "content-length": "\(long.utf8.count)", "accept-ranges": "bytes", "etag": "\"v1\"",
    ]

    /// Downloads the beginning, as far as a process came that was stopped, and then what is left, as the next one does.
    private func stopped(
        with headers: [String: String] = longHeaders,
        then next: ScriptedTransport.Answer,
        between: (String) throws -> Void = { _ in },
        _ check: (String, ScriptedTransport) throws -> Void
    ) async throws {
        try await withFolder { folder in
            let beginning = String(Self.long.prefix(1_000_000))
            let transport = ScriptedTransport(.status(200, beginning, headers, then: .canceled), next)
            let client = try client(transport)
            let path = folder + "/a"
            do {
                let file = try #require(PartialDownload(resumingAt: path))
                await #expect(throws: DownloadError.canceled) { try await client.download(Self.url, into: file) }
                #expect(PartialDownload(resumingAt: path) == nil)
                file.setAside()
            }
            try between(path)
            let file = try #require(PartialDownload(resumingAt: path))
            let download = try await client.download(Self.url, into: file)
            #expect(download.sha256 == Digest.hex(Digest.sha256(Data(Self.long.utf8))))
            #expect(try content(file) == Self.long)
            #expect(!FileManager.default.fileExists(atPath: PartialDownload.notePath(of: path)))
            try check(path, transport)
        }
    }

    private static var rest: ScriptedTransport.Answer {
        let range = "bytes 1000000-\(long.utf8.count - 1)/\(long.utf8.count)"
        return .status(206, String(long.dropFirst(1_000_000)), ["content-range": range, "etag": "\"v1\""])
    }

    @Test func `what a stopped process has downloaded is not requested again by the next one`() async throws {
        try await stopped(then: Self.rest) { _, transport in
            #expect(transport.header("range") == [nil, "bytes=1000000-"])
            #expect(transport.header("if-range") == [nil, "\"v1\""])
        }
    }

    @Test(arguments: ["boot", "note", "content"])
    func `a part of which it is not certain what it is is downloaded anew`(change: String) async throws {
        try await stopped(
            then: .status(200, Self.long, Self.longHeaders),
            between: { path in
                let note = PartialDownload.notePath(of: path)
                switch change {
                case "boot":
                    var text = try String(contentsOfFile: note, encoding: .utf8)
                    text = text.replacing(#"boot":""#, with: #"boot":"x"#)
                    try text.write(toFile: note, atomically: true, encoding: .utf8)
                case "note": try FileManager.default.removeItem(atPath: note)
                default: try Data((Self.long + Self.long).utf8).write(to: URL(filePath: path))
                }
            },
            { _, transport in #expect(transport.header("range") == [nil, nil]) }
        )
    }

    @Test func `of a host that sends no parts nothing is kept`() async throws {
        try await stopped(
            with: ["content-length": "\(Self.long.utf8.count)", "etag": "\"v1\""],
            then: .status(200, Self.long, Self.longHeaders),
            between: { #expect(!FileManager.default.fileExists(atPath: $0)) },
            { _, transport in #expect(transport.header("range") == [nil, nil]) }
        )
    }
}
