import Foundation
import Testing

@testable import ReplicateClient

struct InlineFileTests {
    private static let content = Data((0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    private static let base64 = content.base64EncodedString()
    private static let large = "data:video/mp4;base64,\(base64)"

    /// The filtered document when it arrives in pieces of `size` bytes, and a client with the stored files.
    private func kept(_ document: String, size: Int, _ folder: URL) throws -> String {
        let filter = InlineFiles(folder: folder).bodyFilter()
        var kept = Data()
        let bytes = Data(document.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            kept += try filter.filter(Data(bytes[start..<min(start + size, bytes.count)]))
        }
        kept += try filter.finish()
        return String(decoding: kept, as: UTF8.self)
    }

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "inline-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test(arguments: [7, 16_384, 65_537, 1 << 22])
    func `a large file is stored on the disk for any size of pieces`(size: Int) async throws {
        try await inFolder { folder in
            let document = #"{"a":"x\\","output":["\#(Self.large)","\#(Self.large)"],"note":"\"data:no"}"#
            let kept = try kept(document, size: size, folder)
            let json = try JSONSerialization.jsonObject(with: Data(kept.utf8)) as? [String: Any]
            let output = try #require(json?["output"] as? [String])
            #expect(output.count == 2 && output.allSatisfy(InlineFiles.isReference))
            #expect(json?["note"] as? String == "\"data:no")
            var configuration = try client(ScriptedTransport()).configuration
            configuration.inlineFiles = InlineFiles(folder: folder)
            let client = APIClient(configuration: configuration, transport: ScriptedTransport())
            let path = folder.appending(path: "copy").path
            let download = try await client.download(output[0], into: PartialDownload(path: path))
            #expect(try Data(contentsOf: URL(filePath: path)) == Self.content)
            #expect(download.contentType == "video/mp4")
        }
    }

    @Test(arguments: [
        #"{"output":"data:image/png;base64,AA=="}"#, #"{"logs":"<img src=\"data:image/png;base64,AAAA\">"}"#,
        #"{"output":"data:text/plain,hello","x":"data:"}"#, #"["data:"#, #"{"a":"b"}"#, "\"dat", "",
        #"{"a":"\\\"data:,","b":"\\"}"#,
    ])
    func `the rest of a document is passed on unchanged`(document: String) async throws {
        try await inFolder { folder in
            for size in 1...9 {
                let kept = try kept(document, size: size, folder)
                #expect(kept == document)
            }
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test func `a long text that begins like a file is passed on, and escaped slashes are decoded`() async throws {
        try await inFolder { folder in
            let text =
                #"{"t":"data: \#(String(repeating: "word ", count: 80_000))","u":"data:text/plain,\#(String(repeating: "x", count: 300_000))"}"#
            let long = try kept(text, size: 16_384, folder)
            #expect(long == text)
            let escaped = #"["data:video\/mp4;base64,\#(Self.base64.replacing("/", with: "\\/"))"]"#
            let kept = try kept(escaped, size: 16_384, folder)
            #expect(kept.contains("data:video/mp4;length=400000;sha256="))
        }
    }

    @Test func `a text that is not base64 is not stored, and the answer is still read`() async throws {
        try await inFolder { folder in
            let kept = try kept(#"["data:video/mp4;base64,\#(Self.base64)!?"]"#, size: 16_384, folder)
            #expect(kept == #"["data:video/mp4;base64,"]"#)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    @Test func `a stored file that was deleted must be requested again`() async throws {
        try await inFolder { folder in
            let kept = try kept("[\"\(Self.large)\"]", size: 16_384, folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                try FileManager.default.removeItem(at: folder.appending(path: name))
            }
            var configuration = try client(ScriptedTransport()).configuration
            configuration.inlineFiles = InlineFiles(folder: folder)
            let client = APIClient(configuration: configuration, transport: ScriptedTransport())
            let uri = String(kept.dropFirst(2).dropLast(2))
            await #expect(throws: DownloadError.inlineFileMissing) {
                try await client.download(uri, into: PartialDownload(path: folder.appending(path: "copy").path))
            }
        }
    }

    @Test func `files are deleted when somebody says so, and not because a program begins`() async throws {
        try await inFolder { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let old = folder.appending(path: "old")
            try Data("x".utf8).write(to: old)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -10_800)],
                ofItemAtPath: old.path
            )
            let files = InlineFiles(folder: folder)
            #expect(FileManager.default.fileExists(atPath: old.path))
            files.sweep()
            #expect(!FileManager.default.fileExists(atPath: old.path))
        }
    }
}
