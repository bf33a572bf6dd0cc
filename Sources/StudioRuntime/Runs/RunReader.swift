import Foundation
import History
import Search
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
        let open = try store.inFlight() + store.resendable()
        return try page(.newest, and: open)
    }

    func page(after cursor: RunPages.Cursor) throws -> RunPage { try page(.older(than: cursor.id), and: []) }

    private func page(_ span: RunSpan, and others: [RunRecord]) throws -> RunPage {
        let page = try store.page(RunQuery(), span, limit: Self.pageSize)
        let last = page.hasOlder ? page.runs.last : nil
        return RunPage(
            runs: (page.runs + others).map(item),
            next: last.map { RunPages.Cursor(createdAt: $0.createdAt.timeIntervalSince1970, id: $0.id) },
            total: try store.count().total
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
