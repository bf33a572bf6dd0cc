import Foundation
import Testing

@testable import Predictions

struct TrashTests {
    private func withFolder(_ body: (URL, Trash) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "trash-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder, Trash(folder: folder.appending(path: "trash")))
    }

    private func file(_ name: String, _ text: String, in folder: URL) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    private func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `files of one name lie beside each other, and go back where they were`() throws {
        try withFolder { folder, trash in
            let files = [try file("a/out.png", "first", in: folder), try file("b/out.png", "second", in: folder)]
            let entries = trash.take(files + [folder.appending(path: "missing.png").path])
            #expect(entries.map(\.original) == files)
            #expect(files.allSatisfy { text($0) == nil })
            try FileManager.default.removeItem(at: folder.appending(path: "b"))
            #expect(trash.putBack(entries) == [])
            #expect(files.map(text) == ["first", "second"])
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "trash").path)
            #expect(left == [])
        }
    }

    @Test func `what has the name by now is not overwritten`() throws {
        try withFolder { folder, trash in
            let path = try file("out.png", "old", in: folder)
            let entries = trash.take([path])
            _ = try file("out.png", "new", in: folder)
            #expect(trash.putBack(entries) == [path])
            #expect(text(path) == "new")
            #expect(text(entries[0].place.path) == "old")
        }
    }

    @Test func `what is old is removed, what is young stays`() throws {
        try withFolder { folder, trash in
            let entries = trash.take([try file("out.png", "text", in: folder)])
            trash.empty(at: Date(timeIntervalSinceNow: Trash.age - 60))
            #expect(text(entries[0].place.path) == "text")
            trash.empty(at: Date(timeIntervalSinceNow: Trash.age + 60))
            #expect(text(entries[0].place.path) == nil)
        }
    }
}
