import ArgumentParser
import History
import Money
import Predictions
import ReplicateAPI
import ReplicateClient

struct CancelCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel predictions, and tell what each costs. \(charges)"
    )

    private static let charges = """
        A run that is canceled while it works is charged for the time it ran; failed runs of public models, and those that never \
        started (aborted), are free.
        """

    @Argument(
        help: "Ids of predictions or of runs, wherever these stand, or addresses of predictions on the web.",
        completion: .activeRun
    )
    var ids: [String] = []

    @Flag(help: "Cancel everything of this history that is under way.")
    var all = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if ids.isEmpty == !all { throw ValidationError("Name what is to be canceled, or all of it with --all.") }
        try PredictionName.check(ids)
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let composition = try Composition(context, settings: try Settings.load(global, context))
        guard composition.settings.token != nil else {
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        let named = all ? try composition.store.inFlight().map(\.id) : ids.map(PredictionName.id)
        if named.isEmpty { console.say("Nothing is under way.") }
        var worst = ExitStatus.done
        var isCharged = false
        for id in named {
            do throws(CommandError) {
                let run = try await cancel(id, composition)
                isCharged = isCharged || run.prediction?.status == .canceled && run.cost?.money != .zero
                tell(id, run, console)
            } catch {
                console.fail("\(id): \(error.description)")
                if output.json {
                    console.print([
                        "success": false, "error": .string(error.description), "prediction_id": .string(id),
                        "status": .null, "exit_status": .integer(Int64(error.status.rawValue)),
                    ])
                }
                worst = max(worst, error.status)
            }
        }
        await composition.runner.stop()
        if isCharged { console.say(Self.charges) }
        if worst != .done { throw CommandError(worst, "") }
    }

    private func tell(_ id: String, _ run: RunRecord, _ console: Console) {
        guard !output.json else {
            var members = run.members
            members["success"] = .json(true)
            members["error"] = .json(.null)
            return console.print(line: members)
        }
        var words = [Console.cell(id, max(26, id.count)), run.status.rawValue]
        words.append(run.costText ?? "not ended yet")
        if run.estimate.high != nil { words.append("estimate \(run.estimate.label)") }
        console.print(words.joined(separator: "  "))
    }

    /// Cancels and returns the run as it is after it. A run of this history is watched until the server confirms, so that
    /// its record is true; one that another darkroom watches is left to that.
    private func cancel(_ id: String, _ composition: Composition) async throws(CommandError) -> RunRecord {
        let known = (try? composition.store.run(predictionID: id) ?? composition.store.run(id)) ?? nil
        if let known, known.prediction == nil { return try await cancelUncreated(known, composition) }
        let name = known?.prediction?.id ?? Prediction.ID(id)
        let prediction: Prediction
        do {
            prediction = try await composition.client.cancel(name)
        } catch {
            if error.code == .notFound, let known, composition.runner.isOfAnotherAccount(known) {
                throw CommandError(.stillRunning, RunRecord.elsewhere)
            }
            // It may have ended a moment before: then that is what is told, and what it made is saved.
            guard error.isAnswer, let ended = try? await composition.client.prediction(name), ended.isFinished else {
                throw error.code == .invalidInput
                    ? CommandError(.failed, error.explanation)
                    : CommandError(error, missing: "there is no such prediction: `darkroom list --remote` shows them")
            }
            prediction = ended
        }
        if let known, known.isInFlight,
            (try? await composition.runner.follow(prediction, origin: .command)) != nil
        {
            let patience: Duration = prediction.isFinished ? .seconds(60) : .seconds(15)
            let last = await composition.runner.wait(for: known.id, timeout: patience)
            if let last, !last.isInFlight { return last }
            if prediction.status == .succeeded {
                throw CommandError(
                    .stillRunning,
                    "it had ended before, and is paid; its files are not all saved yet: `darkroom resume` saves them"
                )
            }
        }
        var run = known ?? RunRecord(notStartedHere: prediction)
        run.prediction = run.withoutSecrets(prediction)
        run.cost = composition.runner.costs.cost(of: run)
        return run
    }

    /// One that was never sent is taken back; one whose answer was lost is canceled as soon as it is found.
    private func cancelUncreated(_ run: RunRecord, _ composition: Composition) async throws(CommandError) -> RunRecord {
        guard run.isInFlight else {
            throw CommandError(
                .failed,
                run.failure.map { "there is nothing to cancel: \($0)" }
                    ?? "it has ended: `darkroom show \(run.id)` tells how"
            )
        }
        if run.stage != .queued, composition.runner.isOfAnotherAccount(run) {
            throw CommandError(.stillRunning, RunRecord.elsewhere)
        }
        let isOurs: Bool
        do { isOurs = try await composition.runner.cancelRecorded(run.id) } catch {
            throw CommandError(.failed, "the history cannot be written: check the disk's space and rights")
        }
        guard isOurs else {
            throw CommandError(.failed, "another darkroom is sending it: try again in a moment, or cancel it there")
        }
        if let ended = await composition.runner.wait(for: run.id, timeout: .seconds(90)), !ended.isInFlight {
            return ended
        }
        throw CommandError(
            .stillRunning,
            "it is not known yet whether it was created; it is canceled when it is found: `darkroom resume` goes on looking"
        )
    }
}
