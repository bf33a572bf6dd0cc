import Foundation
import History

/// What became of a ``JournalTurn``. Each record, beginning and submission of the turn is in one of the lists.
struct JournalOutcome: Sendable {
    var written: [RunRecord] = []
    /// Another process works on these by now, or they are gone: nothing of them was written.
    var lost: Set<RunRecord.ID> = []
    /// Another record has the prediction of these: they can never be written as they are.
    var owned: [RunRecord] = []
    /// Could not be written this time.
    var unwritten: [RunRecord] = []
    /// Durable: these runs are being sent.
    var begun: [SendPermit] = []
    /// These were not queued any more, or another's.
    var notBegun: [RunRecord.ID] = []
    /// The disk did not take that these are being sent.
    var unbegun: [RunRecord.ID] = []
    /// New runs as they were journaled; those that are being sent have a permit.
    var entered: [(submission: RunSubmission, permits: [RunRecord.ID: SendPermit])] = []
    /// Nothing of these was journaled.
    var notEntered: [(submission: RunSubmission, error: any Error)] = []
    /// Why something could not be written this time.
    var failure: (any Error)?
}

extension JournalOutcome {
    mutating func add(_ other: JournalOutcome) {
        written += other.written
        lost.formUnion(other.lost)
        begun += other.begun
        notBegun += other.notBegun
        entered += other.entered
        notEntered += other.notEntered
    }

    /// Nothing of the turn was written. A changed record whose prediction another record has is never written as it is.
    mutating func fail(_ turn: JournalTurn, _ error: any Error) {
        unbegun += turn.beginning.map(\.runID)
        notEntered += turn.entering.map { ($0, error) }
        if case HistoryError.ownedByAnother = error {
            owned += turn.changed
        } else {
            unwritten += turn.changed
            failure = error
        }
    }
}
