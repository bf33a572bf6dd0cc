import ArgumentParser
import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

struct ListCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List runs from the history, or predictions from the API.",
        discussion: """
            --json prints one object on a line for each run, newest first, and nothing where there is none. `run_id` names \
            the run in this history (null with --remote), `prediction_id` the prediction (null before there is one); `id` \
            is the prediction's, or else the run's own. The other members are those of every run's result.

            --since and --until take a day (2026-11-01), a moment (2026-11-01T12:00:00Z), or how long ago it was (30d, 12h).
            """
    )

    @Option(help: "Only those with this status, such as succeeded or failed.")
    var status: String?

    @Option(help: "Only those that were created then or later.")
    var since: Moment?

    @Option(help: "Only those that were created before.")
    var until: Moment?

    @Option(help: "Only those of this model: owner/name, or owner/name:version.")
    var model: String?

    @Option(help: "Only those with this tag.")
    var tag: String?

    @Option(help: "Only those that were ordered under this key.")
    var key: String?

    @Flag(help: "Ask the API for the account's predictions.")
    var remote = false

    @Option(help: "How many at the most, newest first; 0: all.")
    var limit = 50

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit must be 0, for all, or more.") }
        if remote, tag != nil || key != nil {
            throw ValidationError("--tag and --key are of this history: the API knows neither.")
        }
    }

    private var selection: RunSelection {
        var selection = RunSelection()
        selection.status = status.map(RunRecord.Status.init(rawValue:))
        selection.since = since?.date
        selection.until = until?.date
        selection.model = model
        selection.tag = tag
        selection.key = key
        return selection
    }

    private var most: Int { limit == 0 ? .max : limit }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let settings = try Settings.load(global, context)
        let (rows, known) = remote ? try await remoteRows(settings, context) : try localRows(settings, context)
        if let status, rows.isEmpty, !known.contains(status) {
            throw CommandError(
                .usage,
                "\(status) is no status: \(Self.words.joined(separator: ", "))"
            )
        }
        if output.json { return rows.forEach { console.print(line: $0.document) } }
        var table = Table(RunLine.columns)
        for row in rows { table.add(row.cells) }
        table.print(on: console)
        if rows.isEmpty { console.say(nothing) }
    }

    private var nothing: String {
        if let status { return "None is \(status)." }
        if selection != RunSelection() { return "None is like that." }
        return remote ? "The account has no predictions yet." : "No runs yet."
    }

    private static let words = RunRecord.Status.documented.map(\.rawValue)

    private typealias Found = (rows: [RunLine], known: Set<String>)

    private func localRows(_ settings: Settings, _ context: CommandContext) throws -> Found {
        let composition = try Composition(context, settings: settings)
        let runs = try composition.store.runs(selection, limit: most)
        return (runs.map { RunLine($0) }, Set(Self.words + runs.map(\.status.rawValue)))
    }

    /// Reads pages until enough are found that match, or the list ends.
    private func remoteRows(_ settings: Settings, _ context: CommandContext) async throws -> Found {
        let client = try Composition.client(context, settings)
        var found: Found = ([], Set(Self.words))
        // Rows come again when new predictions shift the pages.
        var ids: Set<Prediction.ID> = []
        var trail = Pagination()
        do {
            var page = try await client.predictions()
            while true {
                for prediction in page.results where ids.insert(prediction.id).inserted {
                    found.known.insert(prediction.status.rawValue)
                    guard isMeant(prediction), found.rows.count < most else { continue }
                    found.rows.append(RunLine(prediction))
                }
                // Newest first: what comes after is older.
                if let since, let oldest = page.results.last?.createdAt, oldest < since.date { return found }
                guard found.rows.count < most, trail.shouldContinue(after: page),
                    let next = try await client.predictions(after: page)
                else { return found }
                page = next
            }
        } catch {
            throw CommandError(error)
        }
    }

    private func isMeant(_ prediction: Prediction) -> Bool {
        let created = prediction.createdAt ?? .distantPast
        return (status == nil || prediction.status.rawValue == status)
            && (since.map { created >= $0.date } ?? true) && (until.map { created < $0.date } ?? true)
            && (model.map { prediction.model.lowercased() == $0.prefix { $0 != ":" }.lowercased() } ?? true)
    }
}
