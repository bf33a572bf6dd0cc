import Composing
import Money
import Pricing
import ReplicateAPI
import Testing

@testable import Studio

/// What can be done with a run, by where it stands.
struct AvailabilityTests {
    private static let stages: [RunItem.Stage] = [
        .queued, .sending, .unclear, .resendable, .starting, .processing, .succeeded, .failed, .canceled, .aborted,
        .refused,
        .forgotten, .unknown("hibernating"),
    ]

    private func bench(_ run: RunItem) -> Bench {
        var bench = Bench(prompt: "a fox", runs: [run])
        bench.press(.focusPredictions)
        return bench
    }

    private func isPossible(_ command: Command, _ run: RunItem) -> Bool {
        CommandAvailability.obstacle(to: command, in: bench(run).state) == nil
    }

    @Test(arguments: stages)
    func `what is under way can be canceled and not deleted, what has ended deleted and not canceled`(
        stage: RunItem.Stage
    ) {
        let run = Bench.run("one", stage: stage)
        #expect(isPossible(.cancelRun, run) == stage.isActive)
        #expect(isPossible(.deleteRecord, run) == !stage.isActive)
        // What was asked for can always be asked for again, and annotated.
        for command in [Command.reuse, .newSeed, .runAgain, .favourite, .moreStars, .editTags, .editNote, .markRun] {
            #expect(isPossible(command, run), "\(command)")
        }
    }

    @Test(arguments: stages)
    func `only a run that the server does not know can be sent again, and only without a doubt which it is`(
        stage: RunItem.Stage
    ) {
        var run = Bench.run("one", stage: stage)
        #expect(isPossible(.sendAgain, run) == (stage == .resendable))
        #expect(!isPossible(.whichOne, run))
        run.candidates = ["a", "b"]
        // It may have been created: to send it again could pay it twice.
        #expect(!isPossible(.sendAgain, run))
        #expect(isPossible(.whichOne, run))
    }

    @Test func `what a run has made can be used as far as it is there`() {
        var run = Bench.run("one")
        for command in [Command.openOutput, .copyURL, .useAsImage] { #expect(isPossible(command, run), "\(command)") }
        run.outputs[0].path = nil
        #expect(!isPossible(.openOutput, run))
        #expect(isPossible(.copyURL, run) && isPossible(.useAsImage, run))
        run.outputs = []
        for command in [Command.openOutput, .copyURL, .useAsImage] { #expect(!isPossible(command, run), "\(command)") }
        run.text = "a poem"
        #expect(isPossible(.copyURL, run) && !isPossible(.useAsImage, run))
    }

    @Test func `without a run nothing of runs can be done`() {
        var bench = Bench(prompt: "a fox")
        bench.press(.focusPredictions)
        for command in Command.allCases {
            switch command.meaning {
            case .runs(.filter), .runs(.sort), .runs(.nextOrder), .runs(.reverseOrder):
                #expect(CommandAvailability.obstacle(to: command, in: bench.state) == nil)
            case .runs(.undoDelete):
                let obstacle = CommandAvailability.obstacle(to: command, in: bench.state)
                #expect(obstacle == "Nothing was deleted since the start")
            case .runs, .annotate:
                #expect(CommandAvailability.obstacle(to: command, in: bench.state) == "No prediction is selected")
            default: break
            }
        }
    }

    @Test func `without a token no run is repeated`() {
        var bench = Bench(prompt: "a fox", mode: .noToken, runs: [Bench.run("one")])
        bench.press(.focusPredictions)
        #expect(CommandAvailability.obstacle(to: .runAgain, in: bench.state)?.contains("REPLICATE_API_TOKEN") == true)
        #expect(CommandAvailability.obstacle(to: .run, in: bench.state) != nil)
    }

    /// States of every kind, none of them with a dialog.
    private var states: [Bench] {
        var all: [Bench] = []
        for pane in Pane.allCases {
            for model in [Bench.flux, Bench.video, Bench.unpriced, Bench.choosing] {
                for stage in [RunItem.Stage.processing, .succeeded, .resendable] {
                    var bench = Bench(model, prompt: "a fox", runs: [Bench.run("one", stage: stage)])
                    bench.state.focus = pane
                    all.append(bench)
                }
            }
        }
        return all
    }

    @Test(arguments: Command.allCases)
    func `pressed where it cannot be done, a command says why and does nothing`(command: Command) {
        // Run tells its own, and goes where it can be mended.
        guard command != .run else { return }
        for start in states {
            guard let obstacle = CommandAvailability.obstacle(to: command, in: start.state) else { continue }
            var bench = start
            let effects = bench.press(command)
            #expect(effects.isEmpty, "\(command)")
            #expect(bench.state.toast?.notice.text == obstacle, "\(command)")
            #expect(bench.state.toast?.notice.kind == .warning)
            #expect(bench.state.compose == start.state.compose && bench.state.runs == start.state.runs, "\(command)")
            #expect(obstacle.last != "." && obstacle.first?.isWhitespace == false && obstacle.count > 8)
        }
    }

    @Test(arguments: Command.allCases)
    func `no command but Run and those that repeat a run sends anything`(command: Command) {
        let paying: Set<Command> = [.run, .runAgain, .sendAgain, .newSeed]
        guard !paying.contains(command) else { return }
        for start in states {
            var bench = start
            bench.press(command)
            #expect(bench.submitted.isEmpty, "\(command)")
            for case .world(.resend) in bench.effects { Issue.record("\(command) sends a run again") }
        }
    }
}
