import Foundation
import Glibc
import Testing

@testable import Commands

struct FileLogTests {
    @Test func `the log is a file or nothing: what nobody reads is not waited for`() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("state/darkroom.log")
        let descriptor = try #require(FileLogHandler.open(file))
        close(descriptor)
        let pipe = folder.file("pipe")
        #expect(mkfifo(pipe.path, 0o600) == 0)
        #expect(FileLogHandler.open(pipe) == nil)
        try FileManager.default.createSymbolicLink(at: folder.file("link"), withDestinationURL: pipe)
        #expect(FileLogHandler.open(folder.file("link")) == nil)
        #expect(FileLogHandler.open(folder.url) == nil)
    }
}
