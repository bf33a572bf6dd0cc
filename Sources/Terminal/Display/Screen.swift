import CNcurses
import Foundation
import Glibc

/// The terminal as something to draw on: full screen, through ncurses, output only.
///
/// Input is read from `inputDescriptor` by an `InputReader`. Bytes outside the cell grid all go through `write(raw:)`,
/// because ncurses has a buffer of its own.
@MainActor
package final class Screen {
    package let inputDescriptor: Int32
    package let depth: ColorDepth
    /// Whether anything beyond ASCII can be shown; where not, it appears as `?`.
    package let isUnicode: Bool
    /// Never empty and at most ``largest``: a terminal that says 0×0 counts as 80×24.
    package private(set) var size: Size
    /// Keys arrive by the kitty protocol, which tells Esc from the beginning of another key.
    package var hasUnambiguousKeys: Bool { modes.keyboard }
    /// The terminal holds a frame back until it is complete. Known once it has answered.
    package private(set) var synchronizesOutput = false
    /// False between `suspend()` and `resume()` and after `close()`; then nothing is drawn.
    package private(set) var isActive = true

    private let output: Int32
    private let standardError: StandardError
    private let palette: ColorPalette
    private var pairs: ColorPairs
    private var modes: Modes
    private var handle: UnsafeMutableRawPointer?
    private var shown: Surface?
    private var cursor: Cursor?
    private var isFenceOpen: Bool

    /// Takes the terminal over: alternate screen, raw input, no echo.
    ///
    /// Install `TerminalSignals` before. `TERM` and `TERMINFO` are as before afterwards; `LINES` and `COLUMNS` are
    /// gone, because they would overrule the true size, here and in children.
    /// - Parameters:
    ///   - logDescriptor: becomes standard error while the screen is up, if that is a terminal.
    ///   - depth: what the user asked for; nil goes by `COLORTERM`, `NO_COLOR` and the terminal.
    /// - Throws: when there is no terminal to draw on; nothing has been changed then.
    package static func open(
        input: Int32 = STDIN_FILENO,
        output: Int32 = STDOUT_FILENO,
        logDescriptor: Int32? = nil,
        mouse: Bool = true,
        depth: ColorDepth? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ScreenError) -> Screen {
        guard isatty(input) == 1, isatty(output) == 1 else {
            throw ScreenError(
                code: .notATerminal,
                description: "Input and output must be a terminal; run it in one, or use the commands without a screen."
            )
        }
        let choice = try TerminalChoice(environment: environment, depth: depth)
        return try Screen(input: input, output: output, logDescriptor: logDescriptor, mouse: mouse, choice: choice)
    }

    private init(
        input: Int32,
        output: Int32,
        logDescriptor: Int32?,
        mouse: Bool,
        choice: TerminalChoice
    ) throws(ScreenError) {
        inputDescriptor = input
        self.output = output
        isUnicode = cn_adopt_utf8_locale()
        // ncurses would begin with the true size, which may be more than it can bear.
        setenv("LINES", "24", 1)
        setenv("COLUMNS", "80", 1)
        defer {
            unsetenv("LINES")
            unsetenv("COLUMNS")
        }
        modes = Modes(mouse: mouse, answersQueries: choice.answersQueries)
        isFenceOpen = choice.answersQueries
        standardError = StandardError(redirectedTo: logDescriptor)
        // Before ncurses changes them, for the terminal's attributes are remembered here.
        let reset = modes.reset
        ts_arm(output, reset, reset.utf8.count, -1)
        guard let opened = Self.start(choice.entries, output: output, input: input) else {
            ts_disarm()
            throw ScreenError(
                code: .openFailed,
                description: "The terminal could not be opened for drawing; try TERM=xterm-256color."
            )
        }
        handle = opened.handle
        raw()
        noecho()
        nonl()
        // Without this ncurses stops in mid-frame as soon as a key is waiting.
        typeahead(-1)
        let hasColors = choice.depth != .mono && has_colors()
        if hasColors {
            start_color()
            use_default_colors()
        }
        let found: ColorDepth =
            opened.isDirect ? .direct : cn_colors() >= 256 ? .palette256 : cn_colors() >= 8 ? .ansi16 : .mono
        self.depth = hasColors ? min(found, choice.depth) : .mono
        palette = ColorPalette(depth: self.depth, count: Int(cn_colors()))
        pairs = ColorPairs(capacity: hasColors ? Int(cn_color_pairs()) : 1)
        size = Self.windowSize(output)
        resize_term(Int32(size.rows), Int32(size.columns))
        ts_reassert()
        standardError.redirect()
        arm()
        leaveok(cn_stdscr(), true)
        curs_set(0)
        wnoutrefresh(cn_stdscr())
        doupdate()
        write(text: modes.firstQuery + modes.enter + modes.queries)
    }

    private static func start(
        _ entries: [TerminalChoice.Entry],
        output: Int32,
        input: Int32
    ) -> (handle: UnsafeMutableRawPointer, isDirect: Bool)? {
        for entry in entries {
            let handle: UnsafeMutableRawPointer?
            switch entry {
            case .installed(let name):
                handle = cn_open(name, output, input)
            case .embedded(let terminal):
                let before = getenv("TERMINFO").map { String(cString: $0) }
                setenv("TERMINFO", terminal.terminfo, 1)
                handle = cn_open(terminal.name, output, input)
                if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") }
            }
            guard let handle else { continue }
            if cn_can_address_cursor() { return (handle, entry == .embedded(.direct)) }
            endwin()
            cn_close(handle)
        }
        return nil
    }

    // MARK: Drawing

    /// Shows a surface: one frame, of only what differs from the last. Smaller than the screen leaves the rest blank.
    ///
    /// - Parameter cursor: nil hides it, wherever it comes to rest.
    package func present(_ surface: Surface, cursor wanted: Cursor?) {
        guard isActive else { return }
        var frame = surface
        if surface.size != size {
            frame = Surface(size: size)
            frame.draw(surface, at: .zero)
        }
        let changed = put(frame)
        let place = wanted.flatMap { frame.bounds.contains($0.point) ? $0 : nil }
        guard changed || place != cursor else { return }
        leaveok(cn_stdscr(), place == nil)
        if let point = place?.point { wmove(cn_stdscr(), Int32(point.row), Int32(point.column)) }
        wnoutrefresh(cn_stdscr())
        if synchronizesOutput, changed { write(text: Modes.beginSynchronized) }
        let isShown = place?.isShown ?? false
        let wasShown = cursor?.isShown ?? false
        if wasShown, !isShown { curs_set(0) }
        doupdate()
        if isShown, !wasShown { curs_set(1) }
        if synchronizesOutput, changed { write(text: Modes.endSynchronized) }
        cursor = place
        shown = frame
    }

    /// Paints everything again, whatever the terminal shows now.
    package func redrawAll() {
        guard isActive else { return }
        clearok(cn_curscr(), true)
        if synchronizesOutput { write(text: Modes.beginSynchronized) }
        wnoutrefresh(cn_stdscr())
        doupdate()
        if synchronizesOutput { write(text: Modes.endSynchronized) }
    }

    /// Asks the terminal for its size. Returns whether it is another one; then present a surface of that size.
    package func refreshSize() -> Bool {
        guard isActive else { return false }
        let now = Self.windowSize(output)
        guard now != size else { return false }
        size = now
        resize_term(Int32(now.rows), Int32(now.columns))
        // Terminals reflow or cut what they showed; nothing of it can be relied on.
        werase(cn_stdscr())
        clearok(cn_stdscr(), true)
        shown = nil
        return true
    }

    private func put(_ frame: Surface) -> Bool {
        let before = shown?.size == frame.size ? shown?.cells : nil
        var changed = before == nil
        for (index, cell) in frame.cells.enumerated() {
            if let before, before[index] == cell { continue }
            changed = true
            if !cell.text.isEmpty { put(cell, index: index, frame: frame) }
        }
        return changed
    }

    private func put(_ cell: Cell, index: Int, frame: Surface) {
        let (attributes, pair) = look(cell.style, frame: frame)
        let row = Int32(index / frame.size.columns)
        let column = index % frame.size.columns
        let isWide = column + 1 < frame.size.columns && frame.cells[index + 1].text.isEmpty
        let glyphs = Glyphs.spelled(cell.text, columns: isWide ? 2 : 1, isUnicode: isUnicode)
        for (offset, glyph) in glyphs.enumerated() {
            cn_put(row, Int32(column + offset), glyph, Int32(glyph.count), UInt32(attributes.rawValue), pair)
        }
    }

    private func look(_ style: Style, frame: Surface) -> (TextAttributes, Int32) {
        var attributes = style.attributes
        let pair = pair(style, &attributes)
        let number = pairs.number(pair) {
            var used: Set<ColorPairs.Pair> = []
            var ignored: TextAttributes = []
            for style in Set(frame.cells.map(\.style) + (shown?.cells.map(\.style) ?? [])) {
                used.insert(self.pair(style, &ignored))
            }
            return used
        }
        return (attributes, number)
    }

    private func pair(_ style: Style, _ attributes: inout TextAttributes) -> ColorPairs.Pair {
        ColorPairs.Pair(
            foreground: palette.number(style.foreground, isForeground: true, attributes: &attributes),
            background: palette.number(style.background, isForeground: false, attributes: &attributes)
        )
    }

    /// No monitor shows more, and ncurses crashes above 32,767. What lies beyond stays blank.
    static let largest = Size(columns: 2_000, rows: 1_000)

    private static func windowSize(_ descriptor: Int32) -> Size {
        var window = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return Size(columns: 80, rows: 24)
        }
        return Size(
            columns: min(Int(window.ws_col), largest.columns),
            rows: min(Int(window.ws_row), largest.rows)
        )
    }

    // MARK: Beside the grid

    /// Writes bytes as they are, between frames: the one way past ncurses. The cursor must end where it was.
    package func write(raw bytes: [UInt8]) {
        guard isActive else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }

    package func bell() {
        write(raw: [0x07])
    }

    /// The window's title, until the screen is left.
    package func setTitle(_ title: String) {
        guard isActive, modes.title != title else { return }
        if modes.title == nil { write(text: Modes.saveTitle) }
        modes.title = title
        write(text: Modes.set(title: title))
        arm()
    }

    /// Learns from what the terminal says about itself. Hand every `InputEvent.reply` to it.
    package func receive(_ reply: TerminalReply) {
        switch reply {
        case .mode(2026, let state):
            synchronizesOutput = (1...3).contains(state)
        case .mode(Modes.meta, let state):
            modes.resetsMeta = state == 2
            arm()
        case .keyboard where !modes.keyboard:
            modes.keyboard = true
            arm()
            write(text: Modes.keyboardOn)
        case .primaryAttributes:
            isFenceOpen = false
        default:
            break
        }
    }

    private func write(text: String) {
        write(raw: Array(text.utf8))
    }

    // MARK: Leaving and coming back

    /// Gives the terminal back as it was, for a child such as an editor, until `resume()`.
    package func suspend() {
        guard isActive else { return }
        write(text: modes.leave)
        // An answer still on its way must not be read by whoever comes next.
        if isFenceOpen { tcflush(inputDescriptor, TCIFLUSH) }
        endwin()
        isActive = false
        standardError.restore()
        ts_disarm()
    }

    /// Takes the terminal again and paints everything. The size may be another one: present a surface after this.
    package func resume() {
        guard !isActive, handle != nil else { return }
        isActive = true
        arm()
        standardError.redirect()
        arm()
        reset_prog_mode()
        ts_reassert()
        _ = refreshSize()
        redrawAll()
        write(text: modes.enter)
    }

    /// What belongs after CONT: takes the terminal again, whose modes a shell may have changed meanwhile.
    ///
    /// Only in the foreground: who is continued in the background stops again, as every program does that uses the
    /// terminal there.
    package func reclaim() {
        guard isActive else { return }
        while !ts_is_foreground(inputDescriptor) {
            guard ts_stop_in_background() else { return }
        }
        suspend()
        resume()
    }

    /// What the suspend key does: gives the terminal back and stops the process group. Returns when continued.
    package func stopProcess() {
        suspend()
        ts_stop_process_group()
        while !ts_is_foreground(inputDescriptor) {
            guard ts_stop_in_background() else { break }
        }
        resume()
    }

    /// Gives the terminal back for good. Once is enough, and more does no harm.
    package func close() {
        suspend()
        guard let handle else { return }
        self.handle = nil
        cn_close(handle)
    }

    private func arm() {
        let reset = modes.reset
        ts_arm(output, reset, reset.utf8.count, standardError.saved)
    }
}
