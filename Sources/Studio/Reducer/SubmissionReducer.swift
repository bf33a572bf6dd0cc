import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI

/// From the key press to the order to submit: what is in the way, what is to be asked before money is spent.
struct SubmissionReducer: Sendable {
    let composer: RunComposer
    let hardware: HardwareReducer
    let pickers: PickerReducer

    /// Two runs of the same within this time, in seconds, are one that was meant and a key that bounced.
    private static let bounce = 0.5

    func run(_ state: inout StudioState) -> [StudioEffect] {
        guard !state.compose.isSubmitting else { return [] }
        if QuoteReducer.isHeldByDoubtfulImages(state.compose) {
            askForImages(&state)
            return []
        }
        if let obstacle = state.compose.quote.obstacle { return mend(obstacle, &state) }
        if hardware.isToBeAsked(state.compose) {
            pickers.openHardware(&state)
            return []
        }
        return start(QuoteReducer.requests(of: state.compose), isAgain: false, &state)
    }

    /// What was run before once more, apart from the form; nothing where one of them cannot be run any more.
    func run(_ orders: [GivenRun], _ state: inout StudioState) -> [StudioEffect] {
        guard !state.compose.isSubmitting else { return [] }
        let composed = orders.map { composer.compose($0) }
        if let issue = composed.lazy.flatMap(\.issues).first {
            state.say(.error, "\(issue.sentence): \(state.keys.name(of: .reuse)) takes it into the form")
            return []
        }
        let requests = composed.flatMap(\.requests)
        return requests.isEmpty ? [] : start(requests, isAgain: true, &state)
    }

    /// Submits what the budgets allow, after the questions that are to be asked.
    ///
    /// - Parameter isAgain: a person has asked for the same once more, apart from the form.
    private func start(_ requests: [RunRequest], isAgain: Bool, _ state: inout StudioState) -> [StudioEffect] {
        let questions = questions(requests, isAgain: isAgain, state)
        switch state.budget.decision(for: requests.map(\.estimate), use: state.spend) {
        case .allow: return ask(requests, questions, &state)
        // The reason stands above it already.
        case .ask(.unknownPrice): return ask(requests, ["The price is not known."] + questions, &state)
        case .ask(let question): return ask(requests, [question.sentence] + questions, &state)
        case .refuse(let objection):
            state.say(.error, objection.sentence)
            return []
        }
    }

    /// Says what is in the way, and goes where it is mended.
    private func mend(_ obstacle: Quote.Obstacle, _ state: inout StudioState) -> [StudioEffect] {
        if obstacle.pane == .inputs, let name = obstacle.input {
            let before = (state.focus, state.compose.inputs.selected?.name)
            state.focus(on: .inputs)
            state.compose.inputs.select(named: name)
            // Where the focus goes to the input, its row says what is wrong; where it is there already, something must answer.
            if before == (.inputs, name) { state.say(.error, obstacle.reason) }
            return []
        }
        state.say(.error, obstacle.reason)
        guard obstacle.pane == .model else {
            state.focus(on: obstacle.pane)
            return []
        }
        // Pressing it again is asking again.
        if case .unavailable = state.compose.model.state { return [.world(.loadModel(state.compose.model.path))] }
        return []
    }

    /// What a person should know before paying, besides what the budgets say.
    private func questions(_ requests: [RunRequest], isAgain: Bool, _ state: StudioState) -> [String] {
        var questions: [String] = []
        if !isAgain, hardware.isOpen(state.compose) {
            let key = state.keys.name(of: .nameHardware)
            questions.append(
                "The hardware of this model is not named, so the price may lie anywhere in this range; \(key) names it."
            )
        }
        if let last = state.compose.lastStarted, last.requests == requests,
            abs(state.now.timeIntervalSince(last.at)) < Self.bounce
        {
            questions.append("The same was started half a second ago.")
        }
        guard !isAgain else { return questions }
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
            confirmLabel: total.high == nil ? "Run at an unknown price" : "Run  \(total.label)"
        )
        return []
    }

    func submit(_ requests: [RunRequest], _ state: inout StudioState) -> [StudioEffect] {
        state.compose.isSubmitting = true
        state.compose.awaitsAnswer = true
        state.compose.lastStarted = ComposeState.Started(
            requests: requests,
            at: state.now,
            selection: state.runs.selection
        )
        return [.world(.submit(requests))] + template(of: requests, state.compose).map { .world(.keepTemplate($0)) }
    }

    /// What was typed, where it is none of the prompts that are run.
    private func template(of requests: [RunRequest], _ compose: ComposeState) -> [String] {
        let text = compose.prompt.text
        guard compose.composed?.runs.requests == requests, !requests.contains(where: { $0.prompt == text }) else {
            return []
        }
        return [text]
    }

    /// Shows what was started, unless a person has moved in the list since.
    static func finish(_ runs: [RunItem.ID], _ state: inout StudioState) {
        state.compose.isSubmitting = false
        state.groups.begin(runs)
        state.say(.information, runs.count == 1 ? "1 run started" : "\(runs.count) runs started")
        guard let newest = runs.last, state.runs.selection == state.compose.lastStarted?.selection else { return }
        state.runs.show(newest)
        state.detail.showAnother()
    }

    /// What the budgets will have left.
    private func afterwards(_ total: Estimate, _ state: StudioState) -> [String] {
        guard let high = total.high else { return [] }
        let today = state.spend[.day].counted + high
        let limit = state.budget.day.map { " of \($0.text)" } ?? ""
        let besides = state.spend.inFlight.unpricedText.map { ", and \($0) under way besides" } ?? ""
        return ["After this: \(today.shortText)\(limit) today\(besides)."]
    }
}
