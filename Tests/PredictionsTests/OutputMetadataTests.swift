import Foundation
import History
import Money
import PictureMetadata
import ReplicateAPI
import ReplicateClient
import Testing

@testable import Predictions

@Suite(.timeLimit(.minutes(10)))
struct OutputMetadataTests {
    private static func draft(_ format: String) -> RunDraft {
        var draft = RunnerBench.draft
        draft.input["output_format"] = .string(format)
        return draft
    }

    @Test(arguments: ["webp", "png", "jpg"])
    func `a picture says what made it, and the record knows what came and what lies on the disk`(
        format: String
    ) async throws {
        try await withRunner([]) { bench in
            let done = try await bench.finished(Self.draft(format))
            let output = try #require(done.outputs.first)
            let path = try #require(output.path)
            #expect(path.hasSuffix(".\(format)"))
            let own = try #require(OpenFile(path).flatMap { FoundMetadata($0.content) }?.own)
            #expect(own.model == RunnerBench.draft.model)
            // The API does not tell the version of an official model.
            #expect(own.version == nil)
            #expect(own.prompt == "a fjord")
            // The seed that nobody gave is in the log.
            #expect(own.chosenSeed != nil)
            #expect(done.logs.contains("\(try #require(own.chosenSeed))"))
            #expect(own.inputs["megapixels"] == "0.25")
            #expect(own.inputs["prompt"] == nil)
            #expect(own.predictionID == done.prediction?.id.rawValue)
            #expect(own.cost == "$0.003")

            let onDisk = try Digest.sha256(ofFile: path)
            #expect((output.size, output.sha256) == (onDisk.size, onDisk.sha256))
            let came = PartialDownload(path: bench.folder.appending(path: "again").path)
            let again = try await bench.client.download(output.url, into: came)
            #expect((output.downloadedSize, output.downloadedSHA256) == (again.bytes, again.sha256))
            #expect(output.size != output.downloadedSize)
            #expect(try bench.store.run(done.id)?.outputs == done.outputs)
            #expect(done.savedFiles.map { $0.check() } == [.right])
        }
    }

    @Test func `a file that was saved before a crash is the same when it is saved again`() async throws {
        try await withRunner([]) { bench in
            let done = try await bench.finished()
            let output = try #require(done.outputs.first)
            let prediction = try #require(done.prediction)
            let saver = OutputSaver(client: bench.client, folder: bench.folder)
            let again = try await saver.save(
                output.url,
                to: OutputPlace(done, prediction),
                index: 0,
                metadata: PictureMetadata(done, prediction)
            )
            #expect(again.path == output.path)
            #expect(again.sha256 == output.sha256)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: URL(filePath: again.path).deletingLastPathComponent().path
            )
            #expect(names == [URL(filePath: again.path).lastPathComponent])
        }
    }

    @Test func `a picture is saved as it came where metadata is off`() async throws {
        try await withRunner([]) { bench in
            let done = try await bench.finished()
            let prediction = try #require(done.prediction)
            let folder = bench.folder.appending(path: "plain")
            let saver = OutputSaver(client: bench.client, folder: folder, embedsMetadata: false)
            var place = done
            place.outputFolder = folder.path
            let saved = try await saver.save(
                try #require(done.outputs.first).url,
                to: OutputPlace(place, prediction),
                index: 0,
                metadata: PictureMetadata(done, prediction)
            )
            #expect(OpenFile(saved.path).flatMap { FoundMetadata($0.content) } == nil)
            #expect(saved.sha256 == done.outputs.first?.downloadedSHA256)
            #expect((saved.size, saved.sha256) == (saved.downloadedSize, saved.downloadedSHA256))
        }
    }

    @Test func `what is no picture is saved as it came`() async throws {
        try await withRunner([], speed: 0) { bench in
            for shape in ["wav", "zip", "avif"] {
                let draft = RunDraft(
                    model: "lab/shapes",
                    prompt: shape,
                    input: ["shape": .string(shape)],
                    origin: .command,
                    estimate: .unknown(reason: "nobody knows")
                )
                let output = try #require(try await bench.finished(draft).outputs.first)
                #expect(output.sha256 != nil)
                #expect(output.sha256 == output.downloadedSHA256)
            }
        }
    }

    @Test func `a copy that cannot be written leaves nothing behind, and the file that came stays`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: ".came.part")
        let made = PictureMetadata(model: "a/b", prompt: "x", predictionID: "p", createdAt: .now)
        // No picture; and one that ends before its own length.
        for bytes in [Data("text".utf8), Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 9, 9])] {
            try bytes.write(to: file)
            #expect(EmbeddedCopy(of: file.path, with: made) == nil)
            #expect(try Data(contentsOf: file) == bytes)
        }
        #expect(EmbeddedCopy(of: folder.appending(path: "missing").path, with: made) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [".came.part"])
    }

    @Test func `secret inputs are named and not written, and a price that nobody knows is not made up`() throws {
        var run = RunRecord(
            model: "a/b",
            input: ["prompt": "x", "guide": "data:image/png;base64,AAAA"],
            prompt: "x",
            origin: .studio,
            createdAt: .now,
            estimate: .unknown(reason: "")
        )
        run.secretInputs = ["pin"]
        run.cost = .unknown(reason: "nobody knows")
        let prediction = try #require(Prediction(json: ["id": "p", "status": "succeeded", "version": "hidden"]))
        let made = PictureMetadata(run, prediction)
        #expect(made.omitted == ["guide", "pin"])
        #expect(made.inputs == [:])
        #expect((made.cost, made.version) == (nil, nil))
    }
}
