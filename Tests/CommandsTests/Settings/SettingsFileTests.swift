import Foundation
import Glibc
import Testing

@testable import Commands

struct SettingsFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func mistake(at file: URL) -> String? {
        do throws(SettingsFile.Mistake) {
            _ = try SettingsFile.text(at: file)
            return nil
        } catch { return error.description }
    }

    @Test func `a file is read, and none is none`() throws {
        let file = try folder.write("budget: {run: 1} # für", to: "a.yaml")
        #expect(try SettingsFile.text(at: file) == "budget: {run: 1} # für")
        #expect(try SettingsFile.text(at: folder.write("", to: "empty")) == "")
        #expect(try SettingsFile.text(at: folder.file("missing")) == nil)
        #expect(try SettingsFile.text(at: folder.file("a.yaml/below a file")) == nil)
        try FileManager.default.createSymbolicLink(at: folder.file("link"), withDestinationURL: file)
        #expect(try SettingsFile.text(at: folder.file("link")) == "budget: {run: 1} # für")
    }

    @Test func `a byte that is no UTF-8 is told with its line`() throws {
        let file = folder.file("latin1")
        try Data(Array("a: 1\nb: 2 # f".utf8) + [0xFC] + Array("r\n".utf8)).write(to: file)
        #expect(mistake(at: file) == "\(file.path), line 2 is no UTF-8: save it in that encoding")
    }

    @Test func `what is no file is refused without waiting for it`() throws {
        let pipe = folder.file("pipe")
        #expect(mkfifo(pipe.path, 0o600) == 0)
        #expect(mistake(at: pipe) == "\(pipe.path) is no ordinary file")
        #expect(mistake(at: folder.url) == "\(folder.url.path) is a folder where a file is expected")
        #expect(mistake(at: URL(filePath: "/dev/zero")) == "/dev/zero is no ordinary file")
    }

    @Test func `a link to nothing is a file that cannot be read, wherever on the way it is`() throws {
        let (link, below) = (folder.file("link"), folder.file("link/config.yaml"))
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.file("gone"))
        #expect(mistake(at: link) == "\(link.path) is a link to nothing")
        #expect(mistake(at: below) == "\(link.path) is a link to nothing")
        let loop = folder.file("loop")
        try FileManager.default.createSymbolicLink(at: loop, withDestinationURL: loop)
        #expect(mistake(at: loop)?.hasPrefix("\(loop.path) cannot be read") == true)
    }

    @Test func `a file that is too large is refused`() throws {
        let file = try folder.write(String(repeating: "#", count: SettingsFile.most + 1), to: "large")
        #expect(mistake(at: file) == "\(file.path) is too large: at most 1 MB is read")
        try folder.write(String(repeating: "#", count: SettingsFile.most), to: "large")
        #expect(mistake(at: file) == nil)
    }

    @Test(.enabled(if: geteuid() != 0, "everything may be read by root"))
    func `a file without the right to read it is refused`() throws {
        let file = try folder.write("budget: {run: 1}", to: "secret")
        chmod(file.path, 0)
        #expect(mistake(at: file)?.hasPrefix("\(file.path) cannot be read") == true)
    }
}
