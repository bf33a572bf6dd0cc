import Foundation
import History
import Money
import Predictions
import ReplicateAPI
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(10)))
struct OutputSavingTests {
    private static func draft(_ shape: String, count: Int64 = 1) -> RunDraft {
        RunDraft(
            model: "lab/shapes",
            prompt: shape,
            input: ["shape": .string(shape), "num_outputs": .integer(count)],
            origin: .command,
            estimate: .unknown(reason: "nobody knows")
        )
    }

    @Test(arguments: [("failed-late", PredictionStatus.failed), ("canceled-late", .canceled)])
    func `what a run made before it failed or was canceled is saved, and its status stays`(
        shape: String,
        status: PredictionStatus
    ) async throws {
        try await withRunner([]) { bench in
            let done = try await bench.finished(Self.draft(shape))
            #expect(done.prediction?.status == status)
            #expect(done.stage == .settled)
            #expect(done.outputs.count == 2)
            #expect(done.outputs.allSatisfy { FileManager.default.fileExists(atPath: $0.path ?? "") })
            #expect((done.failure == nil) == (status == .canceled))
        }
    }

    @Test(arguments: [SandboxFault.expired, .forbidden, .emptyFile, .page])
    func `what the storage does not have in the first moments is asked for again`(fault: SandboxFault) async throws {
        try await withRunner([FaultRule(fault, .first(3), at: .delivery)]) { bench in
            let output = try #require(try await bench.finished().outputs.first)
            let bytes = try Data(contentsOf: URL(filePath: try #require(output.path)))
            #expect(bytes.starts(with: Data("RIFF".utf8)))
            #expect(output.failure == nil)
            #expect(bench.server.statistics.faults[fault] == 3)
        }
    }

    @Test(arguments: [
        (SandboxFault.emptyFile, "an empty file"), (.page, "a page instead"), (.forbidden, "expired (403)"),
    ])
    func `what never comes is said on the run, and nothing is left on the disk`(
        fault: SandboxFault,
        words: String
    ) async throws {
        try await withRunner([FaultRule(fault, at: .delivery)]) { bench in
            let done = try await bench.finished()
            #expect(done.stage == .settled)
            #expect(done.outputs.first?.path == nil)
            #expect(done.outputs.first?.failure?.contains(words) == true)
            let files = FileManager.default.enumerator(
                at: bench.folder,
                includingPropertiesForKeys: [.isRegularFileKey]
            )
            #expect(files?.compactMap { $0 as? URL }.allSatisfy(\.hasDirectoryPath) == true)
        }
    }

    @Test func `what comes packed although nobody asked is unpacked`() async throws {
        try await withRunner([FaultRule(.packed, at: .delivery)]) { bench in
            let output = try #require(try await bench.finished().outputs.first)
            let bytes = try Data(contentsOf: URL(filePath: try #require(output.path)))
            #expect(bytes.starts(with: Data("RIFF".utf8)))
            #expect(output.size == Int64(bytes.count))
        }
    }

    @Test(arguments: [
        ("avif", "avif"), ("heic", "heic"), ("m4a", "m4a"), ("mov", "mov"), ("wav", "wav"), ("mp3", "mp3"),
        ("glb", "glb"), ("ogg", "ogg"), ("flac", "flac"), ("safetensors", "safetensors"), ("zip", "zip"),
        ("tarball", "tar.gz"), ("pdf", "pdf"), ("svg", "svg"), ("xml", "xml"), ("html", "html"), ("srt", "srt"),
        ("csv", "csv"), ("inline-wav", "wav"),
    ])
    func `a file is saved under the ending of what it is`(shape: String, ending: String) async throws {
        try await withRunner([], speed: 0) { bench in
            let output = try #require(try await bench.finished(Self.draft(shape)).outputs.first)
            #expect(output.path?.hasSuffix("-0.\(ending)") == true, "\(output)")
        }
    }

    @Test(arguments: [("avif", 1), ("object", 1), ("avif", 2)])
    func `what cannot get the name that was ordered is saved under the usual one`(shape: String, count: Int64)
        async throws
    {
        try await withRunner([], speed: 0) { bench in
            // A file is where the pattern wants a folder.
            try FileManager.default.createDirectory(at: bench.folder, withIntermediateDirectories: true)
            try Data().write(to: bench.folder.appending(path: shape))
            var draft = Self.draft(shape, count: count)
            draft.outputName = "{prompt}/x-{index}.{ext}"
            let done = try await bench.finished(draft)
            #expect(done.outputs.count == Int(count))
            for (index, output) in done.outputs.enumerated() {
                #expect(output.path?.hasSuffix("-\(index).avif") == true, "\(output)")
                #expect(FileManager.default.fileExists(atPath: output.path ?? ""))
            }
            #expect((done.values != nil) == (done.valuesFile != nil))
        }
    }

    @Test func `what could not be saved is refused before it is paid`() async throws {
        try await withRunner([], speed: 0) { bench in
            try FileManager.default.createDirectory(at: bench.folder, withIntermediateDirectories: true)
            let file = bench.folder.appending(path: "file")
            try Data().write(to: file)
            var draft = Self.draft("avif")
            draft.outputFolder = file.path
            await #expect(throws: OutputObstacle.self) { try await bench.runner.submit([Self.draft("avif"), draft]) }
            #expect(try bench.store.runs().isEmpty)
            #expect(bench.server.statistics.predictionsCreated == 0)
            draft.savesOutputs = false
            #expect(try await bench.finished(draft).outputs.count == 1)
        }
    }

    @Test func `a run that is there already is the answer to its key, whatever its folder has become`() async throws {
        try await withRunner([], speed: 0) { bench in
            let folder = bench.folder.appending(path: "there")
            var draft = Self.draft("avif", count: 2)
            draft.outputFolder = folder.path
            draft.key = OrderKey("one", input: draft.input)
            let done = try await bench.finished(draft)
            try FileManager.default.removeItem(at: folder)
            try Data().write(to: folder)
            #expect(try await bench.runner.order([draft]).map(\.run.id) == [done.id])
        }
    }

    @Test(arguments: [
        ("object", "avif", #"{"caption":"a fox","score":0.5,"seed":7}"#),
        ("nested", "wav", #"{"stems":[{"name":"bass"},{"name":"drums"}],"tempo":120}"#),
        ("mixed", "avif", #"["a caption of it"]"#),
    ])
    func `what is no file stands beside the files, with their names in it`(
        shape: String,
        ending: String,
        values: String
    ) async throws {
        try await withRunner([], speed: 0) { bench in
            let done = try await bench.finished(Self.draft(shape))
            let path = try #require(done.outputs.first?.path)
            #expect(path.hasSuffix(".\(ending)"))
            #expect(done.values?.text() == values)
            let file = try #require(done.valuesFile)
            #expect(URL(filePath: file).deletingLastPathComponent() == URL(filePath: path).deletingLastPathComponent())
            let saved = try JSONValue(parsing: Data(contentsOf: URL(filePath: file)))
            #expect(saved.strings.contains(URL(filePath: path).lastPathComponent))
            #expect(!saved.strings.contains { $0.hasPrefix("http") })
            #expect(try bench.store.run(done.id)?.valuesFile == file)
        }
    }

    @Test(arguments: [
        ("number", "0.9312"), ("boolean", "false"), ("vectors", "[[0.1,0.2],[0.3,0.4]]"),
        ("text", #""plain words\nin two lines""#),
    ])
    func `what is no file at all is kept as it is, and no file is made`(shape: String, values: String) async throws {
        try await withRunner([], speed: 0) { bench in
            let done = try await bench.finished(Self.draft(shape))
            #expect(done.values?.text() == values)
            #expect(done.outputs.isEmpty && done.valuesFile == nil && done.failure == nil)
        }
    }

    @Test(arguments: ["nothing", "empty"])
    func `a run that made nothing says so with the last line of its log`(shape: String) async throws {
        try await withRunner([], speed: 0) { bench in
            let done = try await bench.finished(Self.draft(shape))
            #expect(done.prediction?.status == .succeeded)
            #expect(done.failure?.hasPrefix("nothing was made: NSFW content detected") == true)
        }
    }

    @Test func `a film that stands in the answer itself is saved, larger than what is kept of an answer`() async throws
    {
        try await withRunner([], speed: 0) { bench in
            let done = try await bench.finished(Self.draft("inline-film"))
            let output = try #require(done.outputs.first)
            #expect(output.size == 36_000_012)
            #expect(output.path?.hasSuffix(".mp4") == true)
            // Neither the record nor the answer holds it.
            #expect(done.prediction?.raw.serialized().count ?? .max < 10_000)
            let saved = try Data(contentsOf: URL(filePath: try #require(output.path)), options: .alwaysMapped)
            #expect(saved.prefix(12).suffix(8) == Data("ftypisom".utf8))
        }
    }

    @Test func `answers with numbers that only Python knows lose nothing`() async throws {
        try await withRunner([FaultRule(.notJSON)]) { bench in
            let done = try await bench.finished()
            #expect(done.prediction?.status == .succeeded)
            #expect(done.outputs.allSatisfy { $0.path != nil })
        }
    }
}
