import Foundation
import Glibc
import Synchronization
import Testing

@testable import Service

@Suite(.timeLimit(.minutes(10)))
struct LineWriterTests {
    /// Both ends of a pipe.
    private struct Ends {
        let reading: FileHandle
        let writing: FileHandle

        init() {
            // As the program does: a reader that has gone is an error of the write, not the end of the process.
            signal(SIGPIPE, SIG_IGN)
            let pipe = Pipe()
            (reading, writing) = (pipe.fileHandleForReading, pipe.fileHandleForWriting)
        }
    }

    /// - Parameter descriptor: one that nobody closes, where the writer may outlive the test; nil: the pipe's own.
    private func writer(
        _ ends: Ends,
        limit: Int = 1 << 20,
        descriptor: Int32? = nil,
        _ onDrop: @escaping @Sendable () -> Void = {}
    ) -> LineWriter {
        LineWriter(
            to: descriptor ?? ends.writing.fileDescriptor,
            limit: limit,
            notice: { "lost \($0)\n" },
            onDrop: onDrop
        )
    }

    @Test func `lines come in their order`() throws {
        let ends = Ends()
        let writer = writer(ends)
        for number in 0..<1_000 { writer.write("\(number)\n") }
        writer.flush(within: .seconds(60))
        writer.close()
        try ends.writing.close()
        let text = String(decoding: try #require(try ends.reading.readToEnd()), as: UTF8.self)
        #expect(text == (0..<1_000).map { "\($0)\n" }.joined())
    }

    @Test func `a reader that stalls stops nobody, and hears how much it missed`() throws {
        let ends = Ends()
        let dropped = Mutex(0)
        let writer = writer(ends, limit: 100_000) { dropped.withLock { $0 += 1 } }
        let line = String(repeating: "x", count: 999) + "\n"
        // Far more than pipe and queue hold; nobody reads, and yet it returns.
        for _ in 0..<1_000 { writer.write(line) }
        let lost = dropped.withLock { $0 }
        #expect(lost > 700)
        let text = Mutex("")
        let reading = Thread {
            while case let data = ends.reading.availableData, !data.isEmpty {
                text.withLock { $0 += String(decoding: data, as: UTF8.self) }
            }
        }
        reading.start()
        writer.flush(within: .seconds(60))
        writer.write("after\n")
        writer.flush(within: .seconds(60))
        writer.close()
        while !text.withLock({ $0.hasSuffix("after\n") }) { usleep(1_000) }
        let lines = text.withLock { $0.split(separator: "\n") }
        // What was dropped while there was room again is told of by itself.
        let notices = lines.filter { $0.hasPrefix("lost ") }.compactMap { Int($0.dropFirst("lost ".count)) }
        #expect(notices.reduce(0, +) == lost)
        #expect(lines.last == "after")
        #expect(lines.count == 1_000 - lost + notices.count + 1)
        #expect(dropped.withLock { $0 } == lost)
        try ends.writing.close()
    }

    /// The last line ends before its notice is written: whoever waits has to be told of the notice too.
    @Test(arguments: 0..<50)
    func `who waits for the end hears of lines that were lost at the very end`(round: Int) throws {
        let ends = Ends()
        let writer = writer(ends, limit: 10)
        for _ in 0..<3 { writer.write("12345678\n") }
        writer.flush(within: .seconds(3_600))
        writer.close()
        try ends.writing.close()
        let text = String(decoding: try #require(try ends.reading.readToEnd()), as: UTF8.self)
        let lines = text.split(separator: "\n")
        let notices = lines.filter { $0.hasPrefix("lost ") }.compactMap { Int($0.dropFirst("lost ".count)) }
        #expect(lines.count - notices.count + notices.reduce(0, +) == 3)
    }

    @Test func `a reader that has gone stops nobody`() throws {
        let ends = Ends()
        let writer = writer(ends, descriptor: dup(ends.writing.fileDescriptor))
        try ends.reading.close()
        for number in 0..<100 { writer.write("\(number)\n") }
        writer.flush(within: .seconds(60))
        writer.close()
    }

    @Test func `who waits for the end waits no longer than it may`() {
        let ends = Ends()
        let writer = writer(ends, descriptor: dup(ends.writing.fileDescriptor))
        writer.write(String(repeating: "x", count: 500_000))
        writer.flush(within: .milliseconds(1))
        try? ends.reading.close()
        writer.close()
    }
}
