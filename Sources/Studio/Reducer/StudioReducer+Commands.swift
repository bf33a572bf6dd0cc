import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI

extension StudioReducer {
    /// What a person asked for. A command that is not available here says why.
    func perform(_ command: Command, _ state: inout StudioState) -> [StudioEffect] {
        if state.confirmation != nil { return answer(command, &state) }
        if state.picker != nil { return pick(command, &state) }
        if state.ledger != nil { return browseLedger(command, &state) }
        if state.filterEntry != nil { if let effects = enterFilter(command, &state) { return effects } }
        if state.compose.imageEntry != nil { if let effects = enterImage(command, &state) { return effects } }
        if state.compose.inputs.editing != nil { if let effects = enterInput(command, &state) { return effects } }
        // Run tells its own, and goes where it can be mended.
        if command != .run, let obstacle = command.obstacle(in: state) {
            state.say(.warning, obstacle)
            return []
        }
        switch command {
        case .run: return run(&state)
        case .moreRuns: state.compose.count = min(state.compose.count + 1, ComposeState.mostRuns)
        case .fewerRuns: state.compose.count = max(state.compose.count - 1, 1)
        case .nextPane: focus(state.focus.next(), &state)
        case .previousPane: focus(state.focus.previous(), &state)
        case .focusModel: focus(.model, &state)
        case .focusPrompt: focus(.prompt, &state)
        case .focusImages: focus(.images, &state)
        case .focusInputs: focus(.inputs, &state)
        case .focusPredictions: focus(.predictions, &state)
        case .focusDetail, .open: focus(.detail, &state)
        case .zoom: state.isZoomed.toggle()
        case .back: goBack(&state)
        case .palette, .help: openCommands(isHelp: command == .help, &state)
        case .changeModel: return openModels(&state)
        case .showSpend: return openLedger(&state)
        case .nameHardware: openHardware(&state)
        case .promptHistory: return openPrompts(&state)
        case .editExternally: return [.terminal(.editExternally(state.compose.prompt.text))]
        case .redraw: return [.terminal(.redraw)]
        case .suspend: return [.terminal(.suspend)]
        case .interrupt: return interrupt(&state)
        case .quit: return quit(&state)
        default:
            switch state.focus {
            case .prompt: editPrompt(command, &state)
            case .images: editImages(command, &state)
            case .inputs: editInputs(command, &state)
            case .predictions, .detail: return browse(command, &state)
            case .model: break
            }
        }
        return []
    }

    func focus(_ pane: Pane, _ state: inout StudioState) {
        state.focus = pane
        state.compose.prompt.endUndoStep()
    }

    private func goBack(_ state: inout StudioState) {
        if state.focus == .prompt, state.vim?.pending.isEmpty == false {
            state.vim?.escape(&state.compose.prompt)
        } else if state.isZoomed {
            state.isZoomed = false
        } else if state.focus == .detail {
            focus(.predictions, &state)
        } else if state.focus == .predictions, !state.runs.marked.isEmpty {
            state.runs.marked = []
        } else if state.focus == .predictions, !state.runs.filter.isEmpty {
            state.runs.setFilter("")
        } else if state.focus != .prompt {
            focus(.prompt, &state)
        }
    }

    func run(_ state: inout StudioState) -> [StudioEffect] {
        guard !state.compose.isSubmitting else { return [] }
        if state.compose.isHeldByDoubtfulImages {
            askForImages(&state)
            return []
        }
        if let obstacle = state.compose.quote.obstacle {
            state.say(.error, obstacle.reason)
            guard obstacle.pane == .model else {
                focus(obstacle.pane, &state)
                return []
            }
            // Pressing it again is asking again.
            if case .unavailable = state.compose.model.state { return [.world(.loadModel(state.compose.model.path))] }
            return []
        }
        if needsHardware(state) {
            openHardware(&state)
            return []
        }
        let requests = state.compose.requests
        switch state.budget.decision(for: requests.map(\.estimate), use: state.spend) {
        case .allow: return ask(requests, questions(requests, state), &state)
        case .ask(let reason): return ask(requests, [reason] + questions(requests, state), &state)
        case .refuse(let reason):
            state.say(.error, reason)
            return []
        }
    }
}

extension StudioReducer {
    /// Two runs of the same within this time are one that was meant and a key that bounced.
    private static let bounce = 0.5

    /// What a person should know before paying, besides what the budgets say.
    private func questions(_ requests: [RunRequest], _ state: StudioState) -> [String] {
        var questions: [String] = []
        if isHardwareOpen(state) {
            let key = state.keys.name(of: .nameHardware)
            questions.append(
                "Nobody has named what it runs on, so the price may lie anywhere in between; \(key) names it."
            )
        }
        if let last = state.compose.lastStarted, last.requests == requests,
            abs(state.now.timeIntervalSince(last.at)) < Self.bounce
        {
            questions.append("The same was started half a second ago.")
        }
        let made = state.runs.items.filter { $0.stage == .succeeded || $0.isActive }.map { ($0.model, $0.input) }
        if let repetition = Repetition(of: requests.map { ($0.model, $0.input) }, made: made) {
            questions.append(repetition.text)
        }
        return questions
    }

    /// Nobody knows whether the API can see an image that is not to be seen from here: never run without one that is wanted.
    private func askForImages(_ state: inout StudioState) {
        let images = state.compose.images.doubtful
        let lines = images.prefix(5).map { item in
            let reason = if case .bad(let reason) = item.state { reason } else { "" }
            return "\(item.text.prefix(60))\t\(reason)"
        }
        let toggle = state.keys.name(of: .toggleImage)
        state.confirmation = Confirmation(
            purpose: .sendImages,
            title: images.count == 1 ? "Send this image all the same?" : "Send these images all the same?",
            lines: lines + ["", "A look from here did not find it; the API may. \(toggle) switches an image off."],
            confirmLabel: "Send"
        )
    }

    /// Submits, unless there is something to ask before.
    private func ask(_ requests: [RunRequest], _ questions: [String], _ state: inout StudioState) -> [StudioEffect] {
        guard !questions.isEmpty else { return submit(requests, &state) }
        let total = Estimate.sum(requests.map(\.estimate))
        state.confirmation = Confirmation(
            purpose: .run(requests),
            title: requests.count == 1 ? "Run this?" : "Run these \(requests.count)?",
            lines: ["\(requests[0].model)\t\(total.label)", total.explanation, ""] + questions
                + afterwards(total, state),
            confirmLabel: "Run  \(total.label)"
        )
        return []
    }

    func submit(_ requests: [RunRequest], _ state: inout StudioState) -> [StudioEffect] {
        state.compose.isSubmitting = true
        state.compose.awaitsAnswer = true
        state.compose.lastStarted = ComposeState.Started(requests: requests, at: state.now)
        return [.world(.submit(requests))]
    }

    /// What the budgets will have left.
    private func afterwards(_ total: Estimate, _ state: StudioState) -> [String] {
        guard let high = total.high else { return [] }
        let today = state.spend.parts(state.spend.today).counted + high
        let limit = state.budget.day.map { " of \($0.text)" } ?? ""
        let besides = state.spend.unpricedText.map { ", and \($0) under way besides" } ?? ""
        return ["After this: \(today.text)\(limit) today, USD\(besides)."]
    }
}

extension ComposeState {
    /// Runs of one prompt that can be started at once.
    package static let mostRuns = 50
}
