import Foundation
import PictureMetadata
import ReplicateAPI
import Sandbox
import Studio
import Testing

@testable import ReplicateClient
@testable import StudioRuntime

struct ImagePerformerTests {
    /// One transparent pixel.
    static let png = Data(
        base64Encoded:
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )!

    @Test(arguments: [
        (404, "image/png", ImageList.CheckResult.bad(reason: "404 not found")),
        (403, "image/png", .bad(reason: "403 not allowed")),
        (503, "image/png", .unconfirmed(reason: "the host answers 503")),
        (200, "text/html", .bad(reason: "not a picture (text/html)")),
        (200, "image/avif", .ok(ImageFacts(contentType: "image/avif", bytes: 7))),
    ])
    func `what the host answers decides`(status: Int, type: String, result: ImageList.CheckResult) {
        let probe = URLProbe(status: status, contentType: type, length: 7, head: Data("?".utf8))
        #expect(ImagePerformer.verdict(probe) == result)
    }

    @Test func `the first bytes tell more than the header's type`() {
        let probe = URLProbe(status: 206, contentType: "application/octet-stream", length: 70, head: Self.png)
        #expect(
            ImagePerformer.verdict(probe)
                == .ok(ImageFacts(contentType: "image/png", width: 1, height: 1, bytes: 70))
        )
    }

    @Test func `a picture is uploaded, by the path that the person gave`() async throws {
        try await withRuntime { bench in
            let file = bench.folder.appending(path: "fox.png")
            try Self.png.write(to: file)
            bench.runtime.perform(.uploadImage(1, path: file.path))
            let (path, url) = try await bench.posted.next { action -> (String, String)? in
                if case .imageUploaded(1, let path, let url) = action { (path, url) } else { nil }
            }
            #expect(path == file.path)
            #expect(url.hasPrefix("http"))
        }
    }

    @Test(arguments: [
        ("notes.txt", "not a picture"), ("nothing.png", "cannot be read"), ("pipe.png", "cannot be read"),
    ])
    func `what is no picture is not sent`(name: String, reason: String) async throws {
        try await withRuntime { bench in
            try Data("words".utf8).write(to: bench.folder.appending(path: "notes.txt"))
            #expect(mkfifo(bench.folder.appending(path: "pipe.png").path, 0o600) == 0)
            await bench.runtime.images.upload(1, bench.folder.appending(path: name).path)
            let told = try await bench.posted.next { action -> String? in
                if case .imageUploadFailed(1, _, let reason) = action { reason } else { nil }
            }
            #expect(told == reason)
        }
    }

    @Test func `an address that cannot be reached is bad`() async throws {
        try await withRuntime { bench in
            await bench.runtime.images.check(1, "http://127.0.0.1:1/a.png")
            let result = try await bench.posted.next { action -> ImageList.CheckResult? in
                if case .imageChecked(1, _, let result) = action { result } else { nil }
            }
            if case .ok = result { Issue.record("nothing listens there") }
        }
    }

    @Test func `a dropped picture says what made it, and what is none says nothing`() async throws {
        try await withRuntime { bench in
            let made = PictureMetadata(
                model: "a/b",
                prompt: "a fox",
                inputs: ["steps": 4],
                chosenSeed: 7,
                omitted: ["image"],
                predictionID: "p",
                createdAt: .now
            )
            let pieces = try #require(MetadataEmbedding(made).pieces(for: FileContent(Self.png)))
            let written = pieces.reduce(into: Data()) { written, piece in
                switch piece {
                case .copied(let range): written += Self.png[range]
                case .written(let bytes): written += bytes
                }
            }
            let files = ["notes.png": Data("words".utf8), "plain.png": Self.png, "made.png": written]
            for (name, content) in files { try content.write(to: bench.folder.appending(path: name)) }
            for name in ["notes.png", "missing.png", "plain.png", "made.png"] {
                bench.runtime.images.examine(bench.folder.appending(path: name).path, name)
            }
            var told: [DroppedPicture] = []
            for _ in 0..<2 {
                told.append(
                    try await bench.posted.next { action -> DroppedPicture? in
                        if case .pictureExamined(let picture) = action { picture } else { nil }
                    }
                )
            }
            let recipe = PictureRecipe(
                madeBy: "darkroom",
                model: "a/b",
                prompt: "a fox",
                inputs: ["steps": 4, "seed": 7],
                omitted: ["image"]
            )
            #expect(told == [DroppedPicture(text: "plain.png"), DroppedPicture(text: "made.png", recipe: recipe)])
        }
    }
}
