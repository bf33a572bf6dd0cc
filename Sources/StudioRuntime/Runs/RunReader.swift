import History
import Search
import Studio

/// Reads runs from the history as the table shows them.
struct RunReader: Sendable {
    /// Runs of one page of the history.
    static let pageSize = 100

    private let store: HistoryStore
    private let durations: TypicalDurations

    init(_ store: HistoryStore) {
        self.store = store
        durations = TypicalDurations(store)
    }

    /// The newest runs, and everything that is in flight or waits for a decision, however old it is.
    func firstPage() throws -> RunPage {
        var page = try page(RunPage.Request())
        // Newest first, as the list has them: of those created at one moment the order tells which is above.
        page.open = try (store.inFlight() + store.resendable()).reversed().map(item)
        page.total = try store.count().total
        return page
    }

    func page(_ request: RunPage.Request) throws -> RunPage {
        let page = try store.page(
            request.query,
            RunSpan(request.span),
            sort: request.sort,
            limit: Self.pageSize
        )
        return RunPage(request, runs: page.runs.map(item), hasAbove: page.hasAbove, hasBelow: page.hasBelow)
    }

    func counts(_ request: RunCounts.Request) throws -> RunCounts {
        let count = try store.count(request.query, sort: request.sort, above: request.above?.rawValue)
        return RunCounts(request, total: count.total, above: count.above)
    }

    /// Changes what a person has added; returns what the runs have then.
    func annotate(_ ids: [RunItem.ID], _ change: AnnotationChange) throws -> [RunItem.ID: RunAnnotation] {
        let runs = try store.annotate(ids.map(\.rawValue)) { change.apply(to: &$0) }
        return Dictionary(
            runs.map { (RunItem.ID(rawValue: $0.id), $0.annotation) },
            uniquingKeysWith: { $1 }
        )
    }

    /// nil: the history has no such run.
    func run(_ id: String) throws -> RunItem? { try record(id).map(item) }

    /// The record as the history holds it.
    func record(_ id: String) throws -> RunRecord? { try store.run(id) }

    /// Whether the prediction is another run's already.
    func isTaken(_ predictionID: String) -> Bool { ((try? store.run(predictionID: predictionID)) ?? nil) != nil }

    /// The runs that an earlier session journaled and did not send.
    func queued() -> [RunRecord] { ((try? store.inFlight()) ?? []).filter { $0.stage == .queued } }

    func item(_ run: RunRecord) -> RunItem {
        RunItem(run, typical: run.isInFlight ? durations.seconds(of: run.model) : nil)
    }

    /// What is known of the model's durations is read again.
    func noteEnd(of run: RunRecord) { durations.forget(run.model) }
}

extension RunSpan {
    fileprivate init(_ span: RunPage.Span) {
        self =
            switch span {
            case .first: .first
            case .last: .last
            case .below(let id): .below(id.rawValue)
            case .above(let id): .above(id.rawValue)
            case .around(let id): .around(id.rawValue)
            }
    }
}
