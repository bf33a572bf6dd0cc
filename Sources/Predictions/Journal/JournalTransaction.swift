import Foundation
import History
import ReplicateClient
import Synchronization

/// One turn of the journal on the disk.
enum JournalTransaction {
    /// Writes the turn, all or none; it is durable when this returns.
    ///
    /// The budget is asked within the transaction, each submission counted against the next; one that breaks it is left
    /// out. Throws ``HistoryError/ownedByAnother`` where something can never be written, and whatever else where the disk
    /// takes nothing.
    static func commit(
        _ turn: JournalTurn,
        to store: HistoryStore,
        _ spending: SpendingPolicy,
        _ clock: ServerClock
    ) throws -> JournalOutcome {
        var refusals: [UUID: any Error] = [:]
        var entering = turn.entering
        let begun = turn.beginning.map(\.runID)
        let step = try store.write(turn.changed, beginning: begun, at: turn.at, skew: turn.skew) { reader in
            guard !turn.entering.isEmpty else { return [] }
            var gate = try spending.gate(reader, clock: clock)
            var new: [RunRecord] = []
            for index in entering.indices {
                do {
                    // Also among those that enter in this turn.
                    entering[index].entries = try reusing(entering[index].entries, reader, new)
                    let made = entering[index].made.map(\.record)
                    try gate.admit(made.map(\.estimate))
                    new += made
                } catch let refusal as BudgetRefusal {
                    refusals[entering[index].id] = refusal
                } catch let conflict as KeyConflict {
                    refusals[entering[index].id] = conflict
                }
            }
            return new
        }
        var outcome = JournalOutcome()
        outcome.lost = step.lost
        outcome.written = turn.changed.filter { !step.lost.contains($0.id) }
        for beginning in turn.beginning {
            if step.begun.contains(beginning.runID) {
                outcome.begun.append(SendPermit(beginning, turn))
            } else {
                outcome.notBegun.append(beginning.runID)
            }
        }
        for submission in entering {
            if let refusal = refusals[submission.id] {
                outcome.notEntered.append((submission, refusal))
                continue
            }
            var permits: [RunRecord.ID: SendPermit] = [:]
            for entry in submission.made where entry.record.stage == .sending {
                guard let version = entry.version else { continue }
                let beginning = Beginning(runID: entry.record.id, version: version)
                permits[entry.record.id] = SendPermit(beginning, turn)
            }
            outcome.entered.append((submission, permits))
        }
        return outcome
    }

    /// The entries, with the run of each that is there already. Throws ``KeyConflict``.
    private static func reusing(
        _ entries: [RunSubmission.Entry],
        _ reader: SpendReader,
        _ new: [RunRecord]
    ) throws -> [RunSubmission.Entry] {
        try entries.map { entry in
            guard let key = entry.key else { return entry }
            let known =
                new.filter { $0.key == key.text && $0.keyIndex == key.index }
                + (try reader.runs(underKey: key.text, at: key.index))
            var entry = entry
            let request = entry.record.keyRequest ?? [:]
            if case .reuse(let run) = try KeyRule.decide(
                key,
                model: entry.record.model,
                request: request,
                known: known
            ) {
                entry.reused = run
            }
            return entry
        }
    }
}

/// The journal's permission to send one creating request: it exists only once the disk says that the run is being sent,
/// and it is good for one request.
///
/// Only ``JournalTransaction`` makes permits, and ``CreationSender`` sends nothing without one.
final class SendPermit: Hashable, Sendable {
    let runID: RunRecord.ID
    /// What the creating request names: `owner/name` or `owner/name:version`.
    let version: String
    /// The server's time, as far as it was known.
    let sentAt: Date
    /// As ``History/RunRecord/sentSkew``.
    let sentSkew: Double
    private let isUsed = Mutex(false)

    fileprivate init(_ beginning: Beginning, _ turn: JournalTurn) {
        runID = beginning.runID
        version = beginning.version
        sentAt = turn.at
        sentSkew = turn.skew
    }

    /// Called before the request leaves. A second call is a defect that would cost money, so the process ends.
    func use() {
        let wasUsed = isUsed.withLock { isUsed in
            defer { isUsed = true }
            return isUsed
        }
        precondition(!wasUsed, "the creation of \(runID) was about to be sent twice")
    }

    static func == (left: SendPermit, right: SendPermit) -> Bool { left === right }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
