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

    @Option(
        name: .customLong("look-in"),
        help: "Look for missing files below this folder, by their content: they may have been moved or renamed."
    )
    var places: [String] = []

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    /// A file that is not what was saved.
    private struct Damage {
        let run: RunRecord
        let file: SavedFile
        let finding: SavedFile.Finding
        /// Where it lies now; nil: it was not fetched again, and not found elsewhere.
        var replacement: String?
        /// It was found elsewhere.
        var isMoved = false

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
        if !places.isEmpty { damages = try find(damages, composition) }
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

    /// Finds missing files that lie elsewhere now, and notes where.
    private func find(_ damages: [Damage], _ composition: Composition) throws -> [Damage] {
        let console = composition.context.console
        var search = MovedFiles(damages.filter { $0.finding == .missing }.map(\.file))
        for place in places {
            let folder = URL(filePath: Paths.expanded(place, home: composition.context.surroundings.home))
            guard (try? folder.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true else {
                throw CommandError(.notFound, "\(place) is no folder: --look-in names one with files in it")
            }
            search.look(below: folder) { console.progress("\($0) files looked at in \(place)") }
        }
        return try damages.map { damage in
            guard damage.finding == .missing, let place = search.found[damage.file.path],
                try composition.store.move(damage.file.path, to: place, of: damage.run.id)
            else { return damage }
            var damage = damage
            damage.replacement = place
            damage.isMoved = true
            return damage
        }
    }

    /// Fetches what may still be had, run by run, and sees what became of each.
    private func mend(_ damages: [Damage], _ composition: Composition) async throws -> [Damage] {
        var mended: [Damage] = []
        mended += damages.filter { $0.replacement != nil }
        for (id, damages) in Dictionary(grouping: damages.filter { $0.replacement == nil }, by: \.run.id) {
            let run = damages[0].run
            let last: RunRecord?
            if let begun = try await composition.runner.fetchAgain(Set(damages.map(\.file.path)), of: id) {
                let done = try await RunTakeover(composition: composition).end(of: begun, until: nil)
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

    /// `{success, error, checked, right, wrong: [{path, problem, run_id, prediction_id, repaired, moved}]}`; `repaired` is
    /// where the file lies now, null where it was neither found nor fetched again; `moved` tells which.
    private func report(_ damages: [Damage], _ checked: Int, _ console: Console) {
        let lost = damages.filter { $0.replacement == nil }
        let summary =
            "\(checked) \(checked == 1 ? "file" : "files"): \(checked - damages.count) right"
            + ["missing", "changed", "unreadable"].compactMap { problem in
                let count = damages.count { $0.problem == problem }
                return count > 0 ? ", \(count) \(problem)" : nil
            }.joined() + remedies(damages)
        guard !output.json else {
            let wrong = damages.map { damage -> JSONValue in
                [
                    "path": .string(damage.file.path), "problem": .string(damage.problem),
                    "run_id": .string(damage.run.id),
                    "prediction_id": damage.run.prediction.map { .string($0.id.rawValue) } ?? .null,
                    "repaired": damage.replacement.map(JSONValue.string) ?? .null,
                    "moved": .bool(damage.isMoved),
                ]
            }
            return console.print([
                "success": .bool(lost.isEmpty), "error": lost.isEmpty ? .null : .string(summary),
                "checked": .integer(Int64(checked)), "right": .integer(Int64(checked - damages.count)),
                "wrong": .array(wrong),
            ])
        }
        for damage in damages {
            let more = damage.replacement.map { ", \(damage.isMoved ? "now at" : "fetched again:") \($0)" } ?? ""
            console.print("\(damage.problem)  \(damage.file.path)\(more)")
        }
        console.say(summary + ".")
        if !lost.isEmpty, !repair {
            console.say(
                "`darkroom verify --look-in FOLDER` finds files that were moved, `darkroom verify --repair` fetches again what "
                    + "is still to be had."
            )
        }
    }

    private func remedies(_ damages: [Damage]) -> String {
        let moved = damages.count { $0.isMoved }
        let fetched = damages.count { $0.replacement != nil && !$0.isMoved }
        return (moved > 0 ? ", \(moved) found elsewhere" : "")
            + (repair && !damages.isEmpty ? ", \(fetched) fetched again" : "")
    }
}
