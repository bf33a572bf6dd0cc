import Composing
import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

/// What `image`, `video` and `run` share: check, price, start, wait.
struct RunStarter {
    let composition: Composition
    let options: RunOptions

    /// Starts the runs and waits for them as the options say; one record a run, in order.
    ///
    /// Nothing is spent before model, inputs and budget have been checked, and nothing uploaded.
    func start(_ given: CommandOrder) async throws -> [RunRecord] {
        if composition.settings.token != nil, !options.noDownload, let obstacle = composition.saver.obstacle() {
            throw CommandError(.usage, "\(obstacle). Nothing was sent.")
        }
        let composed = try await composition.compose(given, hardware: options.hardware)
        for warning in composed.warnings { composition.context.console.say("\(warning).") }
        try checkLimits(composed)
        let requests = try await composition.upload(composed.requests)
        return try await run(requests.map { RunDraft($0, origin: .command, savesOutputs: !options.noDownload) })
    }

    // MARK: Before anything is spent

    /// The limit of this command, the budgets, and the sum above which a person is asked. Budgets are checked once more
    /// where the runs are journaled, so that no other process can spend in between.
    private func checkLimits(_ composed: ComposedRuns) throws {
        let total = composed.total
        if let limit = options.maxCost.flatMap({ Money($0) }) {
            guard let high = total.high else {
                throw CommandError(
                    .usage,
                    "The price is not known (\(total.explanation)), so --max-cost cannot hold; leave it out to run all the same"
                )
            }
            guard high <= limit else {
                throw CommandError(
                    .usage,
                    "This may cost \(high.text) USD, more than --max-cost \(limit.text): \(total.explanation)"
                )
            }
        }
        let repetition = Repetition(of: composed.requests.map { ($0.model, $0.input) })
        var reasons = repetition.map { [$0.text] } ?? []
        switch composition.judge(composed.estimates) {
        case .allow: break
        case .refuse(let reason): throw CommandError(.usage, reason)
        case .ask(let reason): reasons.insert(reason, at: 0)
        }
        let price = "\(total.label) USD: \(total.explanation)"
        let console = composition.context.console
        // A limit that was named answers the question.
        guard !reasons.isEmpty, options.maxCost == nil,
            let isMeant = console.ask(([price + "."] + reasons + ["Run?"]).joined(separator: " "))
        else {
            // Whatever is not certain, or paid twice, is said before it is paid.
            if total.isRange { console.say(price) }
            if let repetition { console.say(repetition.text) }
            return
        }
        if !isMeant { throw CommandError(.usage, "Not run. --max-cost names a limit and asks nothing") }
    }

    // MARK: Running

    private func run(_ drafts: [RunDraft]) async throws -> [RunRecord] {
        let runner = composition.runner
        try composition.context.interruption.beginStarting()
        let started: [RunRecord]
        do { started = try await runner.submit(drafts) } catch let refusal as BudgetRefusal {
            throw CommandError(.usage, refusal.description)
        } catch {
            throw CommandError(.failed, "The journal could not be written, so nothing was sent: check the disk's space")
        }
        if options.noWait {
            var accepted: [RunRecord] = []
            for run in started { accepted.append(await wait(for: run, until: \.isSent, timeout: .seconds(60))) }
            await runner.stop()
            return accepted
        }
        let end = options.timeout.map { ContinuousClock.now + .seconds($0) }
        var ended: [RunRecord] = []
        for run in started {
            let done = try await wait(for: run, until: end)
            ended.append(done ?? (try? composition.store.run(run.id)) ?? run)
        }
        await runner.stop()
        return ended
    }

    /// nil when the time is up, or when the run has ended and its outputs cannot be saved for the time being. Throws when
    /// the API cannot be reached and so nothing was sent: the run is taken back then, because nobody expects a command
    /// that failed to spend money at the next start.
    private func wait(for run: RunRecord, until end: ContinuousClock.Instant?) async throws -> RunRecord? {
        let clock = ContinuousClock()
        let patience = clock.now + .seconds(15)
        var unsavedSince: ContinuousClock.Instant?
        while true {
            let left = end.map { $0 - clock.now } ?? .seconds(1)
            if let done = await composition.runner.wait(for: run.id, timeout: min(max(left, .zero), .seconds(1))) {
                return done
            }
            if let end, clock.now >= end { return nil }
            let record = try composition.store.run(run.id)
            if clock.now > patience, let outage = composition.runner.currentOutage, record?.stage == .queued {
                try await composition.runner.cancel(run.id)
                throw CommandError(.unreachable, "\(outage) Nothing was sent, and nothing is owed.")
            }
            guard record?.outputs.contains(where: { $0.failure != nil }) == true else { continue }
            let since = unsavedSince ?? clock.now
            unsavedSince = since
            if clock.now - since > .seconds(20) { return nil }
        }
    }

    private func wait(
        for run: RunRecord,
        until condition: (RunRecord) -> Bool,
        timeout: Duration
    ) async -> RunRecord {
        let clock = ContinuousClock()
        let end = clock.now + timeout
        var current = run
        while !condition(current), clock.now < end {
            try? await clock.sleep(for: .milliseconds(50))
            current = ((try? composition.store.run(run.id)) ?? nil) ?? current
        }
        return current
    }
}

extension RunRecord {
    /// The exit status that this end means.
    var exitStatus: ExitStatus {
        switch stage {
        case .settled:
            prediction?.status == .succeeded && failure == nil && outputs.allSatisfy { $0.failure == nil }
                ? .done : .failed
        case .refused: refusal == .unauthenticated || refusal == .noToken ? .noToken : .failed
        case .resendable: .failed
        case .queued: .unreachable
        case .sending, .unclear, .accepted: .stillRunning
        }
    }
}
