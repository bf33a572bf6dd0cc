import Glibc
import Terminal
import Testing

struct InputReaderTests {
    /// A pipe instead of a terminal.
    private struct Line {
        let reading: Int32
        let writing: Int32

        init() {
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            (reading, writing) = (ends[0], ends[1])
        }

        func type(_ text: String) {
            _ = Array(text.utf8).withUnsafeBytes { Glibc.write(writing, $0.baseAddress, $0.count) }
        }
    }

    @Test func `a single Esc is a key after its timeout, and an arrow is one key`() {
        let line = Line()
        defer { [line.reading, line.writing].forEach { close($0) } }
        var reader = InputReader(descriptor: line.reading, waker: Waker())
        line.type("\u{1B}")
        #expect(reader.wait().events == [])
        #expect(reader.wait().events == [.key(Key(.escape))])
        line.type("\u{1B}[A")
        #expect(reader.wait().events == [.key(Key(.up))])
    }

    @Test func `a paste without an end becomes text after the timeout, and interrupt ends it at once`() {
        let line = Line()
        defer { [line.reading, line.writing].forEach { close($0) } }
        var reader = InputReader(
            descriptor: line.reading,
            waker: Waker(),
            sequenceTimeout: .milliseconds(1)
        )
        line.type("\u{1B}[200~never ends")
        #expect(reader.wait().events == [])
        #expect(reader.wait().events == [.paste("never ends")])
        #expect(reader.wait(timeout: .zero).events == [])
        var patient = InputReader(
            descriptor: line.reading,
            waker: Waker(),
            sequenceTimeout: .seconds(3_600)
        )
        line.type("\u{1B}[200~never ends\u{3}x")
        #expect(patient.wait().events == [])
        line.type("\u{3}")
        #expect(patient.wait().events == [.paste("never endsx"), .key(Key("ctrl+c")!)])
    }

    @Test func `an incomplete answer is dropped, and an arrow may arrive in pieces`() {
        let line = Line()
        defer { [line.reading, line.writing].forEach { close($0) } }
        var reader = InputReader(
            descriptor: line.reading,
            waker: Waker(),
            escapeTimeout: .seconds(3_600),
            sequenceTimeout: .milliseconds(1)
        )
        line.type("\u{1B}]11;rgb:ff")
        #expect(reader.wait().events == [])
        #expect(reader.wait().events == [])
        line.type("x")
        #expect(reader.wait().events == [.key(Key("x")!)])
        line.type("\u{1B}")
        #expect(reader.wait().events == [])
        line.type("[D")
        #expect(reader.wait().events == [.key(Key(.left))])
        // With the kitty protocol a single Esc byte is not a key, so it is not waited for.
        reader.hasUnambiguousEscape = true
        line.type("\u{1B}")
        #expect(reader.wait().events == [])
        #expect(reader.wait().events == [.key(Key(.escape))])
    }

    @Test func `several wake-ups make one event, and a later one makes another`() {
        let line = Line()
        defer { [line.reading, line.writing].forEach { close($0) } }
        let waker = Waker()
        var reader = InputReader(descriptor: line.reading, waker: waker)
        waker.wake()
        waker.wake()
        #expect(reader.wait().isWoken)
        #expect(!reader.wait(timeout: .zero).isWoken)
        waker.wake()
        #expect(reader.wait().isWoken)
    }

    @Test func `what is typed is not read before the terminal was taken again`() {
        let line = Line()
        defer { [line.reading, line.writing].forEach { close($0) } }
        var signals: TerminalSignals.Pending = .continued
        var reader = InputReader(descriptor: line.reading, waker: Waker(), signals: { signals })
        line.type("\u{1B}")
        let batch = reader.wait()
        #expect(batch.signals == .continued)
        #expect(batch.events == [])
        signals = []
        line.type("[A")
        #expect(reader.wait().events == [.key(Key(.up))])
    }

    @Test func `a closed terminal gives one hangup`() {
        let line = Line()
        defer { close(line.reading) }
        var reader = InputReader(descriptor: line.reading, waker: Waker())
        line.type("q")
        close(line.writing)
        #expect(reader.wait().events == [.key(Key("q")!), .hangup])
        #expect(reader.wait(timeout: .zero).events == [])
    }
}
