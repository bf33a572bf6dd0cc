import Foundation
import ReplicateClient
import Testing

@testable import Predictions

struct PartialOutputsTests {
    @Test func `what a killed process left is swept away, and nothing else`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (stale, fresh) = (".\(UUID().uuidString.lowercased()).part", ".\(UUID().uuidString.lowercased()).part")
        for name in [stale, fresh, ".mine.part", "fox.part", "fox.webp"] {
            try Data("x".utf8).write(to: folder.appending(path: name))
        }
        let old = Date(timeIntervalSinceNow: -7_200)
        for name in [stale, ".mine.part", "fox.part", "fox.webp"] {
            try FileManager.default.setAttributes(
                [.modificationDate: old],
                ofItemAtPath: folder.appending(path: name).path
            )
        }
        _ = PartialOutputs().take("p/0", in: folder)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(left == [fresh, ".mine.part", "fox.part", "fox.webp"].sorted())
    }

    @Test func `what has arrived is there at the next try, once`() {
        let parts = PartialOutputs()
        let folder = FileManager.default.temporaryDirectory
        let file = parts.take("p/0", in: folder)
        parts.keep(file, as: "p/0")
        #expect(parts.take("p/0", in: folder) === file)
        #expect(parts.take("p/0", in: folder) !== file)
    }

    @Test func `every process looks for a part in the same place, and none takes what another one writes`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let mine = PartialOutputs().take("p/0", in: folder)
        let whileOpen = PartialOutputs().take("p/0", in: folder)
        #expect(whileOpen.path != mine.path)
        #expect(PartialOutputs().take("p/1", in: folder).path != mine.path)
        mine.discard()
        #expect(PartialOutputs().take("p/0", in: folder).path == mine.path)
        #expect(URL(filePath: mine.path).deletingLastPathComponent().path == folder.path)
    }

    @Test func `a part and its note are swept away together`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let part = ".\(UUID().uuidString.lowercased()).part"
        for name in [part, "\(part).json", ".fox.part.json"] {
            let place = folder.appending(path: name).path
            try Data("x".utf8).write(to: URL(filePath: place))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -7_200)],
                ofItemAtPath: place
            )
        }
        PartialOutputs().take("p/0", in: folder).discard()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [".fox.part.json"])
    }
}
