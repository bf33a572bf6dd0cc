import Foundation
import Pictures
import Testing

@testable import Sandbox
@testable import StudioRuntime

/// Small pictures on the disk: made once, found whatever their file is called, and no more of them than a limit.
struct ThumbnailStoreTests {
    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "thumbnails-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func picture(_ seed: Int, width: Int = 900, height: Int = 300, at file: URL) throws {
        let canvas = Painter.paint(prompt: "a fox", seed: seed, width: width, height: height)
        try #require(canvas.encoded(.png, quality: 80)).write(to: file)
    }

    private func kept(_ folder: URL) -> [URL] {
        (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    }

    @Test func `a picture is made small, and the same one is found under another name`() async throws {
        try await inFolder { folder in
            let store = ThumbnailStore(folder: folder.appending(path: "kept"))
            let (one, other) = (folder.appending(path: "one.png"), folder.appending(path: "other.png"))
            try picture(1, at: one)
            try FileManager.default.copyItem(at: one, to: other)
            let first = try await store.picture(of: one).bitmap
            #expect(first.width <= ThumbnailStore.side && first.height <= ThumbnailStore.side)
            #expect(max(first.width, first.height) > ThumbnailStore.side / 2)
            #expect(abs(Double(first.width) / Double(first.height) - 3) < 0.1)
            #expect(kept(folder.appending(path: "kept")).count == 1)
            _ = try await store.picture(of: other).bitmap
            _ = try await store.picture(of: one).bitmap
            #expect(kept(folder.appending(path: "kept")).count == 1)
        }
    }

    @Test func `nobody else may look into them`() async throws {
        try await inFolder { folder in
            let place = folder.appending(path: "kept")
            let store = ThumbnailStore(folder: place)
            let file = folder.appending(path: "one.png")
            try picture(1, at: file)
            _ = try await store.picture(of: file).bitmap
            func mode(_ url: URL) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
            }
            #expect(try mode(place) == 0o700)
            #expect(try mode(try #require(kept(place).first)) == 0o600)
        }
    }

    @Test func `a file that was changed under its name is made anew`() async throws {
        try await inFolder { folder in
            let store = ThumbnailStore(folder: folder.appending(path: "kept"))
            let file = folder.appending(path: "one.png")
            try picture(1, at: file)
            let before = try await store.picture(of: file).bitmap
            try picture(2, width: 300, height: 900, at: file)
            let after = try await store.picture(of: file).bitmap
            #expect(before.width > before.height && after.width < after.height)
        }
    }

    @Test func `above the limit the ones that were used longest ago go, and what is dropped is made again`()
        async throws
    {
        try await inFolder { folder in
            let place = folder.appending(path: "kept")
            let files = (0..<12).map { folder.appending(path: "\($0).png") }
            for (number, file) in files.enumerated() { try picture(number, at: file) }
            // Room for a few of them.
            let measuring = ThumbnailStore(folder: place)
            _ = try await measuring.picture(of: files[0]).bitmap
            let size = try #require(
                kept(place).first.flatMap { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize }
            )
            let store = ThumbnailStore(folder: place, mostBytes: size * 5)
            for file in files { _ = try await store.picture(of: file).bitmap }
            let sum = try kept(place).reduce(0) { $0 + (try $1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
            #expect(sum <= size * 6)
            #expect(kept(place).count < files.count && !kept(place).isEmpty)
            let again = try await store.picture(of: files[0]).bitmap
            #expect(again.width > 0)
        }
    }

    @Test func `what is no picture is an error, and nothing of it is kept`() async throws {
        try await inFolder { folder in
            let place = folder.appending(path: "kept")
            let store = ThumbnailStore(folder: place)
            let file = folder.appending(path: "words.png")
            try Data("no picture".utf8).write(to: file)
            await #expect(throws: PictureError.self) { try await store.picture(of: file).bitmap }
            await #expect(throws: PictureError.self) {
                try await store.picture(of: folder.appending(path: "none.png")).bitmap
            }
            #expect(kept(place).isEmpty)
        }
    }

    @Test func `a small picture that was damaged on the disk is made again`() async throws {
        try await inFolder { folder in
            let place = folder.appending(path: "kept")
            let store = ThumbnailStore(folder: place)
            let file = folder.appending(path: "one.png")
            try picture(1, at: file)
            let before = try await store.picture(of: file).bitmap
            try Data("damaged".utf8).write(to: try #require(kept(place).first))
            let after = try await store.picture(of: file).bitmap
            #expect((after.width, after.height) == (before.width, before.height))
            #expect(kept(place).count == 1)
        }
    }

    @Test func `a folder that cannot be written does not keep a picture from being seen`() async throws {
        try await inFolder { folder in
            // A file stands where the folder would be.
            let place = folder.appending(path: "kept")
            try Data().write(to: place)
            let store = ThumbnailStore(folder: place)
            let file = folder.appending(path: "one.png")
            try picture(1, at: file)
            #expect(try await store.picture(of: file).bitmap.width > 0)
        }
    }
}
