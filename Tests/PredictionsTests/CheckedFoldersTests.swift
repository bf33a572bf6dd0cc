import Foundation
import Glibc
import ReplicateClient
import Testing

@testable import Predictions

struct CheckedFoldersTests {
    @Test func `a folder that takes files is not asked again for a while, and one that does not is asked each time`() {
        let folders = CheckedFolders()
        let start = ContinuousClock.now
        var asked = 0
        func ask(_ folder: String, after seconds: Int, _ answer: String?) -> String? {
            folders.obstacle(in: folder, now: start + .seconds(seconds)) {
                asked += 1
                return answer
            }
        }
        #expect(ask("/a", after: 0, "it is full") == "it is full")
        #expect(ask("/a", after: 1, nil) == nil)
        #expect(ask("/a", after: 2, "it is full") == nil)
        #expect(asked == 2)
        #expect(ask("/b", after: 2, "it is no folder") == "it is no folder")
        #expect(ask("/a", after: 60, "it is full") == "it is full")
        #expect(ask("/a", after: 61, "it is full") == "it is full")
        #expect(asked == 5)
    }

    @Test func `a regular file, a link and nothing can be replaced, and nothing else`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kinds-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appending(path: name).path }
        try Data("x".utf8).write(to: URL(filePath: path("file")))
        try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: path("file"))
        try FileManager.default.createDirectory(atPath: path("folder"), withIntermediateDirectories: false)
        #expect(mkfifo(path("pipe"), 0o600) == 0)
        for name in ["file", "link", "nothing"] { #expect(FinalName.isReplaceable(path(name)), "\(name)") }
        for name in ["folder", "pipe"] { #expect(!FinalName.isReplaceable(path(name)), "\(name)") }
        #expect(!FinalName.isReplaceable("/dev/null"))
        try Data("new".utf8).write(to: URL(filePath: path(".part")))
        #expect(throws: DownloadError.self) {
            try FinalName(folder: folder).take(path(".part"), stem: "pipe", ending: "", replacing: true)
        }
        #expect(!FinalName.isReplaceable(path("pipe")))
        #expect(!FileManager.default.fileExists(atPath: path(".part")))
    }
}
