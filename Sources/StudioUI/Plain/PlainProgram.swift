import Foundation
import Glibc
import Money
import Pricing
import ReplicateAPI
package import Studio
package import Terminal

/// The studio in lines, for screen readers, dumb terminals and pipes: no borders, nothing is drawn twice, nothing moves.
/// The same reducer as the screen, another view.
///
/// On the main thread, which waits in `poll(2)` for a line or for the mailbox and for nothing else.
@MainActor
package final class PlainProgram {
    private let input: Int32
    private let print: (String) -> Void
    private let mailbox: Mailbox
    private let signals: TerminalSignals
    private let reducer: StudioReducer
    private let perform: (WorldEffect) -> Void
    private var state: StudioState
    private var announcer = PlainAnnouncer()
    private var unread: [UInt8] = []
    private var lines: [String] = []
    private var isAtEnd = false
    private var isOver = false

    /// - Parameters:
    ///   - input: a descriptor that lines are read from, a terminal or a pipe. At its end the program waits for what runs
    ///     and ends.
    ///   - print: writes one line to standard output and makes it harmless there.
    package init(
        input: Int32,
        print: @escaping (String) -> Void,
        signals: TerminalSignals,
        mailbox: Mailbox,
        reducer: StudioReducer,
        state: StudioState,
        perform: @escaping (WorldEffect) -> Void
    ) {
        self.input = input
        self.print = print
        self.signals = signals
        self.mailbox = mailbox
        self.reducer = reducer
        self.state = state
        self.state.keys = state.keys.spoken(PlainCommand.spoken)
        self.perform = perform
    }

    package func run() -> StudioState {
        print("Darkroom in plain mode. Type a prompt, then run. help lists the commands.")
        while !isOver {
            takeLines()
            guard !isOver else { break }
            if isAtEnd, lines.isEmpty, isIdle { break }
            wait()
        }
        return state
    }

    /// Nothing is under way that would change what a line does, or that a person waits for.
    private var isIdle: Bool { isReady && state.runs.activeCount == 0 && !hasUnsavedOutput }

    /// A line is taken only when what it builds on is known: the model, and whether the last run was let through.
    private var isReady: Bool {
        if case .loading = state.compose.model.state { return false }
        return !state.compose.isSubmitting && !state.compose.images.isBusy
    }

    private var hasUnsavedOutput: Bool {
        announcer.numbered.contains { id in state.runs[id].map { $0.stage == .succeeded && !$0.isSettled } ?? false }
    }

    // MARK: Waiting

    private func wait() {
        var descriptors = [
            pollfd(fd: isAtEnd ? -1 : input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox.waker.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        // Progress is said every few seconds; without a run there is none.
        _ = poll(&descriptors, nfds_t(descriptors.count), state.runs.activeCount > 0 ? 1_000 : -1)
        mailbox.waker.drain()
        let pending = signals.takePending()
        if !pending.isDisjoint(with: [.terminated, .hungUp, .interrupted]) { isOver = true }
        if pending.contains(.stopRequested) { kill(getpid(), SIGSTOP) }
        if descriptors[0].revents != 0, hasInput() { read() }
        reduce([.ticked(Date())] + mailbox.drain())
    }

    /// Asks anew: a shell that had the terminal meanwhile has taken what was typed there, and a read would wait for the
    /// next line instead of telling what happens.
    private func hasInput() -> Bool {
        TerminalSignals.awaitForeground(of: input)
        var ready = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&ready, 1, 0) > 0
    }

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(input, &buffer, buffer.count)
        guard count > 0 else {
            if count == 0 || (errno != EINTR && errno != EAGAIN) {
                isAtEnd = true
                if !unread.isEmpty { lines.append(String(decoding: unread, as: UTF8.self)) }
                unread = []
            }
            return
        }
        unread += buffer.prefix(count)
        while let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(String(decoding: unread[..<end], as: UTF8.self))
            unread.removeFirst(end + 1)
        }
    }

    // MARK: Lines

    private func takeLines() {
        while !isOver, !lines.isEmpty, isReady || question != nil {
            take(lines.removeFirst())
        }
        // Nobody is there any more to answer: a question that is open is answered with no.
        if isAtEnd, lines.isEmpty, question != nil { reduce([.command(.back)]) }
    }

    private var question: PlainCommand.Question? {
        if state.confirmation != nil { return .yesOrNo }
        return state.picker?.kind == .hardware ? .hardware : nil
    }

    private func take(_ line: String) {
        guard let command = PlainCommand(line: line, question: question) else { return }
        switch command {
        case .prompt(let text):
            reduce([.command(.focusPrompt), .editorReturned(.prompt, text)])
            print("Prompt: \(text)")
            tellEstimate()
        case .model(let path): reduce([.modelNamed(path)])
        case .models(let words): tellModels(words)
        case .image(let address): reduce([.imageNamed(address)])
        case .removeImages:
            reduce([.imagesCleared])
            print("No images.")
        case .set(let name, let text):
            let before = state.toast
            reduce([.inputTyped(name: name, text: text)])
            if state.toast == before { tellInput(name) }
        case .inputs: state.compose.inputs.fields.forEach { tellInput($0.name) }
        case .count(let count):
            reduce([.countNamed(count)])
            tellEstimate()
        case .estimate: tellEstimate()
        case .run: reduce([.command(.run)])
        case .runs: tellRuns()
        case .use(let number): withRun(number) { use($0) }
        case .show(let number): withRun(number) { show($0) }
        case .cancel(let number): withRun(number) { cancel($0) }
        case .hardware(let name): nameHardware(name)
        case .spend: tellSpend()
        case .help: for line in PlainCommand.manual { print("\(line.usage): \(line.meaning).") }
        case .quit: isOver = true
        case .answer(let isYes): answer(isYes)
        case .mistake(let sentence): print(sentence)
        }
    }

    private func nameHardware(_ name: String?) {
        if question == nil { reduce([.command(.nameHardware)]) }
        guard let name, let picker = state.picker, picker.kind == .hardware else { return }
        let value = name.lowercased() == "unknown" ? "" : name.lowercased()
        guard picker.items.contains(where: { $0.value == value }) else {
            print("No hardware is called \(name). Type one of the names, or hardware unknown.")
            return
        }
        state.picker?.select(value)
        reduce([.command(.choose)])
    }

    private func answer(_ isYes: Bool) {
        if question == .hardware { return reduce([.command(.back)]) }
        guard state.confirmation != nil else { return }
        state.confirmation?.isConfirmFocused = isYes
        reduce([.command(.confirm)])
        if !isYes { print("Nothing was done.") }
    }

    private func withRun(_ number: Int, _ body: (RunItem) -> Void) {
        guard let id = announcer.run(number), let run = state.runs[id] else {
            print("There is no run \(number): runs lists them.")
            return
        }
        body(run)
    }

    private func use(_ run: RunItem) {
        guard let output = run.outputs.first else {
            print("That run has made no file.")
            return
        }
        reduce([.imageNamed(output.path ?? output.url)])
    }

    private func cancel(_ run: RunItem) {
        guard run.isActive else {
            print("That run has ended.")
            return
        }
        reduce([.cancelNamed(run.id)])
    }

    // MARK: Telling

    private func tellEstimate() {
        let quote = state.compose.quote
        let many = quote.runs == 1 ? "" : " for \(quote.runs) runs"
        let because = (quote.each ?? quote.total).explanation
        let price =
            quote.total.high == nil
            ? "The price is not known" : "It costs \(PlainWords.amount(quote.total.label))\(many)"
        print("\(price)\(because.isEmpty ? "" : ", \(because)").")
        if let caution = quote.caution { print("Warning: \(caution).") }
        if let obstacle = quote.obstacle { print("It cannot be run yet: \(obstacle.reason).") }
    }

    private static let mostModels = 12

    private func tellModels(_ words: String) {
        let words = words.lowercased().split(whereSeparator: \.isWhitespace)
        let found = reducer.offeredModels(state).filter { item in
            let text = "\(item.title) \(item.model?.summary ?? "") \(item.model?.kind?.rawValue ?? "")".lowercased()
            return words.allSatisfy { text.contains($0) }
        }
        if found.isEmpty { print("No model is known by these words. model OWNER/NAME takes any.") }
        for item in found.prefix(Self.mostModels) {
            let facts = [item.title, item.model?.kind?.rawValue, item.note].compactMap { $0 }.filter { !$0.isEmpty }
            print(facts.joined(separator: ", ") + ".")
        }
        let rest = found.count - Self.mostModels
        if rest > 0 { print("\(rest) more: models with a word lists those that it fits.") }
    }

    private func tellInput(_ name: String) {
        guard let row = state.compose.inputRows.first(where: { $0.name == name }) else { return }
        var facts = ["\(row.name) is \(row.text == "—" ? "not set" : row.text)"]
        if let hint = row.hint { facts.append("takes \(hint)") }
        if row.isRequired { facts.append("required") }
        if let issue = row.issue { facts.append(issue) }
        if let summary = row.summary { facts.append(summary.oneLine(characters: 300)) }
        print(facts.joined(separator: ", ") + ".")
    }

    private func tellRuns() {
        let newest = state.runs.items.prefix(10)
        if newest.isEmpty { print("There are no runs yet.") }
        for run in newest {
            let number = announcer.number(of: run.id)
            let prompt = run.prompt.isEmpty ? "no prompt" : run.prompt.oneLine(characters: 120)
            print("Run \(number): \(run.statusWord), \(PlainWords.cost(of: run)), \(prompt.asSentence)")
        }
    }

    private func show(_ run: RunItem) {
        print("Prompt: \(run.prompt.oneLine(characters: 10_000))")
        print("Model: \(run.model)")
        print("Status: \(run.statusWord)")
        print(
            run.cost == nil
                ? "Estimate: \(PlainWords.amount(run.estimate.label))" : "Cost: \(PlainWords.amount(run.costLabel))"
        )
        for (name, value) in run.input.sorted(by: { $0.key < $1.key }) where name != "prompt" {
            print("Input \(name): \(value.plain.oneLine(characters: 400))")
        }
        for output in run.outputs { print("File: \(output.path ?? output.url)") }
        if let text = run.text { print("Text: \(text.oneLine(characters: 10_000))") }
        if let failure = run.failure { print("Reason: \(failure.oneLine(characters: 2_000))") }
        if let id = run.predictionID { print("Prediction: \(id)") }
    }

    private func tellSpend() {
        for period in [BudgetPeriod.session, .day] {
            let sum = state.spend[period]
            print((["Spent \(period.phrase): \(sum.paid.shortText)"] + sum.remarks).joined(separator: "; ") + ".")
        }
    }

    // MARK: Reducing

    private func reduce(_ actions: [StudioAction]) {
        for action in actions {
            let before = state
            let effects = reducer.reduce(&state, action)
            for sentence in announcer.sentences(from: before, to: state) { print(sentence) }
            for effect in effects { carryOut(effect) }
            // A list that cannot be shown must not take what is typed next; what it was opened for was said.
            if let picker = state.picker, picker.kind != .hardware { reduce([.command(.back)]) }
        }
    }

    private func carryOut(_ effect: StudioEffect) {
        switch effect {
        // Pictures are not shown, and what is copied would go to a clipboard that nobody asked for.
        case .world(.loadPreview): break
        case .world(let effect): perform(effect)
        case .terminal(.quit): isOver = true
        case .terminal: break
        }
    }
}
