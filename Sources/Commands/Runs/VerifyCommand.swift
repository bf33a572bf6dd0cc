import ArgumentParser
import Foundation
import History
import Predictions
import ReplicateAPI

struct VerifyCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read every saved output again, and compare its size and SHA-256 with what was saved.",
        discussion: "The exit status is 1 when a file is missing, changed or unreadable, and was not fetched again."
    )

    @Flag(help: "Fetch again what is missing or changed, while it is to be had. Changed files stay where they are.")
    var repair = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    /// A file that is not what was saved.
    private struct Damage {
        let run: RunRecord
        let file: SavedFile
        let finding: SavedFile.Finding
        /// Where it lies now; nil: it was not fetched again.
        var replacement: String?

        var problem: String {
            switch finding {
            case .right: "right"
            case .missing: "missing"
            case .changed: "changed"
            case .unreadable: "unreadable"
            }
        }
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let composition = try Composition(context, settings: try Settings.load(global, context))
        if repair, composition.settings.token == nil {
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        let runs = try composition.store.saved()
        var (damages, checked) = check(runs, console)
        console.endProgress()
        if repair { damages = try await mend(damages, composition) }
        report(damages, checked, console)
        guard damages.allSatisfy({ $0.replacement != nil }) else { throw CommandError(.failed, "") }
    }

    private func check(_ runs: [RunRecord], _ console: Console) -> (damages: [Damage], checked: Int) {
        let total = runs.reduce(0) { $0 + $1.savedFiles.count }
        var damages: [Damage] = []
        var checked = 0
        for run in runs {
            for file in run.savedFiles {
                console.progress("\(checked) of \(total) files")
                checked += 1
                let finding = file.check()
                if finding != .right { damages.append(Damage(run: run, file: file, finding: finding)) }
            }
        }
        return (damages, checked)
    }

    /// Fetches what may still be had, run by run, and sees what became of each.
    private func mend(_ damages: [Damage], _ composition: Composition) async throws -> [Damage] {
        var mended: [Damage] = []
        for (id, damages) in Dictionary(grouping: damages, by: \.run.id) {
            let run = damages[0].run
            let last: RunRecord?
            if try await composition.runner.fetchAgain(Set(damages.map(\.file.path)), of: id) != nil {
                let done = await composition.runner.wait(for: id, timeout: .seconds(60))
                last = try done ?? composition.store.run(id)
            } else {
                last = nil
            }
            mended += damages.map { damage in
                var damage = damage
                let place = run.outputs.firstIndex { $0.path == damage.file.path }
                let path = place.flatMap { place in
                    (last?.outputs).flatMap { $0.indices.contains(place) ? $0[place].path : nil }
                }
                damage.replacement = place == nil ? last?.valuesFile : path
                return damage
            }
        }
        await composition.runner.stop()
        return mended.sorted { ($0.run.createdAt, $0.file.path) < ($1.run.createdAt, $1.file.path) }
    }

    /// `{success, error, checked, right, wrong: [{path, problem, run_id, prediction_id, repaired}]}`; `repaired` is where
    /// the file lies now, null where it was not fetched again.
    private func report(_ damages: [Damage], _ checked: Int, _ console: Console) {
        let lost = damages.filter { $0.replacement == nil }
        let summary =
            "\(checked) \(checked == 1 ? "file" : "files"): \(checked - damages.count) right"
            + ["missing", "changed", "unreadable"].compactMap { problem in
                let count = damages.count { $0.problem == problem }
                return count > 0 ? ", \(count) \(problem)" : nil
            }.joined() + (repair && !damages.isEmpty ? ", \(damages.count - lost.count) fetched again" : "")
        guard !output.json else {
            let wrong = damages.map { damage -> JSONValue in
                [
                    "path": .string(damage.file.path), "problem": .string(damage.problem),
                    "run_id": .string(damage.run.id),
                    "prediction_id": damage.run.prediction.map { .string($0.id.rawValue) } ?? .null,
                    "repaired": damage.replacement.map(JSONValue.string) ?? .null,
                ]
            }
            return console.print([
                "success": .bool(lost.isEmpty), "error": lost.isEmpty ? .null : .string(summary),
                "checked": .integer(Int64(checked)), "right": .integer(Int64(checked - damages.count)),
                "wrong": .array(wrong),
            ])
        }
        for damage in damages {
            let more = damage.replacement.map { ", fetched again: \($0)" } ?? ""
            console.print("\(damage.problem)  \(damage.file.path)\(more)")
        }
        console.say(summary + ".")
        if !lost.isEmpty, !repair { console.say("`darkroom verify --repair` fetches again what is still to be had.") }
    }
}
