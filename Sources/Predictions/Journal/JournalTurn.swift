import Foundation
import History
import ReplicateAPI

/// Runs that are to be journaled together, all or none, before any of them is sent.
struct RunSubmission: Sendable {
    struct Entry: Sendable {
        var record: RunRecord
        /// What the request will name, where that is known without asking the server: the run may be sent at once then.
        var version: String?
        /// Inputs that are sent and not journaled.
        var secret: JSONObject = [:]
        /// nil: the run is made whatever there is.
        var key: OrderKey?
        /// Set when the journal has found a run under the key: nothing is made then.
        var reused: RunRecord?
    }

    let id: UUID
    var entries: [Entry]

    /// The entries of runs that are made.
    var made: [Entry] { entries.filter { $0.reused == nil } }
}

/// What goes into one transaction of the journal.
struct JournalTurn: Sendable {
    /// Records to be written as they are.
    var changed: [RunRecord] = []
    /// Runs to be taken from queued to sending.
    var beginning: [Beginning] = []
    /// New runs. An entry is journaled as sending where its record says so, and as queued otherwise.
    var entering: [RunSubmission] = []
    /// The server's time.
    var at = Date.distantPast
    /// As ``History/RunRecord/sentSkew``, of ``at``.
    var skew = 0.0

    var isEmpty: Bool { changed.isEmpty && beginning.isEmpty && entering.isEmpty }
}

/// A run that may be sent as soon as the journal says that it is being sent.
struct Beginning: Hashable, Sendable {
    let runID: RunRecord.ID
    /// What the creating request names: `owner/name` or `owner/name:version`.
    let version: String
}

extension JournalTurn {
    /// Each record, beginning and submission in a turn of its own.
    var parts: [JournalTurn] {
        changed.map { JournalTurn(changed: [$0], at: at, skew: skew) }
            + beginning.map { JournalTurn(beginning: [$0], at: at, skew: skew) }
            + entering.map { JournalTurn(entering: [$0], at: at, skew: skew) }
    }
}
