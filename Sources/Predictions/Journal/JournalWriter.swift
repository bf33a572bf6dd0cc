import Foundation
import History
import ReplicateAPI
import ReplicateClient

/// Writes the journal, on a thread of its own that may wait for the disk.
///
/// Calls are done one after the other, in the order in which they were made.
actor JournalWriter {
    let store: HistoryStore
    /// Runs of another account are not taken over; see ``History/RunRecord/account``.
    let account: String?
    private let thread = PollerThread(name: "journal")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(store: HistoryStore, account: String? = nil) {
        self.store = store
        self.account = account
    }

    // MARK: Between two turns

    /// nil: there is none.
    func run(_ id: RunRecord.ID) throws -> RunRecord? { try store.run(id) }

    /// What an order of the drafts would do now; as ``RunIntake/preview(_:_:)``.
    func preview(_ drafts: [RunDraft], _ intake: RunIntake) throws -> [KeyRule.Decision] {
        try intake.preview(drafts) { try store.runs(underKey: $0.text, at: $0.index) }
    }

    /// false: it is in flight, or there is none.
    func delete(_ id: RunRecord.ID) throws -> Bool { try store.delete(id) }

    /// Those of the predictions that belong to another record than this run's.
    func owned(_ predictions: [Prediction.ID], byOtherThan id: RunRecord.ID) -> Set<Prediction.ID> {
        Set(
            predictions.filter { prediction in
                ((try? store.run(predictionID: prediction.rawValue)) ?? nil).map { $0.id != id } ?? false
            }
        )
    }

    // MARK: Turns

    /// Writes one turn: in one transaction, or where one record can never be written, each part in its own.
    func write(_ turn: JournalTurn, spending: SpendingPolicy, clock: ServerClock) -> JournalOutcome {
        do { return try JournalTransaction.commit(turn, to: store, spending, clock) } catch HistoryError.ownedByAnother
        {
            var outcome = JournalOutcome()
            for part in turn.parts {
                do { outcome.add(try JournalTransaction.commit(part, to: store, spending, clock)) } catch {
                    outcome.fail(part, error)
                }
            }
            return outcome
        } catch {
            var outcome = JournalOutcome()
            outcome.fail(turn, error)
            return outcome
        }
    }
}
