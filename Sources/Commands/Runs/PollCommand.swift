import ArgumentParser
import Foundation
import History
import Predictions
import ReplicateAPI
import ReplicateClient

struct PollCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll",
        abstract: "Wait for a prediction and print how it ended; a run is known by its own id too, wherever it stands."
    )

    @Argument(help: "The prediction's id, or a run's own.")
    var id: String

    @Option(help: "Seconds to wait at the most.")
    var timeout: Double = 600

    @Option(help: "Seconds between questions.")
    var interval: Double = 5

    @Option(name: .customLong("output-dir"), help: "Where outputs are saved.")
    var outputDir: String?

    @Flag(name: .customLong("no-download"), help: "Do not save outputs.")
    var noDownload = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard timeout >= 0, interval > 0 else { throw ValidationError("--timeout and --interval must be above zero.") }
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let composition = try Composition(context, settings: try Settings.load(global, context, outputDir: outputDir))
        guard composition.settings.token != nil else {
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        context.interruption.install { .underWay(waiting: 0) }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(timeout)
        var record = try composition.store.run(meant: id)
        if let run = record, run.prediction == nil {
            record = try await RunLookup(composition: composition, until: end).found(run)
            guard record?.prediction != nil else { try reportUncreated(record ?? run, console) }
        }
        let name = record?.prediction?.id ?? Prediction.ID(id)
        var prediction = try await ask(composition.client, name)
        while !prediction.isFinished, clock.now < end {
            let left = end - clock.now
            try await clock.sleep(for: min(left, .seconds(interval)))
            prediction = try await ask(composition.client, name)
        }
        prediction = record?.withoutSecrets(prediction) ?? prediction
        let saved = prediction.isFinished && !noDownload ? try await save(prediction, composition) : nil
        await composition.runner.stop()
        report(prediction, saved, console)
        if !prediction.isFinished {
            throw CommandError(
                .stillRunning,
                "still running after \(timeout.shortText) s; it goes on: `darkroom poll \(id)` picks it up"
            )
        }
        if prediction.status != .succeeded || saved?.hasLostFiles == true { throw CommandError(.failed, "") }
    }

    private func ask(_ client: APIClient, _ name: Prediction.ID) async throws -> Prediction {
        do { return try await client.prediction(name) } catch {
            throw CommandError(
                error,
                missing: "There is no prediction \(id): `darkroom list --remote` shows the account's"
            )
        }
    }

    /// Tells of a run that has no prediction, and ends with the status of that.
    private func reportUncreated(_ run: RunRecord, _ console: Console) throws -> Never {
        let report = RunReport(run: run, kind: .any)
        if output.json {
            console.print(
                JSONValue.object([
                    "status": .string(run.status.rawValue), "output": .null,
                    "error": report.error.map(JSONValue.string) ?? .null,
                ])
            )
            throw CommandError(run.exitStatus, "")
        }
        report.printForPeople(on: console)
        throw CommandError(run.exitStatus, "")
    }

    /// Outputs vanish after an hour, so what was waited for is kept.
    private func save(_ prediction: Prediction, _ composition: Composition) async throws -> RunRecord {
        let run = try await composition.runner.follow(
            prediction,
            origin: .command,
            savesOutputs: outputDir == nil ? nil : true,
            folder: outputDir == nil ? nil : composition.saver.folder.absoluteURL.path
        )
        let done = await composition.runner.wait(for: run.id, timeout: .seconds(60))
        let console = composition.context.console
        let last = try done ?? composition.store.run(run.id) ?? run
        for output in last.outputs {
            if let path = output.path { if self.output.json { console.say(path) } else { console.print(path) } }
            if let failure = output.failure { console.say("\(output.url.shortened): \(failure)") }
        }
        for path in last.missingFiles { console.say("\(path) is gone, and can no longer be fetched") }
        return last
    }

    /// `{status, output, error}`, and where outputs are saved: `files`, `missing_files`, and `not_saved`, null when all are.
    private func report(_ prediction: Prediction, _ saved: RunRecord?, _ console: Console) {
        let status = prediction.isFinished ? prediction.status.rawValue : "timeout"
        if output.json {
            console.print(
                JSONValue.object([
                    "status": .string(status),
                    "output": prediction.output ?? .null,
                    "error": error(prediction, saved).map(JSONValue.string) ?? .null,
                    "files": .array((saved?.outputs ?? []).compactMap(\.path).map(JSONValue.string)),
                    "missing_files": .array((saved?.missingFiles ?? []).map(JSONValue.string)),
                    "not_saved": saved?.outputs.lazy.compactMap(\.failure).first.map(JSONValue.string) ?? .null,
                ])
            )
        } else {
            let values = saved.map(\.values) ?? prediction.content.values
            if prediction.isFinished, let values {
                if let text = prediction.outputText { console.print(text) } else { console.print(values) }
            }
            console.say([status, error(prediction, saved)].compactMap { $0 }.joined(separator: " · "))
        }
    }

    private func error(_ prediction: Prediction, _ saved: RunRecord?) -> String? {
        if let error = prediction.error { return error }
        if let saved, saved.hasLostFiles { return saved.failure ?? "not all of what it made is saved" }
        return nil
    }
}

extension RunRecord {
    /// Something it made was to be saved and is not on the disk.
    fileprivate var hasLostFiles: Bool {
        savesOutputs && (outputs.contains { $0.path == nil } || !missingFiles.isEmpty)
    }
}
