import Foundation
import Glibc
import Pixels
import TestSupport
import Testing

@testable import Terminal

/// A terminal that is asked what it can draw, outside of the studio.
struct TerminalInquiryTests {
    /// A pseudo-terminal whose other end answers as soon as the last question has come.
    private final class Answering: Sendable {
        let pair: TerminalPair
        private let asked = Mailbox()

        init(pixels: (Int, Int) = (0, 0), answers: [String]) throws {
            pair = try TerminalPair(columns: 80, rows: 24)
            var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: UInt16(pixels.0), ws_ypixel: UInt16(pixels.1))
            _ = ioctl(pair.line, UInt(TIOCSWINSZ), &size)
            let (controller, asked) = (pair.controller, asked)
            guard !answers.isEmpty else { return }
            Thread {
                var rest = answers[...]
                var heard: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4_096)
                while let answer = rest.first {
                    let count = read(controller, &buffer, buffer.count)
                    guard count > 0 else { return }
                    heard += buffer[..<count]
                    asked.put(heard)
                    // The primary attributes are asked for last; then the terminal around tmux.
                    let isWhole =
                        rest.count == answers.count
                        ? heard.ends(with: "\u{1B}[c") : heard.ends(with: "\u{1B}\u{1B}\\\u{1B}\\")
                    guard isWhole else { continue }
                    rest = rest.dropFirst()
                    _ = Array(answer.utf8).withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
                }
            }.start()
        }

        var questions: String { String(decoding: asked.bytes, as: UTF8.self) }

        func ask(_ environment: [String: String] = ["TERM": "xterm-256color"], limit: Duration = .seconds(60))
            -> TerminalTraits?
        {
            TerminalInquiry.ask(input: pair.line, output: pair.line, environment: environment, limit: limit)
        }

        deinit { for end in [pair.controller, pair.line] { close(end) } }
    }

    private final class Mailbox: @unchecked Sendable {
        private let lock = NSLock()
        private var held: [UInt8] = []
        var bytes: [UInt8] { lock.withLock { held } }
        func put(_ bytes: [UInt8]) { lock.withLock { held = bytes } }
    }

    @Test func `what it answers is taken over, and its settings are as before`() throws {
        let terminal = try Answering(answers: [
            "\u{1B}]11;rgb:1414/1515/1a1a\u{1B}\\\u{1B}P>|foot(1.16.2)\u{1B}\\\u{1B}[6;20;9t\u{1B}[?1;0;64S\u{1B}[?62;4;22c"
        ])
        var before = termios()
        tcgetattr(terminal.pair.line, &before)
        let traits = try #require(terminal.ask())
        #expect((traits.name, traits.versionNumbers) == ("foot", [1, 16, 2]))
        #expect(traits.cell == CellPixels(width: 9, height: 20))
        #expect(traits.attributes == [62, 4, 22])
        #expect(traits.background == .rgb(0x14, 0x15, 0x1A))
        #expect(traits.sixelLimits.colors == 64)
        var after = termios()
        tcgetattr(terminal.pair.line, &after)
        #expect((before.c_lflag, before.c_iflag, before.c_oflag) == (after.c_lflag, after.c_iflag, after.c_oflag))
        // Background and name are asked for before the attributes, which every terminal answers.
        #expect(terminal.questions.contains("]11;?") && terminal.questions.contains("[>0q"))
    }

    @Test func `the line tells pixels where the terminal does not`() throws {
        let terminal = try Answering(pixels: (800, 480), answers: ["\u{1B}[?62c"])
        #expect(try #require(terminal.ask()).cell == CellPixels(width: 10, height: 20))
    }

    @Test func `inside of tmux the terminal around it is asked too`() throws {
        let terminal = try Answering(answers: ["\u{1B}P>|tmux 3.4\u{1B}\\\u{1B}[?1;2;4c", "\u{1B}_Gi=31;OK\u{1B}\\"])
        let traits = try #require(terminal.ask(["TERM": "tmux-256color", "TMUX": "/tmp/t,1,0"]))
        #expect(traits.multiplexer == .tmux && traits.hasKittyGraphics)
        #expect(terminal.questions.contains("\u{1B}Ptmux;"))
    }

    @Test func `one that answers nothing is known by its environment only`() throws {
        let terminal = try Answering(answers: [])
        let traits = try #require(terminal.ask(["TERM": "xterm", "KITTY_WINDOW_ID": "1"], limit: .milliseconds(1)))
        #expect(traits.version == nil && traits.attributes == nil && traits.outerName == "kitty")
    }

    @Test func `what was typed ahead stays for the program that runs next`() throws {
        let terminal = try Answering(answers: [])
        var raw = termios()
        tcgetattr(terminal.pair.line, &raw)
        // Lines arrive at once only where they are not edited.
        cfmakeraw(&raw)
        tcsetattr(terminal.pair.line, TCSANOW, &raw)
        _ = Array("ls\r".utf8).withUnsafeBytes { write(terminal.pair.controller, $0.baseAddress, $0.count) }
        #expect(terminal.ask() == nil)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(read(terminal.pair.line, &buffer, 16) == 3)
        #expect(buffer.starts(with: Array("ls\r".utf8)))
    }

    @Test(arguments: [["TERM": "dumb"], ["TERM": "linux"], ["TERM": "vt100"]])
    func `a console that answers no questions is asked none`(environment: [String: String]) throws {
        let terminal = try Answering(answers: [])
        #expect(terminal.ask(environment) == nil)
        var ready = pollfd(fd: terminal.pair.controller, events: Int16(POLLIN), revents: 0)
        #expect(poll(&ready, 1, 0) == 0)
    }

    @Test func `a file is not asked`() {
        let file = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(file) }
        #expect(TerminalInquiry.ask(input: file, output: file, environment: ["TERM": "xterm"]) == nil)
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
