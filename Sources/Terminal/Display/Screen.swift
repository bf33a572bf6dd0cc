import CNcurses
import Foundation
import Glibc
package import Pixels

/// Draws on the whole terminal through ncurses. Output only.
///
/// Input is read from `inputDescriptor` by an ``InputReader``. All bytes outside of the cell grid go through
/// `write(raw:)`, because ncurses has its own buffer. Used on the main thread only.
@MainActor
package final class Screen {
    /// The descriptor of the terminal to read keys from. A read does not wait: another program may have taken what was there.
    package var inputDescriptor: Int32 { input.descriptor }
    private let input: NonblockingTerminal
    /// The colours that are drawn: the least of what was asked for and what the terminal has.
    package let depth: ColorDepth
    /// Whether characters beyond ASCII can be shown. Otherwise they appear as `?`.
    package let isUnicode: Bool
    /// The size in cells; not empty, and at most ``largest``. A terminal that reports 0×0 counts as 80×24.
    package private(set) var size: Size
    /// Whether keys arrive by the kitty protocol, in which Esc differs from the beginning of another key.
    package var hasUnambiguousKeys: Bool { modes.keyboard }
    /// Whether the terminal shows a frame only when it is complete. False until the terminal has answered.
    package private(set) var synchronizesOutput = false
    /// False between `suspend()` and `resume()` and after `close()`; then nothing is drawn.
    package private(set) var isActive = true

    private let output: Int32
    private let standardError: StandardError
    private let palette: ColorPalette
    private var pairs: ColorPairs
    /// Whether the terminal was asked to report the mouse; reports that come all the same mean nothing.
    package var takesMouse: Bool { modes.mouse }
    private var modes: TerminalModes
    private var handle: UnsafeMutableRawPointer?
    private var shown: Surface?
    /// The frame of a film that the cells of the last frame show.
    private var frameInCells: PicturePlacement?
    private var cursor: Cursor?
    private var isFenceOpen: Bool
    /// What the terminal has said of pictures, and what its environment says.
    package private(set) var traits: TerminalTraits
    private var layer = PictureLayer()
    private let pictures: PictureOutput
    /// The last frame while a picture is being written, which may change it; with `isWaiting`, one that comes as soon as
    /// the present piece of the picture is written.
    private var last: (surface: Surface, cursor: Cursor?, isWaiting: Bool)?
    /// Bytes that are written after the present piece of a picture.
    private var delayed: [UInt8] = []
    private var hasAskedThroughTmux = false

    /// Takes over the terminal: alternate screen, raw input, no echo.
    ///
    /// Install ``TerminalSignals`` before. Afterwards `TERM` and `TERMINFO` are unchanged. `LINES` and `COLUMNS` are
    /// removed from the environment, because they would overrule the true size, also in child processes.
    ///
    /// - Parameters:
    ///   - input: the descriptor of the terminal to read from.
    ///   - output: the descriptor of the terminal to draw on.
    ///   - logDescriptor: replaces standard error while the screen is up, if that is a terminal. Nil: standard error is
    ///     not changed.
    ///   - mouse: whether the terminal reports the mouse.
    ///   - depth: the colours the user asked for; nil: `COLORTERM`, `NO_COLOR` and the terminal decide.
    ///   - environment: the variables that are read.
    /// - Throws: when there is no terminal to draw on; nothing has been changed then.
    package static func open(
        input: Int32 = STDIN_FILENO,
        output: Int32 = STDOUT_FILENO,
        logDescriptor: Int32? = nil,
        mouse: Bool = true,
        depth: ColorDepth? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ScreenError) -> Screen {
        try checkTerminal(input: input, output: output)
        let choice = try TerminalChoice(environment: environment, depth: depth)
        return try Screen(
            input: input,
            output: output,
            logDescriptor: logDescriptor,
            mouse: mouse,
            choice: choice,
            traits: TerminalTraits(environment: environment)
        )
    }

    /// Throws where input or output is no terminal.
    package static func checkTerminal(input: Int32, output: Int32) throws(ScreenError) {
        guard isatty(input) == 1, isatty(output) == 1 else {
            throw ScreenError(
                code: .notATerminal,
                description:
                    "Input and output must be a terminal; run it in one, or add --plain for the studio in lines."
            )
        }
    }

    private init(
        input: Int32,
        output: Int32,
        logDescriptor: Int32?,
        mouse: Bool,
        choice: TerminalChoice,
        traits: TerminalTraits
    ) throws(ScreenError) {
        self.output = output
        self.traits = traits
        isUnicode = cn_adopt_utf8_locale()
        // ncurses draws nothing whose width the C library does not know: glibc does from 2.32 on.
        self.traits.knowsSextants = isUnicode && cn_wcwidth(0x1FB00) == 1
        // ncurses would start with the true size, which may be larger than it can handle.
        setenv("LINES", "24", 1)
        setenv("COLUMNS", "80", 1)
        defer {
            unsetenv("LINES")
            unsetenv("COLUMNS")
        }
        modes = TerminalModes(mouse: mouse, answersQueries: choice.answersQueries)
        isFenceOpen = choice.answersQueries
        standardError = StandardError(redirectedTo: logDescriptor)
        // Before ncurses changes the terminal's attributes, because they are saved here.
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
        self.input = NonblockingTerminal(input, access: O_RDONLY)
        raw()
        noecho()
        nonl()
        // Without this, ncurses stops in the middle of a frame when a key is waiting.
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
        pictures = PictureOutput(terminal: output)
        resize_term(Int32(size.rows), Int32(size.columns))
        ts_reassert()
        standardError.redirect()
        arm()
        leaveok(cn_stdscr(), true)
        curs_set(0)
        wnoutrefresh(cn_stdscr())
        doupdate()
        measureCell()
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

    /// Shows a surface as one frame; only cells that differ from the last frame are written. A surface that is smaller
    /// than the screen leaves the rest blank. Does nothing while ``isActive`` is false.
    ///
    /// - Parameter cursor: where the cursor is left; nil hides it, and its place is not defined.
    package func present(_ surface: Surface, cursor wanted: Cursor?) {
        guard isActive else { return }
        guard !pictures.isInPiece else {
            last = (surface: surface, cursor: wanted, isWaiting: true)
            return
        }
        var frame = surface
        if surface.size != size {
            frame = Surface(size: size)
            frame.draw(surface, at: .zero)
        }
        let clearing = layer.show(frame.placements, lastRow: size.rows - 1, begun: pictures.begun)
        if let begun = pictures.begun, !layer.jobs.contains(begun) { pictures.reset() }
        // Whoever keeps a frame has the next one copied before it is drawn over.
        let mayChange = pictures.begun != nil || !layer.jobs.isEmpty
        last = mayChange ? (surface: surface, cursor: wanted, isWaiting: false) : nil
        frame.showUploaded(in: layer)
        keepFrame(in: &frame)
        let changed = put(frame) || !clearing.isEmpty
        let place = wanted.flatMap { frame.bounds.contains($0.point) ? $0 : nil }
        guard changed || place != cursor else { return }
        if synchronizesOutput, changed { write(text: TerminalModes.beginSynchronized) }
        erase(clearing)
        leaveok(cn_stdscr(), place == nil)
        if let point = place?.point { wmove(cn_stdscr(), Int32(point.row), Int32(point.column)) }
        wnoutrefresh(cn_stdscr())
        let isShown = place?.isShown ?? false
        let wasShown = cursor?.isShown ?? false
        if wasShown, !isShown { curs_set(0) }
        doupdate()
        if isShown, !wasShown { curs_set(1) }
        if synchronizesOutput, changed { write(text: TerminalModes.endSynchronized) }
        cursor = place
    }

    /// Leaves the cells of a film's frame as they are until the next frame is there, so that nothing flickers between.
    private func keepFrame(in frame: inout Surface) {
        let placement = frame.placements.first(where: \.isFrame)
        defer { if placement == nil { frameInCells = nil } }
        guard let placement else { return }
        if placement.graphic.cells == nil {
            if layer.showsFrame(in: placement.rect) { takeShownCells(in: placement.rect, &frame) }
        } else if layer.isUploaded(placement.graphic) {
            frameInCells = placement
        } else if let before = frameInCells, before.rect == placement.rect, layer.isUploaded(before.graphic) {
            takeShownCells(in: placement.rect, &frame)
        }
    }

    private func takeShownCells(in rect: Rect, _ frame: inout Surface) {
        if let shown { frame.takeCells(of: shown, in: rect) }
    }

    /// Takes pictures off the screen, and lets ncurses draw the lines anew in which they lay.
    private func erase(_ clearing: PictureLayer.Clearing) {
        guard !clearing.isEmpty else { return }
        write(raw: clearing.removals + clearing.blanked.flatMap { CursorSequences.blanks(over: $0) })
        for rect in clearing.blanked { wredrawln(cn_stdscr(), Int32(rect.top), Int32(rect.height)) }
    }

    /// Writes all cells again, whatever the terminal shows now.
    package func redrawAll() {
        guard isActive else { return }
        // A piece in its middle would swallow what follows.
        write(raw: pictures.cutOff())
        pictures.reset()
        layer.forgetAll()
        clearok(cn_curscr(), true)
        if synchronizesOutput { write(text: TerminalModes.beginSynchronized) }
        wnoutrefresh(cn_stdscr())
        doupdate()
        if synchronizesOutput { write(text: TerminalModes.endSynchronized) }
    }

    /// Reads the terminal's size. Returns whether it has changed; then present a surface of the new size.
    package func refreshSize() -> Bool {
        guard isActive else { return false }
        let now = Self.windowSize(output)
        guard now != size else { return false }
        size = now
        measureCell()
        write(raw: pictures.cutOff())
        pictures.reset()
        layer.forgetPaint()
        resize_term(Int32(now.rows), Int32(now.columns))
        // Terminals reflow or cut their content when the size changes, so nothing of it can be relied on.
        werase(cn_stdscr())
        clearok(cn_stdscr(), true)
        shown = nil
        return true
    }

    /// Gives the cells that differ to ncurses; returns whether there are any.
    private func put(_ frame: Surface) -> Bool {
        guard shown?.size == frame.size else {
            for (index, cell) in frame.cells.enumerated() { put(cell, index: index, frame: frame) }
            shown = frame
            return true
        }
        let changed = shown?.differences(from: frame) ?? []
        for index in changed { put(frame.cells[index], index: index, frame: frame) }
        shown?.take(changed, from: frame)
        return !changed.isEmpty
    }

    private func put(_ cell: Cell, index: Int, frame: Surface) {
        guard !cell.text.isEmpty else { return }
        let (attributes, pair) = appearance(cell.style, frame: frame)
        let row = Int32(index / frame.size.columns)
        let column = index % frame.size.columns
        let isWide = column + 1 < frame.size.columns && frame.cells[index + 1].text.isEmpty
        let glyphs = CellScalars.encode(cell.text, columns: isWide ? 2 : 1, isUnicode: isUnicode)
        for (offset, glyph) in glyphs.enumerated() {
            cn_put(row, Int32(column + offset), glyph, Int32(glyph.count), UInt32(attributes.rawValue), pair)
        }
    }

    private func appearance(_ style: Style, frame: Surface) -> (TextAttributes, Int32) {
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

    /// More than any monitor shows; ncurses crashes above 32,767. Cells beyond it stay blank.
    static let largest = Size(columns: 2_000, rows: 1_000)

    /// Takes the size of a cell from the kernel, where the terminal has told it.
    private func measureCell() {
        var window = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else { return }
        let cells = Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
        traits.measure(width: Int(window.ws_xpixel), height: Int(window.ws_ypixel), cells)
    }

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

    // MARK: Outside of the cell grid

    /// Writes bytes unchanged, between frames, without ncurses. The cursor must be at the same place afterwards. Waits
    /// while the terminal does not accept bytes; an error is ignored. Does nothing while ``isActive`` is false.
    package func write(raw bytes: [UInt8]) {
        guard isActive, !bytes.isEmpty else { return }
        guard !pictures.isInPiece else {
            delayed += bytes
            return
        }
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

    /// Calls the person to the window, by a desktop notification or the bell. Control characters are removed.
    package func call(_ text: String) {
        write(text: TerminalCall.sequence(text, traits))
    }

    /// Shows in the tab how far the work is, where the terminal can, until the screen is left.
    package func setProgress(_ progress: TabProgress) {
        guard isActive, modes.progress != progress, TabProgress.isShown(by: traits) else { return }
        modes.progress = progress
        write(text: progress.sequence)
        arm()
    }

    /// Sets the window's title until the screen is left. Control characters are removed.
    package func setTitle(_ title: String) {
        guard isActive, modes.title != title else { return }
        if modes.title == nil { write(text: TerminalModes.saveTitle) }
        modes.title = title
        write(text: TerminalModes.set(title: title))
        arm()
    }

    /// Takes over what the terminal reports about itself. Pass every `InputEvent.reply` to it.
    package func receive(_ reply: TerminalReply) {
        traits.receive(reply, cells: size)
        if traits.multiplexer == .tmux, modes.answersQueries, !hasAskedThroughTmux {
            hasAskedThroughTmux = true
            write(text: TerminalQueries.kittyThroughTmux)
        }
        switch reply {
        case .mode(2026, let state):
            synchronizesOutput = (1...3).contains(state)
        case .mode(TerminalModes.meta, let state):
            modes.resetsMeta = state == 2
            arm()
        case .keyboard where !modes.keyboard:
            modes.keyboard = true
            arm()
            write(text: TerminalModes.keyboardOn)
        case .colorScheme:
            if modes.answersQueries { write(text: TerminalQueries.background) }
        case .primaryAttributes:
            isFenceOpen = false
        case .graphics(let answer) where !answer.hasSuffix(";OK"):
            // Such as `i=7,p=1;ENOENT:…`. The next frame sends it again.
            if let name = answer.split(whereSeparator: { ",;".contains($0) }).first { layer.lost(String(name)) }
        default:
            break
        }
    }

    private func write(text: String) {
        write(raw: Array(text.utf8))
    }

    // MARK: Suspending and resuming

    /// Restores the terminal's earlier state, for a child such as an editor, until `resume()`. Does nothing when it is
    /// suspended already.
    package func suspend() {
        guard isActive else { return }
        write(raw: pictures.cutOff())
        if case .upload(let graphic) = pictures.begun { delayed += graphic.abandonment }
        write(raw: delayed + layer.freeAll())
        delayed = []
        pictures.reset()
        modes.keepsPictures = false
        write(text: modes.leave)
        // The program that uses the terminal next must not read an answer that is still on its way.
        if isFenceOpen { tcflush(inputDescriptor, TCIFLUSH) }
        endwin()
        isActive = false
        standardError.restore()
        ts_disarm()
    }

    /// Takes the terminal again and writes all cells. The size may have changed: present a surface afterwards. Does
    /// nothing unless suspended, and nothing after `close()`.
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

    /// To be called after CONT: takes the terminal again, because a shell may have changed its modes.
    ///
    /// Works in the foreground only. A process that is continued in the background stops again, as every program does
    /// that uses the terminal there.
    package func reclaim() {
        guard isActive else { return }
        guard ts_await_foreground(inputDescriptor) else { return }
        suspend()
        resume()
    }

    /// Does what the suspend key does: restores the terminal and stops the process group. Returns when the process is
    /// continued.
    package func stopProcess() {
        suspend()
        ts_stop_process_group()
        _ = ts_await_foreground(inputDescriptor)
        resume()
    }

    /// Restores the terminal for good. Further calls do nothing.
    package func close() {
        suspend()
        guard let handle else { return }
        self.handle = nil
        pictures.close()
        cn_close(handle)
        input.close()
    }

    // MARK: Pictures

    /// The descriptor that takes more of a picture; nil: nothing has to be written.
    package var pictureDescriptor: Int32? {
        isActive && (pictures.begun != nil || !layer.jobs.isEmpty) ? pictures.descriptor : nil
    }

    /// Writes on at the pictures of the last frame, until the terminal takes no more or the time is over. Never waits.
    package func writePictures(until end: ContinuousClock.Instant) {
        while isActive, let job = pictures.begun ?? layer.jobs.first {
            if pictures.begun != job { armForPictures() }
            guard pictures.advance(job) || pictures.hasFinished(job) else { return }
            let bytes = delayed
            delayed = []
            write(raw: bytes)
            if pictures.hasFinished(job) {
                pictures.reset()
                write(raw: layer.finish(job))
                // Now cells can show it.
                if job.graphic.cells != nil { last?.isWaiting = true }
            }
            if let frame = last, frame.isWaiting { present(frame.surface, cursor: frame.cursor) }
            if ContinuousClock.now >= end { return }
        }
    }

    private func armForPictures() {
        guard !modes.keepsPictures else { return }
        modes.keepsPictures = true
        arm()
    }

    private func arm() {
        let reset = modes.reset
        ts_arm(output, reset, reset.utf8.count, standardError.saved)
    }
}
