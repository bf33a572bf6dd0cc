import ArgumentParser
import Foundation
import Glibc
import History
import Predictions
import ReplicateAPI

struct PruneCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract:
            "Remove what nothing needs any more: parts of broken downloads, files put aside, empty folders of days, old trash.",
        discussion: """
            Runs and saved files stay; `darkroom delete` is for those. Nothing is touched that was changed within the hour, or \
            that a run under way may need.
            """
    )

    @Flag(name: .customLong("dry-run"), help: "Remove nothing: print what would be removed.")
    var dryRun = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let console = context.console
        let composition = try Composition(context, settings: try Settings.load(global, context))
        let settings = composition.settings
        var removed: [URL] = []
        var bytes: Int64 = 0
        // Before anything is removed: that changes a folder's time.
        let days = Set([settings.outputs, settings.paths.outputs]).flatMap(Self.staleDays)
        func remove(_ url: URL, size: Int64) {
            if !dryRun, Glibc.remove(url.path) != 0 { return }
            removed.append(url)
            bytes += size
        }
        for base in Set([settings.outputs, settings.paths.outputs]) {
            for (file, size) in Self.staleFiles(below: base) where Self.isPart(file) { remove(file, size: size) }
        }
        // Files that stood in answers wait there for their run to save them.
        if try composition.store.inFlight().isEmpty {
            for (file, size) in Self.staleFiles(below: settings.paths.inline) { remove(file, size: size) }
        }
        for place in Trash(folder: settings.paths.trash).outdated() {
            for file in (try? FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)) ?? []
            {
                let facts = try? FileManager.default.attributesOfItem(atPath: file.path)
                remove(file, size: (facts?[.size] as? NSNumber)?.int64Value ?? 0)
            }
            remove(place, size: 0)
        }
        for folder in days {
            let rest = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? ["?"]
            let names = Set(removed.map(\.path))
            if rest.allSatisfy({ names.contains(folder.appending(path: $0).path) }) { remove(folder, size: 0) }
        }
        if output.json {
            console.print([
                "success": true, "error": .null, "dry_run": .bool(dryRun), "bytes": .integer(bytes),
                "removed": .array(removed.map { .string($0.path) }),
            ])
        } else {
            for url in removed { console.print(url.path) }
            console.say("\(removed.count) \(dryRun ? "would be " : "")removed, \(bytes) bytes.")
        }
    }

    private static func isPart(_ file: URL) -> Bool {
        let name = file.lastPathComponent
        return name.hasPrefix(".") && name.hasSuffix(".part")
            && UUID(uuidString: String(name.dropFirst().dropLast(5))) != nil
    }

    private static func isDay(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
    }

    /// Regular files that nobody has written to for an hour.
    private static func staleFiles(below base: URL) -> [(URL, Int64)] {
        let keys: Set<URLResourceKey> = [.isRegularFileKey, .fileSizeKey, .contentModificationDateKey]
        let files = FileManager.default.enumerator(at: base, includingPropertiesForKeys: Array(keys))
        var found: [(URL, Int64)] = []
        while let file = files?.nextObject() as? URL {
            guard let values = try? file.resourceValues(forKeys: keys), values.isRegularFile == true,
                let changed = values.contentModificationDate, changed.timeIntervalSinceNow < -3_600
            else { continue }
            found.append((file, Int64(values.fileSize ?? 0)))
        }
        return found
    }

    /// Folders of days in which nothing was made or removed for an hour: a run may be about to save into a newer one.
    private static func staleDays(in base: URL) -> [URL] {
        let keys: Set<URLResourceKey> = [.isDirectoryKey, .contentModificationDateKey]
        let all = try? FileManager.default.contentsOfDirectory(at: base, includingPropertiesForKeys: Array(keys))
        return (all ?? []).filter { folder in
            guard isDay(folder.lastPathComponent), let values = try? folder.resourceValues(forKeys: keys) else {
                return false
            }
            return values.isDirectory == true && (values.contentModificationDate?.timeIntervalSinceNow ?? 0) < -3_600
        }
    }
}
