import Foundation
import History
import Money
import Predictions
import ReplicateClient
import Testing

@testable import Commands

struct OutputTargetTests {
    private static let surroundings = Surroundings(
        environment: [:],
        home: URL(filePath: "/home/p"),
        folder: URL(filePath: "/place/here")
    )

    private func target(_ file: String) -> OutputTarget {
        OutputTarget(file: file, overwrites: false, skipsExisting: false, Self.surroundings)
    }

    @Test(arguments: [
        ("fox.webp", "/place/here/fox.webp"), ("../fox.webp", "/place/fox.webp"), ("/x/./fox.webp", "/x/fox.webp"),
        ("~/a/fox.webp", "/home/p/a/fox.webp"), ("{key}.webp", "/place/here/{key}.webp"),
    ])
    func `a file is named as a person writes it, and braces are no pattern`(file: String, path: String) {
        let target = target(file)
        #expect(target.file?.path == path)
        #expect(target.file(ofRun: 0, of: 1)?.path == path)
    }

    @Test func `each of several runs has a name of its own, and a pattern tells none before the run`() throws {
        let names = (0..<3).compactMap { target("fox.webp").file(ofRun: $0, of: 3)?.lastPathComponent }
        #expect(Set(names).count == 3)
        #expect(names.allSatisfy { $0.hasPrefix("fox") && $0.hasSuffix(".webp") })
        #expect(OutputTarget(try OutputPattern("{key}.{ext}"), overwrites: false).file(ofRun: 0, of: 1) == nil)
    }

    @Test func `what stands in the way is told before the run`() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "file")
        try Paths.make(folder.file("folder"))
        func obstacle(_ name: String, runs: Int = 1) -> String? {
            OutputTarget(file: folder.file(name).path, overwrites: true, skipsExisting: false, Self.surroundings)
                .obstacle(runs: runs, in: folder.url)
        }
        #expect(obstacle("new.webp") == nil)
        #expect(obstacle("file") == nil)
        #expect(obstacle("folder")?.hasSuffix("is a folder: name a file") == true)
        let name = String(repeating: "x", count: 240)
        #expect(obstacle(name + ".webp")?.contains("is too long: 230 bytes") == true)
        func pattern(_ text: String) throws -> String? {
            OutputTarget(try OutputPattern(text), overwrites: false).obstacle(runs: 1, in: folder.url)
        }
        #expect(try pattern("new/{key}.{ext}") == nil)
        #expect(try pattern("file/{key}.{ext}")?.contains("is a file, and a folder is wanted there") == true)
        #expect(try pattern("{key}/file/x") == nil)
    }
}

struct ReusedFileTests {
    private let folder: TemporaryFolder
    private let run: RunRecord

    init() throws {
        folder = try TemporaryFolder()
        let file = try folder.write("a fox", to: "made/fox.webp")
        var run = RunRecord(
            id: "run-1",
            model: "a/b",
            input: [:],
            prompt: "",
            origin: .command,
            createdAt: Date(timeIntervalSince1970: 0),
            estimate: .unknown(reason: "")
        )
        let digest = try Digest.sha256(ofFile: file.path)
        run.outputs = [.init(url: "https://x.y/fox.webp", path: file.path, size: digest.size, sha256: digest.sha256)]
        self.run = run
    }

    private func brought(to name: String, overwrites: Bool = false) async throws -> (path: String?, messages: String) {
        var path: String?
        let written = try await captured { console in
            path = try ReusedFile(run: run, place: folder.file(name), overwrites: overwrites).brought(console)
                .outputs.first?.path
        }
        return (path, written.messages)
    }

    private func text(_ name: String) throws -> String { try String(contentsOf: folder.file(name), encoding: .utf8) }

    @Test func `the file is copied to where it is wanted, and stays where it was`() async throws {
        let result = try await brought(to: "new/folder/copy.webp")
        #expect(result.path == folder.file("new/folder/copy.webp").path)
        #expect(result.messages.isEmpty)
        #expect(try text("new/folder/copy.webp") == "a fox")
        #expect(try text("made/fox.webp") == "a fox")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.file("new/folder").path)
        #expect(files == ["copy.webp"])
    }

    @Test func `the same file at its place is the result, and another one stays`() async throws {
        try folder.write("a fox", to: "same.webp")
        #expect(try await brought(to: "same.webp").path == folder.file("same.webp").path)
        try folder.write("mine", to: "other.webp")
        let refused = try await brought(to: "other.webp")
        #expect(refused.path == folder.file("made/fox.webp").path)
        #expect(refused.messages.contains("other.webp is another file, and stays"))
        #expect(try text("other.webp") == "mine")
        #expect(try await brought(to: "other.webp", overwrites: true).path == folder.file("other.webp").path)
        #expect(try text("other.webp") == "a fox")
    }

    @Test func `where it cannot be written the made file is named`() async throws {
        try folder.write("", to: "file")
        await #expect(throws: CommandError.self) { try await brought(to: "file/copy.webp") }
        do { _ = try await brought(to: "file/copy.webp") } catch let error as CommandError {
            #expect(error.status == .notWritable)
            #expect(error.description.hasSuffix("what was made is \(folder.file("made/fox.webp").path)"))
        }
    }

    @Test func `a file that is gone is brought nowhere`() async throws {
        try FileManager.default.removeItem(at: folder.file("made/fox.webp"))
        #expect(try await brought(to: "copy.webp").path == folder.file("made/fox.webp").path)
        #expect(!FileManager.default.fileExists(atPath: folder.file("copy.webp").path))
    }
}
