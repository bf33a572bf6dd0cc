import ArgumentParser
import Foundation
import History
import Predictions
import ReplicateAPI
import ReplicateClient
import Search

struct DeleteCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Take runs off the history for good, and with --files their files.",
        discussion: """
            Prompts, inputs, answers, keys and tags are erased; what a run cost stays in every sum and budget. A key of a \
            deleted run is free: the same order under it is made, and paid, once more. What is under way stays: cancel it \
            first.
            """
    )

    @Argument(help: "Ids of predictions or of runs, any unique beginning of one, or a saved file.", completion: .run)
    var ids: [String] = []

    @Option(
        name: .customLong("older-than"),
        help: ArgumentHelp("Those that were created longer ago, such as 90d.", valueName: "time")
    )
    var olderThan: TimeSpan?

    @Option(name: .customLong("keep-last"), help: ArgumentHelp("All but the newest so many.", valueName: "count"))
    var keepLast: Int?

    @Flag(help: "Remove the saved files too. Files that were changed since stay.")
    var files = false

    @Flag(name: .customLong("dry-run"), help: "Change nothing: print what would be deleted.")
    var dryRun = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        let isByAge = olderThan != nil || keepLast != nil
        if ids.isEmpty != isByAge {
            throw ValidationError("Name runs, or say which with --older-than or --keep-last.")
        }
        if let keepLast, keepLast < 0 { throw ValidationError("--keep-last must be 0 or more.") }
        try PredictionName.check(ids)
    }

    func run(in context: CommandContext) async throws {
        let composition = try Composition(context, settings: try Settings.load(global, context))
        let runs = NamedRuns(store: composition.store, console: context.console, json: output.json)
        try runs.each(try meant(composition), failed: ["removed_files": []]) { try delete($0, composition) }
    }

    private func meant(_ composition: Composition) throws -> [String] {
        guard ids.isEmpty else { return ids }
        let date = olderThan.map { Date(timeIntervalSinceNow: -$0.seconds) }
        let found = try composition.store.ended(before: date, exceptNewest: keepLast ?? 0)
        if found.isEmpty { composition.context.console.say("There is nothing to delete.") }
        return found
    }

    private static func remove(_ path: String) throws {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            throw CommandError(
                .notWritable,
                "\(path) cannot be removed, so the run stays: check the rights of its folder, or leave out --files"
            )
        }
    }

    private func delete(_ run: RunRecord, _ composition: Composition) throws {
        if run.isInFlight { throw CommandError(.failed, "it is under way: cancel it first") }
        var removed: [String] = []
        for file in files ? try composition.store.removableFiles(of: run) : [] {
            if !dryRun { try Self.remove(file.path) }
            removed.append(file.path)
        }
        if !dryRun {
            do {
                guard try composition.store.delete(run.id) else {
                    throw CommandError(.failed, "it is under way by now: cancel it first")
                }
            } catch let error as CommandError { throw error } catch { throw CommandError.unrecorded }
        }
        let console = composition.context.console
        guard output.json else {
            let words = [run.prediction?.id.rawValue ?? run.id, run.model, run.prompt]
            console.print(words.map(Console.line).joined(separator: "  "))
            for path in removed { console.print("  \(path)") }
            return
        }
        console.print([
            "success": true, "error": .null, "run_id": .string(run.id),
            "prediction_id": run.prediction.map { .string($0.id.rawValue) } ?? .null,
            "removed_files": .array(removed.map(JSONValue.string)), "dry_run": .bool(dryRun),
        ])
    }
}
