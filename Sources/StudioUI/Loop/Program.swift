package import Foundation
package import Pixels
package import Studio
package import Terminal

/// The studio's main loop: the only code that touches the terminal, on the main thread and nowhere else.
///
/// It waits in `poll(2)` on the terminal and the mailbox, with a time-out only while something on the screen moves by
/// itself; takes in everything that has arrived; reduces it; starts what is to be done; draws at most once.
@MainActor
package final class Program {
    private let screen: Screen
    private let mailbox: Mailbox
    private let reducer: StudioReducer
    private var view: StudioView
    private let themes: [ThemeFamily]
    private let environment: [String: String]
    private let chooseDisplay: (TerminalTraits) -> PictureDisplay
    private let editor: ExternalEditor
    private let perform: (WorldEffect) -> Void
    private var state: StudioState
    private var reader: InputReader
    private var keymap: Keymap
    private var clicks = ClickCounter()
    /// Where the left button went down, as long as it is; nil: on nothing.
    private var drag: (origin: Point, target: ClickTarget, start: Int, row: Int, hasMoved: Bool)?
    /// What is selected with the mouse outside of the prompt; nil: nothing.
    private var selection: ScreenSelection?
    /// What stands where on the screen.
    private var targets = ClickMap()
    private let started = ContinuousClock.now
    private var isOver = false
    private var needsDraw = true
    /// What came from the terminal and was not taken in yet, from ``nextInput`` on.
    private var input: [InputEvent] = []
    private var nextInput = 0
    /// What is to be done after the next frame: a person sees the key press before anything else happens.
    private var effects: [StudioEffect] = []
    /// The order of a film's next frame, which waits until the terminal has taken the last one.
    private var nextFrame: WorldEffect?

    /// - Parameters:
    ///   - themes: those that the state names; not empty.
    ///   - environment: says what is to be known of the terminal besides its answers.
    ///   - chooseDisplay: how pictures are drawn on a terminal of which so much is known; asked again after every answer.
    ///   - escapeTime: how long an Esc may still become another key; nil: ``InputReader/escapeTimeout``.
    ///   - keptTexts: a folder for what an editor saved and the prompt cannot take.
    ///   - perform: starts an effect outside the terminal and returns at once; what comes of it is posted to `mailbox`.
    package init(
        screen: Screen,
        signals: TerminalSignals,
        mailbox: Mailbox,
        reducer: StudioReducer,
        view: StudioView,
        state: StudioState,
        themes: [ThemeFamily],
        environment: [String: String],
        chooseDisplay: @escaping (TerminalTraits) -> PictureDisplay,
        escapeTime: Duration?,
        keptTexts: URL,
        perform: @escaping (WorldEffect) -> Void
    ) {
        self.screen = screen
        self.mailbox = mailbox
        reader = InputReader(
            descriptor: screen.inputDescriptor,
            waker: mailbox.waker,
            signals: signals.takePending,
            escapeTimeout: escapeTime ?? InputReader.escapeTimeout
        )
        self.themes = themes
        self.environment = environment
        self.chooseDisplay = chooseDisplay
        editor = ExternalEditor(keptTexts: keptTexts, environment: environment)
        self.reducer = reducer
        self.view = view
        self.state = state
        keymap = Keymap(state.keys)
        self.perform = perform
    }

    /// Runs until the person leaves or the terminal goes away. The terminal is as it was when this returns.
    package func run() -> StudioState {
        defer { screen.close() }
        adaptDisplay()
        while !isOver {
            if needsDraw { draw() }
            carryOutEffects()
            guard !isOver, !needsDraw else { continue }
            wait()
            // After what a person did, and never for longer than nobody notices.
            if !isOver, !needsDraw { screen.writePictures(until: .now + .milliseconds(4)) }
            orderNextFrame()
        }
        return state
    }

    // MARK: Waiting

    private func wait() {
        reader.hasUnambiguousEscape = screen.hasUnambiguousKeys
        // With modes people press Esc and go on typing; alt is for other places, or for terminals that tell the two apart.
        reader.treatsEscapeAsKey = !screen.hasUnambiguousKeys && state.editsWithModes
        let batch = reader.wait(timeout: input.isEmpty ? timeout() : .zero, output: screen.pictureDescriptor)
        advanceClock()
        if batch.isWoken {
            effects += reducer.reduce(&state, all: mailbox.drain())
            needsDraw = true
        }
        let end: TerminalSignals.Pending = [.terminated, .hungUp, .interrupted]
        if !batch.signals.isDisjoint(with: end) { isOver = true }
        if batch.signals.contains(.stopRequested) { suspend() }
        if batch.signals.contains(.continued) { reclaim() }
        input += batch.events
        takeIn()
    }

    /// Until something must happen without an event; nil: for ever.
    private func timeout() -> Duration? {
        if state.isAnimating { return .milliseconds(125) }
        return state.nextChange.map { .seconds(max($0.timeIntervalSinceNow, 0) + 0.001) }
    }

    private func advanceClock() {
        let now = Date()
        // Without anything that moves, the moment is only of interest when something happens anyway.
        if state.isAnimating || state.nextChange.map({ $0 <= now }) ?? false { needsDraw = true }
        apply(.ticked(now), redraws: false)
    }

    // MARK: Taking in

    /// Takes in what has arrived, for as long as a frame may wait; the rest comes after that frame.
    private func takeIn() {
        let end = ContinuousClock.now + .milliseconds(20)
        while nextInput < input.count, !isOver, ContinuousClock.now < end {
            let event = input[nextInput]
            nextInput += 1
            handle(event)
        }
        if nextInput == input.count {
            input.removeAll(keepingCapacity: input.capacity < 4_096)
            nextInput = 0
        }
    }

    private func handle(_ event: InputEvent) {
        endSelection(before: event)
        switch event {
        case .key(let key): press(key)
        case .paste(let text): apply(.pasted(text))
        case .mouse(let mouse): point(mouse)
        case .focus(let isFocused): apply(.focusChanged(isFocused: isFocused))
        case .resize:
            if screen.refreshSize() { needsDraw = true }
            adaptDisplay()
        case .hangup: isOver = true
        case .pasteCut(let bytes):
            let limit = "\(InputParser.pasteLimit >> 20) MB"
            apply(.noticed(Notice(.warning, "The paste is longer than \(limit): its last \(bytes) bytes are left out")))
        case .reply(let reply): receive(reply)
        }
    }

    private func receive(_ reply: TerminalReply) {
        screen.receive(reply)
        adaptDisplay()
        if case .background = reply { needsDraw = true }
    }

    private func adaptDisplay() {
        let display = chooseDisplay(screen.traits)
        if display != state.display { apply(.displayChanged(display)) }
    }

    private func press(_ key: Key) {
        if layout.shape == .tooSmall {
            if key == Key(.character("c"), modifiers: .control) || key == Key(.character("q"), modifiers: .control) {
                isOver = true
            }
            return
        }
        guard let action = keymap.action(for: key, contexts: state.contexts) else { return }
        guard case .typed(let text) = action, !keymap.isWaiting else { return apply(action) }
        apply(.typed(text + restOfText()))
    }

    /// What follows in the same text: keys that came faster than they could be taken in are one action, because each
    /// action costs as much as the whole prompt is long.
    private func restOfText() -> String {
        let contexts = state.contexts
        var text = ""
        guard contexts.first(where: { $0.takes("a") }) == .text else { return text }
        while nextInput < input.count, case .key(let key) = input[nextInput],
            let character = keymap.text(for: key, contexts: contexts)
        {
            text.append(character)
            nextInput += 1
        }
        return text
    }

    private func point(_ mouse: Mouse) {
        guard layout.shape != .tooSmall, screen.takesMouse else { return }
        switch mouse.action {
        case .press(.left):
            let isDouble = clicks.isDouble(at: mouse.position, time: ContinuousClock.now)
            drag = nil
            guard let click = targets.click(at: mouse.position, isDouble: isDouble) else { break }
            let corner = Point(column: mouse.position.column - click.column, row: mouse.position.row - click.row)
            drag = (corner, click.target, mouse.position.row, mouse.position.row, false)
            let area = targets.frameContent(at: mouse.position) ?? Rect(origin: .zero, size: screen.size)
            selection = click.target.isDragged ? nil : ScreenSelection(from: mouse.position, in: area)
            apply(.clicked(click))
        case .drag(.left):
            guard let (origin, target, start, row, _) = drag else { break }
            let place = mouse.position
            drag = (origin, target, start, place.row, true)
            selection?.extend(to: place)
            let movement = Drag(
                target,
                column: place.column - origin.column,
                row: place.row - origin.row,
                from: row - start,
                to: place.row - start
            )
            apply(.dragged(movement))
        case .release(.left):
            if let drag, drag.hasMoved { apply(.dragEnded(drag.target)) }
            drag = nil
            copySelection()
        case .scrollUp: if let pane = layout.pane(at: mouse.position) { apply(.scrolled(pane, rows: -3)) }
        case .scrollDown: if let pane = layout.pane(at: mouse.position) { apply(.scrolled(pane, rows: 3)) }
        default: break
        }
    }

    private func copySelection() {
        guard let selection, !selection.rows.isEmpty else { return }
        let drawn = drawn(layout)
        let text = selection.text(of: drawn.surface, pictures: drawn.pictures)
        guard !text.isEmpty else { return }
        carryOut(.copy(text))
        apply(.noticed(Notice(.success, "Copied")))
    }

    /// What is selected stays until a person does something else.
    private func endSelection(before event: InputEvent) {
        switch event {
        case .mouse(let mouse):
            switch mouse.action {
            case .press, .scrollUp, .scrollDown: break
            default: return
            }
        case .key, .paste, .resize: break
        default: return
        }
        if selection.take() != nil { needsDraw = true }
    }

    // MARK: Reducing and performing

    private func apply(_ action: StudioAction, redraws: Bool = true) {
        effects += reducer.reduce(&state, action)
        if redraws { needsDraw = true }
    }

    private func carryOutEffects() {
        while !effects.isEmpty { carryOut(effects.removeFirst()) }
    }

    private func carryOut(_ effect: StudioEffect) {
        switch effect {
        case .terminal(let effect): carryOut(effect)
        case .world(.playFilm(let key, let second, let continues)):
            nextFrame = .playFilm(key, after: second, continues: continues)
            orderNextFrame()
        case .world(let effect): perform(effect)
        }
    }

    private func orderNextFrame() {
        guard let order = nextFrame, screen.pictureDescriptor == nil else { return }
        nextFrame = nil
        perform(order)
    }

    private func carryOut(_ effect: TerminalEffect) {
        switch effect {
        case .quit: isOver = true
        case .redraw: repaint()
        case .suspend: suspend()
        case .call(let text): screen.call(text)
        case .copy(let text):
            let copy = Clipboard.sequence(for: text)
            screen.write(raw: copy.bytes)
            if copy.isCut {
                let limit = "\(Clipboard.mostBytes / 1_000) kB"
                apply(.noticed(Notice(.warning, "Copied the first \(limit): terminals take no more at once")))
            }
        case .editExternally(let what, let text):
            screen.suspend()
            let edited = editor.edit(text)
            screen.resume()
            switch edited {
            case .success(let text): apply(.editorReturned(what, text))
            case .failure(let failure): apply(.noticed(Notice(.error, failure.description)))
            }
        }
    }

    private func suspend() {
        screen.stopProcess()
        needsDraw = true
    }

    private func reclaim() {
        screen.reclaim()
        needsDraw = true
    }

    private func repaint() {
        screen.redrawAll()
        needsDraw = true
    }

    // MARK: Drawing

    private var layout: ScreenLayout { ScreenLayout(size: screen.size, state: state) }

    private func draw() {
        var layout = layout
        let viewport = layout.viewport(state: state)
        if viewport != state.viewport {
            apply(.viewportChanged(viewport))
            layout = self.layout
        }
        let family = themes.first { $0.name == state.shownTheme } ?? themes[0]
        view.theme = family.theme(on: screen.traits.background, environment: environment)
        let drawn = drawn(layout)
        if let selection {
            var surface = drawn.surface
            selection.show(on: &surface, pictures: drawn.pictures)
            screen.present(surface, cursor: drawn.cursor)
        } else {
            screen.present(drawn.surface, cursor: drawn.cursor)
        }
        targets = drawn.targets
        screen.setTitle(StudioTitle.text(of: state))
        screen.setProgress(StudioTitle.progress(of: state))
        needsDraw = false
    }

    private func drawn(_ layout: ScreenLayout) -> StudioView.Frame {
        let frame = Int((ContinuousClock.now - started) / .milliseconds(125))
        return view.draw(state, layout: layout, frame: state.isFocused && state.motion == .full ? frame : 0)
    }
}

/// Tells a double click: twice within 400 ms on the same cell.
private struct ClickCounter {
    private var last: (position: Point, time: ContinuousClock.Instant)?

    mutating func isDouble(at position: Point, time: ContinuousClock.Instant) -> Bool {
        defer { last = (position, time) }
        guard let last else { return false }
        return last.position == position && time - last.time < .milliseconds(400)
    }
}
