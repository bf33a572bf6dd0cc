import Foundation
import TestSupport
import Testing

@testable import Sandbox

/// Parts of files, after RFC 9110, section 14.
struct ByteRangeTests {
    @Test(
        arguments: [
            ("bytes=0-9", 0, 9), ("bytes=5-", 5, 99), ("bytes=-10", 90, 99), ("bytes=0-0", 0, 0),
            ("bytes=99-99", 99, 99),
            // An end beyond the file, or more than there is of its end, is all there is.
            ("bytes=90-500", 90, 99), ("bytes=-500", 0, 99), ("bytes=0-99999999999", 0, 99),
        ] as [(String, Int, Int)]
    )
    func `a part of a hundred bytes`(text: String, first: Int, last: Int) throws {
        let range = try #require(ByteRange(text, of: 100))
        #expect((range.first, range.last) == (first, last))
    }

    @Test(arguments: [
        "bytes=100-", "bytes=100-200", "bytes=9-5", "bytes=-0", "bytes=--5", "bytes=a-b", "bytes=1-2,4-5", "bytes=",
        "bytes=-",
        "bytes=5", "bytes=1-2-3", "bytes= 1 - 2 ", "bytes=99999999999999999999-",
    ])
    func `what lies outside, or is no single part, is none`(text: String) {
        #expect(ByteRange(text, of: 100) == nil)
        #expect(ByteRange(text, of: 0) == nil)
    }

    @Test func `parts are within the file and not empty, whatever is asked for`() {
        var random = SeededGenerator(seed: 14)
        let pieces = ["", "-", "0", "1", "7", "99", "100", "-1", " ", "x", ",", "9223372036854775807"]
        for _ in 0..<3_000 {
            let text =
                "bytes="
                + (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    pieces.randomElement(using: &random)!
                }.joined()
            let count = Int.random(in: 0...120, using: &random)
            guard let range = ByteRange(text, of: count) else { continue }
            #expect(range.first >= 0 && range.first <= range.last && range.last < count, "\(text) of \(count)")
        }
    }

    private func output(_ client: RawClient) async throws -> (path: String, bytes: Data) {
        let made = try await client.prediction(client.create().id)
        let path = try #require(made.at("output.0")?.path)
        return (path, await client.get(path).body)
    }

    @Test func `a file comes in parts that make it whole, each with its place`() async throws {
        try await withRawSandbox { client, _ in
            let (path, bytes) = try await output(client)
            var parts = Data()
            let size = bytes.count / 3 + 1
            for start in stride(from: 0, to: bytes.count, by: size) {
                let answer = await client.get(path, headers: ["range": "bytes=\(start)-\(start + size - 1)"])
                let end = min(start + size, bytes.count) - 1
                #expect(answer.status == 206)
                #expect(answer.headers["content-range"] == "bytes \(start)-\(end)/\(bytes.count)")
                #expect(answer.headers["content-length"] == "\(end - start + 1)")
                parts += answer.body
            }
            #expect(parts == bytes)
        }
    }

    @Test func `a part that is not there is a 416 with the size of the file`() async throws {
        try await withRawSandbox { client, _ in
            let (path, bytes) = try await output(client)
            let answer = await client.get(path, headers: ["range": "bytes=\(bytes.count)-"])
            #expect(answer.status == 416)
            #expect(answer.headers["content-range"] == "bytes */\(bytes.count)")
            // A unit that nobody knows is as good as none.
            #expect(await client.get(path, headers: ["range": "lines=1-2"]).status == 200)
        }
    }

    @Test func `a part of another file's version is the whole file`() async throws {
        try await withRawSandbox { client, _ in
            let (path, bytes) = try await output(client)
            let tag = try #require(await client.get(path).headers["etag"])
            let same = await client.get(path, headers: ["range": "bytes=3-", "if-range": tag])
            #expect(same.status == 206 && same.body == bytes.dropFirst(3))
            let other = await client.get(path, headers: ["range": "bytes=3-", "if-range": "\"another\""])
            #expect(other.status == 200 && other.body == bytes)
        }
    }
}
