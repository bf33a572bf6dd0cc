import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI
import TestSupport
import Testing

@testable import Studio

/// Random input and random answers of the world: what must hold whatever happens, in whichever order.
struct MonkeyTests {
    /// One sitting: a studio, and what it has ordered.
    private struct Sitting {
        var bench: Bench
        var random: SeededGenerator
        /// What the world has been asked, for answers that fit.
        var checks: [(id: ImageItem.ID, url: String)] = []
        var previews: [PreviewKey] = []

        static let models = [Bench.flux, Bench.choosing, Bench.video, Bench.unpriced]

        init(seed: UInt64) {
            random = SeededGenerator(seed: seed)
            let stages: [RunItem.Stage] = [
                .queued, .sending, .unclear, .resendable, .processing, .succeeded, .failed, .canceled, .aborted,
                .refused,
                .forgotten, .unknown("hibernating"),
            ]
            let runs = stages.enumerated().map {
                Bench.run("r\($0.offset)", stage: $0.element, age: Double($0.offset * 40))
            }
            bench = Bench(Self.models[Int(seed) % Self.models.count], prompt: "a {red|blue} fox", runs: runs)
            bench.state.budget = Budget(
                askAbove: Money("0.02"),
                run: Money("0.5"),
                session: Money("1"),
                day: Money("1"),
                month: Money("2")
            )
        }

        mutating func chance(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &random) == 0 }

        mutating func pick<Element>(_ elements: [Element]) -> Element {
            elements[Int.random(in: 0..<elements.count, using: &random)]
        }

        mutating func action() -> StudioAction {
            if chance(3) { return world() }
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                return .typed(
                    pick(["a", "fox", " ", "7", "{", "|", "}", "漢", "https://h/1.png", "true", "\n", "lab/"])
                )
            case 1:
                return .pasted(
                    pick(["https://h/2.png\nhttps://h/3.png", "a\tb\n\nc", "", String(repeating: "x", count: 3_000)])
                )
            case 2, 3:
                let targets: [ClickTarget] = [
                    .command(.run), .command(.palette), .pane(pick(Pane.allCases)), .prompt(top: pick([0, 3])),
                    .run(.init(rawValue: pick(["r0", "r7", "gone"]))), .image(pick([0, 1, 99])),
                    .input(pick([0, 2, 99])),
                    .inputControl(pick([0, 1, 99]), pick([.increaseInput, .decreaseInput, .editInput])),
                    .tab(pick(DetailState.Tab.allCases)), .pickerRow(pick([0, 2, 99])), .answer(isConfirm: chance(2)),
                ]
                return .clicked(
                    Click(pick(targets), column: pick([0, 3, 200]), row: pick([0, 1, 50]), isDouble: chance(3))
                )
            case 4: return .scrolled(pick(Pane.allCases), rows: pick([-3, -1, 1, 3, 100]))
            case 5: return .command(pick([.run, .confirm, .choose, .switchButton, .back, .palette, .changeModel]))
            default: return .command(pick(Command.allCases))
            }
        }

        private mutating func world() -> StudioAction {
            let run = Bench.run(
                "r\(Int.random(in: 0..<20, using: &random))",
                stage: pick([.processing, .succeeded, .failed, .unclear, .resendable])
            )
            switch Int.random(in: 0..<15, using: &random) {
            case 0: return .runChanged(run)
            case 1: return .runDeleted(run.id)
            case 2: return .ticked(bench.state.now.addingTimeInterval(pick([0.1, 1, 60, -5])))
            case 3: return .modelLoaded(pick(Self.models))
            case 4: return .modelUnavailable(path: bench.state.compose.model.path, reason: "the API cannot be reached")
            case 5: return .modelMissing(path: bench.state.compose.model.path, reason: "there is none")
            case 6: return .submitted([run.id])
            case 7: return .submissionFailed(reason: "Over budget")
            case 8: return .connectivityChanged(pick([.online, .unknown]))
            case 9:
                let paid = Money(Decimal(Int.random(in: 0...120, using: &random)) / 100)
                let inFlight = InFlightSum(
                    runs: 1,
                    high: Money("0.1")!,
                    unpricedRuns: Int.random(in: 0...1, using: &random)
                )
                return .spendChanged(Spend(session: SpendSum(runs: 1, paid: paid), inFlight: inFlight))
            case 10:
                return .spendLoaded(
                    pick(Ledger.Period.allCases),
                    SpendReport(endings: [.init(.succeeded, SpendSum(runs: 1))])
                )
            case 11: return .candidatesLoaded(run.id, [])
            case 12: return .editorReturned(.prompt, pick(["", "a fox\nin the snow", "{a|b}"]))
            case 13:
                guard let check = checks.randomElement(using: &random) else { return .promptsLoaded(["a", "b"]) }
                return .imageChecked(
                    check.id,
                    url: check.url,
                    chance(2)
                        ? .bad(reason: "404") : .ok(ImageFacts(contentType: "image/png", width: 8, height: 8, bytes: 9))
                )
            default:
                return .viewportChanged(
                    Viewport(
                        promptColumns: pick([1, 7, 60]),
                        promptRows: pick([1, 9]),
                        imageRows: pick([1, 4]),
                        runRows: pick([1, 12]),
                        detailRows: pick([1, 20]),
                        detailColumns: pick([1, 50]),
                        isTabbed: chance(2)
                    )
                )
            }
        }

        mutating func remember(_ effects: [StudioEffect]) {
            for effect in effects {
                if case .world(.checkImage(let id, let url)) = effect { checks.append((id, url)) }
            }
        }
    }

    private static let seeds = 0..<12 as Range<UInt64>

    @Test(arguments: seeds)
    func `money is spent only where a person said so, and never over a budget`(seed: UInt64) {
        var sitting = Sitting(seed: seed)
        for step in 0..<1_500 {
            let action = sitting.action()
            let before = sitting.bench.state
            let effects = sitting.bench.send(action)
            sitting.remember(effects)
            for effect in effects {
                switch effect {
                case .world(.submit(let requests)):
                    #expect(action.isPersons, "step \(step): \(action)")
                    #expect(!requests.isEmpty)
                    #expect(!before.compose.isSubmitting, "step \(step): a bouncing key paid twice")
                    if case .refuse(let objection) = before.budget.decision(
                        for: requests.map(\.estimate),
                        use: before.spend
                    ) {
                        Issue.record("step \(step): \(action) submitted although \(objection.sentence)")
                    }
                case .world(.resend), .world(.follow), .world(.cancel), .world(.delete):
                    #expect(action.isPersons, "step \(step): \(action)")
                case .world, .terminal: break
                }
            }
        }
    }

    @Test(arguments: seeds)
    func `selections point at something that is there`(seed: UInt64) {
        var sitting = Sitting(seed: seed &+ 100)
        for step in 0..<1_500 {
            let action = sitting.action()
            sitting.remember(sitting.bench.send(action))
            let state = sitting.bench.state
            let runs = state.runs
            if let selection = runs.selection { #expect(runs[selection] != nil, "step \(step): \(action)") }
            #expect(runs.activeCount == runs.items.count(where: \.isActive), "step \(step): \(action)")
            #expect((0...max(0, runs.shown.count)).contains(runs.top), "step \(step): \(action)")
            #expect(runs.targets.allSatisfy { runs[$0.id] != nil })
            if let run = runs.selected, !run.outputs.isEmpty {
                #expect(run.outputs.indices.contains(state.detail.output) || state.shownOutput == nil)
            }
            #expect((1...ComposeState.mostRuns).contains(state.compose.count), "step \(step): \(action)")
            let prompt = state.compose.prompt
            #expect(prompt.lines.indices.contains(prompt.cursor.line), "step \(step): \(action)")
            #expect(
                (0...prompt.lines[prompt.cursor.line].count).contains(prompt.cursor.column),
                "step \(step): \(action)"
            )
        }
    }

    @Test(arguments: seeds)
    func `the same actions lead to the same state and the same effects`(seed: UInt64) {
        var (first, second) = (Sitting(seed: seed &+ 200), Sitting(seed: seed &+ 200))
        for _ in 0..<400 {
            let effects = first.bench.send(first.action())
            first.remember(effects)
            let others = second.bench.send(second.action())
            second.remember(others)
            #expect(effects == others)
        }
        #expect(first.bench.state == second.bench.state)
    }

    @Test(arguments: seeds)
    func `a command that may not be done changes no run and orders nothing`(seed: UInt64) {
        var sitting = Sitting(seed: seed &+ 300)
        for step in 0..<600 {
            sitting.remember(sitting.bench.send(sitting.action()))
            let command = sitting.pick(Command.allCases)
            guard CommandAvailability.obstacle(to: command, in: sitting.bench.state) != nil else { continue }
            var copy = sitting.bench
            let runs = copy.state.runs.items.map(\.id)
            for effect in copy.press(command) {
                switch effect {
                case .world(.submit), .world(.cancel), .world(.delete), .world(.resend), .world(.follow):
                    Issue.record("step \(step): \(command) was not possible and ordered \(effect)")
                case .world, .terminal: break
                }
            }
            #expect(copy.state.runs.items.map(\.id) == runs)
        }
    }
}
