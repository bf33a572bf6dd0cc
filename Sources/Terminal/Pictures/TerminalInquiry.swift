import Glibc
package import Pixels

/// Asks a terminal what it can draw, outside of the studio. Waits for the answers.
package enum TerminalInquiry {
    /// What a terminal has answered within `limit`. Keys that are pressed meanwhile are lost.
    ///
    /// nil, and nothing is asked, when it is no terminal, when it is a console that answers no questions, or when something
    /// was typed ahead, which is for the program that runs next and cannot be told from an answer.
    ///
    /// - Parameter limit: how long the last answer may take; a terminal that answers is done at once.
    package static func ask(
        input: Int32,
        output: Int32,
        environment: [String: String],
        limit: Duration = .seconds(1)
    ) -> TerminalTraits? {
        var saved = termios()
        guard isatty(output) == 1, tcgetattr(input, &saved) == 0,
            let choice = try? TerminalChoice(environment: environment, depth: nil), choice.answersQueries
        else { return nil }
        var raw = saved
        cfmakeraw(&raw)
        tcsetattr(input, TCSANOW, &raw)
        var ready = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 0) == 0 else {
            tcsetattr(input, TCSANOW, &saved)
            return nil
        }
        defer { tcsetattr(input, TCSAFLUSH, &saved) }
        var asked = Conversation(input: input, output: output, traits: TerminalTraits(environment: environment))
        asked.say(TerminalQueries.look)
        asked.listen(for: limit) { $0.attributes != nil }
        // The terminal around tmux answers later than tmux itself.
        if asked.traits.multiplexer == .tmux {
            asked.say(TerminalQueries.kittyThroughTmux)
            asked.listen(for: min(limit, .milliseconds(500))) { $0.hasKittyGraphics }
        }
        return asked.traits
    }

    private struct Conversation {
        let input: Int32
        let output: Int32
        var traits: TerminalTraits
        private var parser = InputParser()

        init(input: Int32, output: Int32, traits: TerminalTraits) {
            self.input = input
            self.output = output
            self.traits = traits
            let window = cells
            let pixels = window.pixels
            self.traits.measure(width: pixels.columns, height: pixels.rows, window.cells)
        }

        func say(_ text: String) {
            _ = Array(text.utf8).withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
        }

        mutating func listen(for limit: Duration, until isEnough: (TerminalTraits) -> Bool) {
            let end = ContinuousClock.now + limit
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while !isEnough(traits) {
                let left = end - ContinuousClock.now
                guard left > .zero else { return }
                var ready = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
                guard poll(&ready, 1, Int32(left / .milliseconds(1)) + 1) > 0 else { continue }
                let count = read(input, &buffer, buffer.count)
                guard count > 0 else { return }
                for case .reply(let reply) in parser.feed(buffer[..<count]) {
                    traits.receive(reply, cells: cells.cells)
                }
            }
        }

        private var cells: (cells: Size, pixels: Size) {
            var window = winsize()
            guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0 else { return (.zero, .zero) }
            return (
                Size(columns: Int(window.ws_col), rows: Int(window.ws_row)),
                Size(columns: Int(window.ws_xpixel), rows: Int(window.ws_ypixel))
            )
        }
    }
}
