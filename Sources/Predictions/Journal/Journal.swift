import Foundation
import History

/// What waits to be journaled. Pure.
///
/// The journal is written in turns: everything that has come to be written by then goes into one transaction. A turn takes
/// a few milliseconds, for one record as well as for a hundred, and what comes meanwhile shares the next.
struct Journal: Sendable {
    private struct Change: Sendable {
        /// The record is forgotten when it is durable.
        var isEnd = false
        /// The change is told when it is durable.
        var isUntold = false
    }

    /// What a written record was.
    struct Written: Hashable, Sendable {
        /// Nothing has changed since, and it may be forgotten.
        var isEnd: Bool
        /// It is told now.
        var isUntold: Bool
    }

    /// Records whose last change is in no turn yet.
    private var changes: [RunRecord.ID: Change] = [:]
    /// Records whose last but later changes are in the turn that is being written.
    private var inTurn: [RunRecord.ID: Change] = [:]
    private var beginnings: [Beginning] = []
    private var submissions: [RunSubmission] = []
    private(set) var isWriting = false
    /// The last turn could not be written: changes wait for ``retry()``, new runs do not.
    private(set) var hasFailed = false

    /// Whether a turn is to be begun now.
    var isDue: Bool {
        !isWriting && (!beginnings.isEmpty || !submissions.isEmpty || !hasFailed && !changes.isEmpty)
    }

    /// Everything is durable.
    var isClean: Bool { changes.isEmpty && inTurn.isEmpty && beginnings.isEmpty && submissions.isEmpty }

    /// The record's last change is told only when it is durable.
    func holdsBack(_ id: RunRecord.ID) -> Bool {
        changes[id]?.isUntold == true || inTurn[id]?.isUntold == true
    }

    // MARK: What is to be written

    mutating func change(_ id: RunRecord.ID, isEnd: Bool = false, untold: Bool = false) {
        // What comes after a change that is held back must not be told before it.
        changes[id] = Change(isEnd: isEnd, isUntold: untold || holdsBack(id))
    }

    mutating func begin(_ beginning: Beginning) { beginnings.append(beginning) }

    mutating func submit(_ submission: RunSubmission) { submissions.append(submission) }

    /// The record is not to be written: another process works on it.
    mutating func forget(_ id: RunRecord.ID) {
        changes[id] = nil
        inTurn[id] = nil
    }

    /// What was held back has been told by another way.
    mutating func told(_ id: RunRecord.ID) {
        changes[id]?.isUntold = false
        inTurn[id]?.isUntold = false
    }

    // MARK: Turns

    /// Takes all there is to be written; nil while a turn is being written, and where there is nothing.
    ///
    /// Each turn must be reported: every changed record with ``written(_:)`` or ``notWritten(_:)``, and its end with
    /// ``endTurn()``.
    mutating func beginTurn(at date: Date, record: (RunRecord.ID) -> RunRecord?) -> JournalTurn? {
        guard !isWriting else { return nil }
        var turn = JournalTurn(beginning: beginnings, entering: submissions, at: date)
        turn.changed = changes.keys.compactMap(record)
        guard !turn.isEmpty else { return nil }
        inTurn = changes
        (changes, beginnings, submissions) = ([:], [], [])
        isWriting = true
        return turn
    }

    /// The turn has made a change of this record durable.
    mutating func written(_ id: RunRecord.ID) -> Written {
        guard let change = inTurn.removeValue(forKey: id) else { return Written(isEnd: false, isUntold: false) }
        return Written(isEnd: change.isEnd && changes[id] == nil, isUntold: change.isUntold)
    }

    /// A change of this record could not be written, and waits for the next turn. Returns whether it is to be told now:
    /// what the server has said is true whether or not it can be written down.
    mutating func notWritten(_ id: RunRecord.ID) -> Bool {
        guard let change = inTurn.removeValue(forKey: id) else { return false }
        // A later change of the same record decides what it is, and is told with it.
        let isUntold = change.isUntold || changes[id]?.isUntold == true
        changes[id] = Change(isEnd: changes[id]?.isEnd ?? change.isEnd)
        return isUntold
    }

    mutating func endTurn() {
        inTurn = [:]
        isWriting = false
    }

    /// The disk takes nothing; returns true when that was not known.
    mutating func failed() -> Bool {
        defer { hasFailed = true }
        return !hasFailed
    }

    /// Everything that waited has been written; returns true when the disk took nothing before.
    mutating func recovered() -> Bool {
        guard hasFailed, changes.isEmpty else { return false }
        hasFailed = false
        return true
    }
}
