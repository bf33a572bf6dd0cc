import ArgumentParser
import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Search

struct ListCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List runs from the history, or predictions from the API.",
        discussion: """
            TERMS narrow the list, as they do in the studio: a word stands in prompt, model, tags, note or the name of a file, \
            '"two words"' stand together, and model:flux, status:failed, cost:>0.1, since:7d, until:2026-11-01, tag:print, \
            key:SKU-1, fav: and rating:>3 say more. A minus before a term asks for its opposite; put -- before the first \
            term then.

            --sort puts the newest, the dearest or the longest first, models and prompts from A to Z, and by status what is \
            under way, then what went wrong, then what is done; --reverse turns that round. What has no cost or has not ended \
            comes last either way.

            --json prints one object on a line for each run, in the same order, and nothing where there is none. `run_id` names \
            the run in this history (null with --remote), `prediction_id` the prediction (null before there is one); `id` \
            is the prediction's, or else the run's own. The other members are those of every run's result.

            --since and --until take a day (2026-11-01), a moment (2026-11-01T12:00:00Z), or how long ago it was (30d, 12h).
            """
    )

    @Argument(help: "Words and terms, such as fox model:flux status:failed.")
    var terms: [String] = []

    @Option(help: "Only those with this status, such as succeeded or failed.")
    var status: String?

    @Option(help: "Only those that were created then or later.")
    var since: Moment?

    @Option(help: "Only those that were created before.")
    var until: Moment?

    @Option(help: "Only those of this model: owner/name, or owner/name:version.", completion: .model)
    var model: String?

    @Option(help: "Only those with this tag.", completion: .tag)
    var tag: String?

    @Option(help: "Only those that were ordered under this key.")
    var key: String?

    @Flag(help: "Ask the API for the account's predictions.")
    var remote = false

    @Option(help: "What to sort by.")
    var sort = RunSort.Key.time

    @Flag(help: "The other way round, such as the oldest or the cheapest first.")
    var reverse = false

    @Option(help: "How many at the most, from the top of the list; 0: all.")
    var limit = 50

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit must be 0, for all, or more.") }
        if remote, tag != nil || key != nil {
            throw ValidationError("--tag and --key are of this history: the API knows neither.")
        }
        if remote, sort != .time || reverse {
            throw ValidationError("--sort and --reverse are of this history: the API lists the newest first.")
        }
        if remote, !terms.isEmpty {
            throw ValidationError(
                "Terms look through this history; with --remote use --status, --model, --since, --until."
            )
        }
    }

    /// What terms and options ask for together.
    private func query() throws -> RunQuery {
        var query = RunQuery()
        for text in terms {
            do {
                query.add(try RunQuery(parsing: text, now: Date(), calendar: .current))
            } catch {
                throw CommandError(.usage, error.description)
            }
        }
        if let status { query.add(.status(status)) }
        if let since { query.add(.since(since.date)) }
        if let until { query.add(.until(until.date)) }
        if let model { query.add(.wholeModel(model.lowercased())) }
        if let tag { query.add(.tag(SearchText.folded(tag))) }
        if let key { query.add(.key(key)) }
        return query
    }

    private var most: Int { limit == 0 ? .max : limit }

    func run(in context: CommandContext) async throws {
        let settings = try Settings.load(global, context)
        if remote {
            let (rows, known) = try await remoteRows(settings, context)
            if rows.isEmpty { try refuseStatus(unlessAmong: known) }
            var printed = Printed(isJSON: output.json, console: context.console)
            printed.add(rows)
            if rows.isEmpty, !output.json { context.console.say(nothing(isNarrowed: false)) }
            return
        }
        let query = try query()
        let composition = try Composition(context, settings: settings)
        var printed = Printed(isJSON: output.json, console: context.console)
        var elsewhere: [String] = []
        try composition.store.forEach(
            query,
            sort: RunSort(sort, isReversed: reverse),
            limit: limit == 0 ? nil : limit
        ) { runs in
            printed.add(runs.map { RunLine($0) })
            for run in runs where composition.runner.isOfAnotherAccount(run) {
                elsewhere.append(run.prediction?.id.rawValue ?? run.id)
            }
        }
        for id in elsewhere { context.console.say("\(id): \(RunRecord.elsewhere)") }
        guard printed.isEmpty else { return }
        try refuseStatus(unlessAmong: Set(Self.words))
        if !output.json { context.console.say(nothing(isNarrowed: !query.isEmpty)) }
    }

    private func refuseStatus(unlessAmong known: Set<String>) throws {
        guard let status, !known.contains(status) else { return }
        throw CommandError(.usage, "\(status) is no status: \(Self.words.joined(separator: ", "))")
    }

    private func nothing(isNarrowed: Bool) -> String {
        if let status, terms.isEmpty { return "None is \(status)." }
        if isNarrowed || since != nil || until != nil || model != nil { return "None is like that." }
        return remote ? "The account has no predictions yet." : "No runs yet."
    }

    /// Prints rows as they come. The first part says how wide the columns are.
    private struct Printed {
        let isJSON: Bool
        let console: Console
        private(set) var isEmpty = true
        private var layout: Table.Layout?

        init(isJSON: Bool, console: Console) {
            self.isJSON = isJSON
            self.console = console
        }

        mutating func add(_ rows: [RunLine]) {
            guard !rows.isEmpty else { return }
            isEmpty = false
            if isJSON { return rows.forEach { console.print(line: $0.document) } }
            var table = Table(RunLine.columns)
            for row in rows { table.add(row.cells) }
            layout = table.print(on: console, goingOnWith: layout)
        }
    }

    private static let words = RunRecord.Status.documented.map(\.rawValue)

    private typealias Found = (rows: [RunLine], known: Set<String>)

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

extension RunSort.Key: ExpressibleByArgument {}
