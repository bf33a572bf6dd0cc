import Composing
import Foundation
import Glibc
import Testing

@testable import Commands

struct InputFilesTests {
    /// Files of a command whose standard input holds these bytes.
    private func withFiles(_ input: String, _ body: (InputFiles, URL) throws -> Void) throws {
        try withFiles(Array(input.utf8), body)
    }

    private func withFiles(_ bytes: [UInt8], _ body: (InputFiles, URL) throws -> Void) throws {
        let folder = try TemporaryFolder()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        #expect(write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        defer { close(ends[0]) }
        try body(InputFiles(standardInput: ends[0], home: folder.url), folder.url)
    }

    @Test func `standard input is a file, read once and kept until the end of the command`() throws {
        var path = ""
        try withFiles("\u{89}PNG") { (files: InputFiles, _: URL) throws in
            let file = try files.look(at: "-")
            #expect(file.size == 5)
            #expect(file.name == "stdin")
            #expect(try files.look(at: "-").path == file.path)
            let facts = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(facts[.posixPermissions] as? Int == 0o600)
            path = file.path
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `standard input holds one thing`() throws {
        try withFiles("a fox\n") { (files: InputFiles, _: URL) throws in
            #expect(try files.standardText(for: "the prompt") == "a fox")
            #expect(try files.standardText(for: "the prompt") == "a fox")
            let error = #expect(throws: CommandError.self) { try files.look(at: "/dev/stdin") }
            #expect(error?.description == "Standard input can hold the prompt or a file, not both")
        }
        try withFiles("") { (files: InputFiles, _: URL) throws in
            #expect(throws: CommandError.self) { try files.standardText(for: "the prompt") }
        }
    }

    @Test func `text that is not UTF-8 is refused, and only the mark before a text goes`() throws {
        try withFiles([0x63, 0xE9]) { (files: InputFiles, _: URL) throws in
            let error = #expect(throws: CommandError.self) { try files.standardText(for: "the prompt") }
            #expect(error?.description == "Standard input is no UTF-8: write the prompt in that encoding")
        }
        try withFiles("\u{FEFF}a\u{FEFF}b\n") { (files: InputFiles, _: URL) throws in
            #expect(try files.standardText(for: "the prompt").unicodeScalars.map(\.value) == [0x61, 0xFEFF, 0x62])
        }
        let folder = try TemporaryFolder()
        let descriptor = open(folder.url.path, O_RDONLY)
        defer { close(descriptor) }
        let files = InputFiles(standardInput: descriptor, home: folder.url)
        let error = #expect(throws: CommandError.self) { try files.standardText(for: "the prompt") }
        #expect(error?.description == "Standard input cannot be read: Is a directory")
    }

    @Test func `a tilde is the home, and a pipe is read to its end`() throws {
        try withFiles("") { (files: InputFiles, home: URL) throws in
            try Data("xyz".utf8).write(to: home.appending(path: "a.png"))
            #expect(try files.look(at: "~/a.png").size == 3)
            let fifo = home.appending(path: "pipe.png").path
            #expect(mkfifo(fifo, 0o600) == 0)
            let writer = Thread { try? Data("piped".utf8).write(to: URL(filePath: fifo), options: []) }
            writer.start()
            let file = try files.look(at: fifo)
            #expect(file.size == 5)
            #expect(file.name == "pipe.png")
            #expect(file.shownPath == fifo)
            #expect(file.path != fifo)
            #expect(try files.look(at: "/dev/null").shownPath == "/dev/null")
            #expect(try files.look(at: home.path).obstacle == .notRegular)
            #expect(try files.look(at: "/nowhere/x").obstacle == .missing)
        }
    }
}
