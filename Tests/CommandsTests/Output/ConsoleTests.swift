import Foundation
import Glibc
import ReplicateAPI
import Synchronization
import TestSupport
import Testing

@testable import Commands

struct ConsoleTests {
    private static let hostile = "a\u{1B}]0;x\u{7}b\u{9B}2Jc\u{202E}d"

    @Test func `a result goes into a pipe as it is, and to a terminal without what is no text`() async throws {
        let piped = try await captured { $0.print("a\u{1B}[1mb\tc\n") }
        #expect(piped.output == "a\u{1B}[1mb\tc\n\n")
        let shown = try await captured(output: .terminal(columns: 80)) { $0.print("\(Self.hostile)\tx\ny") }
        #expect(!shown.output.contains("\u{1B}") && !shown.output.contains("\u{7}"))
        #expect(!shown.output.contains("\u{9B}") && !shown.output.contains("\u{202E}"))
        #expect(shown.output.hasSuffix("\tx\ny\n"))
    }

    @Test(arguments: [CapturedStream.Kind.pipe, .terminal(columns: 80)])
    func `messages are harmless wherever they go, and stand on one line unless told on several`(
        kind: CapturedStream.Kind
    ) async throws {
        let written = try await captured(messages: kind) { console in
            console.say(Self.hostile + "\nx")
            console.fail(Self.hostile)
            console.tell("one\ntwo\(Self.hostile)")
        }
        #expect(!written.messages.contains("\u{1B}") && !written.messages.contains("\u{9B}"))
        #expect(written.messages.count { $0 == "\n" } == 4)
        #expect(written.messages.contains("one\ntwoa"))
    }

    @Test func `whoever wants quiet hears of failures alone`() async throws {
        let written = try await captured(messages: .terminal(columns: 80), isQuiet: true) { console in
            console.say("said")
            console.progress("half")
            console.fail("failed")
            console.print("result")
        }
        #expect(written.messages == "failed\n")
        #expect(written.output == "result\n")
    }

    @Test func `progress replaces its line on a terminal, and is nothing in a pipe`() async throws {
        func progress(_ console: Console) {
            console.progress("1 of 2\u{1B}[2J")
            console.endProgress()
        }
        #expect(try await captured(progress).messages.isEmpty)
        let shown = try await captured(messages: .terminal(columns: 80), progress).messages
        #expect(shown.hasPrefix("\r\u{1B}[K1 of 2␛[2J"))
        #expect(shown.hasSuffix("\r\u{1B}[K"))
    }

    @Test func `a document is one line that is counted, and text is none`() async throws {
        let written = try await captured { console in
            console.print("text")
            #expect(!console.hasPrintedDocument)
            console.print(["b": .string(Self.hostile), "a": 1])
            #expect(console.hasPrintedDocument)
        }
        let line = try #require(written.output.split(separator: "\n").last)
        #expect(line.hasPrefix(#"{"a":1,"b":"#))
        #expect(line.utf8.allSatisfy { $0 >= 0x20 })
        #expect(!line.contains("\u{9B}"))
        #expect(try JSONValue(parsing: Data(line.utf8))["b"] == .string(Self.hostile))
    }

    @Test(
        arguments: [("y\n", true), ("Yes\n", true), ("n\n", false), ("\n", false), ("yo\n", false)] as [(String, Bool)]
    )
    func `only yes is a yes`(typed: String, answer: Bool) async throws {
        let terminal = try TerminalPair(columns: 80, rows: 24)
        defer {
            close(terminal.line)
            close(terminal.controller)
        }
        #expect(write(terminal.controller, typed, typed.utf8.count) == typed.utf8.count)
        let written = try await captured(messages: .terminal(columns: 80), input: terminal.line) { console in
            #expect(console.ask("Run\u{1B}[2J?") == answer)
        }
        #expect(written.messages == "Run␛[2J? [y/N] ")
        // Whoever cannot read the question cannot answer it.
        let unseen = try await captured(input: terminal.line) { #expect($0.ask("Run?") == nil) }
        #expect(unseen.messages.isEmpty)
    }

    @Test func `nobody is asked where nobody can answer`() async throws {
        let written = try await captured(messages: .terminal(columns: 80)) { #expect($0.ask("Run?") == nil) }
        #expect(written.messages.isEmpty)
    }

    @Test func `the width is that of the terminal with the results, and a pipe has none`() async throws {
        _ = try await captured(output: .terminal(columns: 57)) { #expect($0.columns == 57) }
        _ = try await captured(messages: .terminal(columns: 57)) { #expect($0.columns == nil) }
    }

    @Test func `a reader that has seen enough is no failure`() async throws {
        let written = try await captured(output: .abandonedPipe, onLostResult: { Issue.record("lost") }) { console in
            #expect(!console.hasLostReader)
            console.print("result")
            #expect(console.hasLostReader)
            try console.write(bytes: Data("more".utf8))
        }
        #expect(written.messages.isEmpty)
    }

    @Test func `a result that cannot be written is a failure with its reason`() async throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let lost = Mutex(0)
        let words = try CapturedStream(.pipe)
        let console = Console(input: -1, output: full, messages: words.descriptor) { lost.withLock { $0 += 1 } }
        console.print("result")
        #expect(lost.withLock { $0 } == 1)
        #expect(!console.hasLostReader)
        let error = #expect(throws: CommandError.self) { try console.write(bytes: Data("x".utf8)) }
        #expect(error?.status == .notWritable)
        #expect(await words.close() == "darkroom: the result cannot be written: No space left on device\n")
    }

    @Test func `a long result comes whole through a pipe`() async throws {
        let text = String(repeating: "狐", count: 100_000)
        #expect(try await captured { $0.print(text) }.output == text + "\n")
    }

    @Test func `a cell has its width, and stands on one line`() {
        #expect(Console.cell("a\n b", 6) == "a b   ")
        #expect(Console.cell("狐狐狐", 4).count < 4)
        #expect(Console.line(" a\t\u{1B}b \n") == "a ␛b")
    }
}

struct StalledReaderTests {
    @Test func `a pipe with room, a terminal, and one that nobody reads any more are written to`() async throws {
        let reader = StalledReader()
        for kind in [CapturedStream.Kind.pipe, .terminal(columns: 80), .abandonedPipe] {
            let stream = try CapturedStream(kind)
            #expect(reader.takes(stream.descriptor), "\(kind)")
            _ = await stream.close()
        }
    }
}
