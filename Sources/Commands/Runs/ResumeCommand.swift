import ArgumentParser
import Foundation
import History
import Money
import Predictions
import ReplicateAPI
import Search

struct ResumeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Finish everything in flight: find lost answers, wait, save, and print what became of each.",
        discussion: "--json prints one object on a line for each run, and nothing where nothing was in flight."
    )

    @Option(help: ArgumentHelp("Time to wait at the most, such as 90 or 5m.", valueName: "time"))
    var timeout: TimeSpan?

    @Flag(name: .customLong("no-send"), help: "Leave runs that were never sent as they are.")
    var noSend = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let console = context.console
        let progress = ProgressLine(console)
        let composition = try Composition(
            context,
            settings: try Settings.load(global, context),
            onUpdate: { progress.show($0) }
        )
        guard composition.settings.token != nil else {
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        context.interruption.install {
            let open = (try? composition.store.inFlight()) ?? []
            return open.isEmpty ? .ended : Interruption.Standing(open)
        }
        if !noSend { try announce(composition) }
        try await composition.runner.start(sendsQueued: !noSend)
        // What ended within the hour without its files, these may still be had.
        for run in try composition.store.unsaved(since: Date(timeIntervalSinceNow: -3_600)) {
            guard let prediction = run.prediction else { continue }
            _ = try await composition.runner.follow(prediction, origin: run.origin)
        }
        let pending = try composition.store.inFlight()
        let asking = try composition.store.resendable()
        let clock = ContinuousClock()
        let end = timeout.map { clock.now + $0.duration }
        var statuses: [ExitStatus] = []
        func report(_ run: RunRecord) {
            console.endProgress()
            let isElsewhere = composition.runner.isOfAnotherAccount(run)
            let outage = composition.runner.currentFailure
            let report = RunReport(run: run, kind: .any, isElsewhere: isElsewhere, outage: outage)
            if output.json { console.print(line: report.document) } else { report.printForPeople(on: console) }
            statuses.append(report.exitStatus)
        }
        for run in pending {
            let isLeft = noSend && run.stage == .queued || composition.runner.isOfAnotherAccount(run)
            report(isLeft ? run : try await last(of: run, until: end, composition))
        }
        for run in asking { report(run) }
        await composition.runner.stop()
        if statuses.isEmpty { console.say("Nothing was in flight.") }
        let worst = statuses.max() ?? .done
        guard worst == .done else { throw CommandError(worst, "") }
    }

    /// Says what is about to be sent for the first time, and what that may cost: it may have been asked for long ago.
    private func announce(_ composition: Composition) throws {
        let queued = try composition.store.inFlight().filter {
            $0.stage == .queued && !composition.runner.isOfAnotherAccount($0)
        }
        guard !queued.isEmpty else { return }
        let console = composition.context.console
        for run in queued {
            console.say("Sent for the first time: \(run.id)  \(run.model)  \(run.estimate.label)  \(run.prompt)")
        }
        let sum = Estimate.sum(queued.map(\.estimate))
        console.say(
            "\(queued.count == 1 ? "One run" : "\(queued.count) runs"), \(sum.label) in all; --no-send leaves such runs."
        )
    }

    /// Waits for the run's end, whichever process works on it: should that one die, this one takes over.
    private func last(
        of run: RunRecord,
        until end: ContinuousClock.Instant?,
        _ composition: Composition
    ) async throws -> RunRecord {
        let clock = ContinuousClock()
        while true {
            let left = end.map { max(.zero, $0 - clock.now) } ?? .seconds(1)
            if let done = await composition.runner.wait(for: run.id, timeout: min(left, .seconds(1))), !done.isInFlight
            {
                return done
            }
            let record = try composition.store.run(run.id) ?? run
            if !record.isInFlight { return record }
            if let end, clock.now >= end { return record }
            if composition.runner.currentFailure?.refusesToken == true { return record }
            try await composition.runner.start(sendsQueued: !noSend)
            try await clock.sleep(for: .milliseconds(200))
        }
    }
}
