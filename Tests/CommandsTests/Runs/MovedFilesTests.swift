import Foundation
import ReplicateAPI
import ReplicateClient
import TestSupport
import Testing

@testable import Commands
@testable import Predictions

struct MovedFilesTests {
    private func saved(_ text: String, at path: String) -> SavedFile {
        let digest = Digest.hex(Digest.sha256(Data(text.utf8)))
        return SavedFile(path: path, size: Int64(text.utf8.count), sha256: digest)
    }

    private func found(_ files: [SavedFile], below folder: TemporaryFolder) -> [String: String] {
        var search = MovedFiles(files)
        search.look(below: folder.url) { _ in }
        return search.found
    }

    @Test func `a file is known by its content, whatever it is called, and not by its size alone`() throws {
        let folder = try TemporaryFolder()
        try folder.write("fax", to: "a/first.webp")
        let there = try folder.write("fox", to: "b/deep/renamed.bin")
        try folder.write("hare", to: "c/other.webp")
        let place = there.standardizedFileURL.path
        #expect(found([saved("fox", at: "/gone/fox.webp")], below: folder) == ["/gone/fox.webp": place])
        #expect(found([saved("owl", at: "/gone/owl.webp")], below: folder) == [:])
    }

    @Test func `two that were saved alike are both found in the one file that is left`() throws {
        let folder = try TemporaryFolder()
        let there = try folder.write("fox", to: "kept.webp").standardizedFileURL.path
        let files = [saved("fox", at: "/gone/1.webp"), saved("fox", at: "/gone/2.webp")]
        #expect(found(files, below: folder) == ["/gone/1.webp": there, "/gone/2.webp": there])
    }

    @Test func `what has no digest cannot be found`() throws {
        let folder = try TemporaryFolder()
        try folder.write("fox", to: "fox.webp")
        let files = [
            SavedFile(path: "/gone/1", size: 3, sha256: nil), SavedFile(path: "/gone/2", size: nil, sha256: "00"),
        ]
        #expect(found(files, below: folder) == [:])
    }

    @Test func `a picture that was moved is found and noted, and right from then on`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let file = try #require(try await commands.run("image", "a fox").lines.first)
            let place = commands.folder.file("album/the fox.webp")
            try Paths.make(place.deletingLastPathComponent())
            try FileManager.default.moveItem(atPath: file, toPath: place.path)
            let album = place.deletingLastPathComponent().path
            let lost = try await commands.run("verify", "--look-in", "\(album)/nowhere", "--json")
            #expect(lost.status == 66)
            #expect(lost.messages.contains("is no folder: --look-in names one"))
            #expect(try lost.document["exit_status"] == 66)
            let found = try await commands.run("verify", "--look-in", album, "--json")
            #expect(found.status == 0)
            let wrong = try #require(try found.document["wrong"]?.array?.first?.object)
            #expect(wrong["problem"] == "missing")
            #expect(wrong["path"] == .string(file))
            #expect(wrong["moved"] == true)
            #expect(wrong["repaired"] == .string(place.standardizedFileURL.path))
            #expect(try await commands.run("verify").messages == "1 file: 1 right.\n")
            #expect(try await commands.run("show", place.path).status == 0)
        }
    }
}
