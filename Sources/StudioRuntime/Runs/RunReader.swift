import History
import Studio

/// Reads runs from the history as the table shows them.
struct RunReader: Sendable {
    /// Runs of one page of the history.
    static let pageSize = 200

    private let store: HistoryStore
    private let durations: TypicalDurations

    init(_ store: HistoryStore) {
        self.store = store
        durations = TypicalDurations(store)
    }

    /// The newest runs, and everything that is in flight or waits for a decision, however old it is.
    func firstPage() throws -> RunPage {
        let page = try store.page(limit: Self.pageSize)
        let open = try store.inFlight() + store.resendable()
        return RunPage(
            runs: (page.runs + open).map(item),
            next: page.next.map(RunPages.Cursor.init),
            total: page.total
        )
    }

    func page(after cursor: RunPages.Cursor) throws -> RunPage {
        let page = try store.page(
            after: .init(createdAt: cursor.createdAt, row: cursor.row),
            limit: Self.pageSize
        )
        return RunPage(runs: page.runs.map(item), next: page.next.map(RunPages.Cursor.init), total: page.total)
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

extension RunPages.Cursor {
    fileprivate init(_ cursor: RunRecordPage.Cursor) {
        self.init(createdAt: cursor.createdAt, row: cursor.row)
    }
}
