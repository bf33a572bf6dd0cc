import ArgumentParser
import Foundation
import History
import Predictions
import ReplicateAPI
import ReplicateClient
import Search

struct PollCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll",
        abstract: "Wait for predictions and print how each ended; a run is known by its own id too, wherever it stands."
    )

    @Argument(help: "Ids of predictions or of runs, or addresses of predictions on the web.", completion: .run)
    var ids: [String]

    @Option(help: ArgumentHelp("Time to wait at the most for all of them, such as 90 or 5m.", valueName: "time"))
    var timeout = TimeSpan(seconds: 600)

    @Option(help: "Seconds between questions.")
    var interval: Double = 5

    @Option(name: .customLong("output-dir"), help: "Where outputs are saved.")
    var outputDir: String?

    @Flag(name: .customLong("no-download"), help: "Do not save outputs.")
    var noDownload = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try QuestionInterval.check(interval)
        guard !ids.isEmpty else { throw ValidationError("Missing expected argument '<ids> ...'") }
        try PredictionName.check(ids)
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let composition = try Composition(context, settings: try Settings.load(global, context, outputDir: outputDir))
        guard composition.settings.token != nil else {
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        context.interruption.install { .underWay(ids: ids.map(PredictionName.id), waiting: 0) }
        let end = ContinuousClock.now + timeout.duration
        var worst = CommandError(.done, "")
        for id in ids {
            do { try await poll(PredictionName.id(of: id), until: end, composition) } catch let error as CommandError {
                if error.status > worst.status { worst = error }
                guard ids.count > 1 else { continue }
                worst = CommandError(worst.status, "")
                if !error.description.isEmpty { console.fail("\(id): \(error.description)") }
            }
        }
        await composition.runner.stop()
        if worst.status != .done { throw worst }
    }

    /// Waits for one and prints how it ended. Throws ``CommandError`` for every end but a good one; where nothing was
    /// printed for several, its object is.
    private func poll(_ id: String, until end: ContinuousClock.Instant, _ composition: Composition) async throws {
        let clock = ContinuousClock()
        var record: RunRecord?
        var prediction: Prediction
        do {
            record = try composition.store.run(meant: id)
            if let run = record, run.prediction == nil {
                record = try await RunLookup(composition: composition, until: end).found(run)
                guard record?.prediction != nil else {
                    try reportUncreated(record ?? run, composition)
                }
            }
            let name = record?.prediction?.id ?? Prediction.ID(id)
            do { prediction = try await ask(composition.client, name, id) } catch let error {
                guard error.status == .notFound, let record, composition.runner.isOfAnotherAccount(record) else {
                    throw error
                }
                throw CommandError(.stillRunning, "\(id): \(RunRecord.elsewhere)")
            }
            while !prediction.isFinished, clock.now < end {
                try await clock.sleep(for: min(end - clock.now, .seconds(interval)))
                prediction = try await ask(composition.client, name, id)
            }
        } catch let error as CommandError where ids.count > 1 && !error.description.isEmpty {
            if output.json {
                composition.context.console.print(
                    Invocation(["poll", "--json"]).document(
                        of: error.description,
                        status: error.status.rawValue,
                        id: id
                    )
                )
            }
            throw error
        }
        prediction = record?.withoutSecrets(prediction) ?? prediction
        let saved = prediction.isFinished && !noDownload ? try await save(prediction, until: end, composition) : nil
        report(prediction, saved ?? record, isSaved: saved != nil, composition)
        if !prediction.isFinished {
            throw CommandError(
                .stillRunning,
                "still running after \(timeout.description) s; it goes on: `darkroom poll \(id)` picks it up"
            )
        }
        if saved?.isInFlight == true {
            throw CommandError(.stillRunning, "its files are not all saved yet: `darkroom resume` goes on with that")
        }
        if prediction.status != .succeeded || saved?.lacksFiles == true { throw CommandError(.failed, "") }
    }

    private func ask(
        _ client: APIClient,
        _ name: Prediction.ID,
        _ id: String
    ) async throws(CommandError) -> Prediction {
        do { return try await client.prediction(name) } catch {
            throw CommandError(
                error,
                missing: "There is no prediction \(id): `darkroom list --remote` shows the account's"
            )
        }
    }

    /// Tells of a run that has no prediction, and ends with the status of that.
    private func reportUncreated(_ run: RunRecord, _ composition: Composition) throws -> Never {
        let console = composition.context.console
        let isElsewhere = composition.runner.isOfAnotherAccount(run)
        let outage = composition.runner.currentFailure
        let report = RunReport(run: run, kind: .any, isElsewhere: isElsewhere, outage: outage)
        if output.json {
            console.print(
                line: run.members.merging(["error": .json(report.error.map(JSONValue.string) ?? .null)]) { $1 }
            )
            throw CommandError(report.exitStatus, "")
        }
        report.printForPeople(on: console)
        throw CommandError(report.exitStatus, "")
    }

    /// Outputs vanish after an hour, so what was waited for is kept. The run is still in flight where there was no time for
    /// all of it.
    private func save(
        _ prediction: Prediction,
        until end: ContinuousClock.Instant,
        _ composition: Composition
    ) async throws -> RunRecord {
        let run = try await composition.runner.follow(
            prediction,
            origin: .command,
            savesOutputs: outputDir == nil ? nil : true,
            folder: outputDir == nil ? nil : composition.saver.folder.absoluteURL.path
        )
        let done = try await RunTakeover(composition: composition).end(of: run, until: end)
        let console = composition.context.console
        let last = try done ?? composition.store.run(run.id) ?? run
        for output in last.outputs {
            if let path = output.path { if self.output.json { console.say(path) } else { console.print(path) } }
            if let failure = output.failure { console.say("\(output.url.shortened): \(failure)") }
        }
        for path in last.missingFiles { console.say("\(path) is gone, and can no longer be fetched") }
        return last
    }

    /// ``History/RunRecord/members``, and of the reference `status`, `output` and `error`: the status is `timeout` where it
    /// was still running.
    private func report(
        _ prediction: Prediction,
        _ known: RunRecord?,
        isSaved: Bool,
        _ composition: Composition
    ) {
        let console = composition.context.console
        let status = prediction.isFinished ? prediction.status.rawValue : "timeout"
        let error = error(prediction, isSaved ? known : nil)
        if output.json {
            var run = known ?? RunRecord(notStartedHere: prediction)
            run.prediction = prediction
            run.cost = composition.runner.costs.cost(of: run)
            var members = run.members
            if known == nil { members["run_id"] = .json(.null) }
            members["status"] = .json(.string(status))
            members["output"] = .json(prediction.output ?? .null)
            members["error"] = .json(error.map(JSONValue.string) ?? .null)
            console.print(line: members)
        } else {
            let values = known.flatMap { isSaved ? $0.values : nil } ?? prediction.content.values
            if prediction.isFinished, let values {
                if let text = prediction.outputText { console.print(text) } else { console.print(values) }
            }
            console.say([status, error].compactMap { $0 }.joined(separator: " · "))
            if prediction.dataRemoved { console.say("What it made is gone: the server has removed it.") }
        }
    }

    private func error(_ prediction: Prediction, _ saved: RunRecord?) -> String? {
        if let error = prediction.error { return error }
        if let saved, saved.isInFlight {
            return saved.outputs.lazy.compactMap(\.failure).first ?? "not all of what it made is saved yet"
        }
        if let saved, saved.lacksFiles { return saved.failure ?? "not all of what it made is saved" }
        return nil
    }
}
