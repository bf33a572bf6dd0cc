package import Foundation
package import ReplicateAPI

/// Work that the HTTP service has accepted and will answer later, at an address that the caller named.
package struct ServiceJob: Hashable, Sendable, Identifiable {
    /// Where a job stands. The raw values are words of the column `stage`.
    package enum Stage: String, Hashable, Sendable, CaseIterable {
        /// Its run has not ended; perhaps it was not even started.
        case accepted
        /// There is a result; a callback is still owed if an address was named.
        case ended
        /// The address has confirmed the callback.
        case delivered
        /// The address did not take the callback for as long as it was tried.
        case undelivered
    }

    /// The id that the client was given. It is not the run's.
    package let id: String
    /// The run it waits for. Chosen before the run exists, so that a restart can tell whether it was started.
    package var runID: String
    /// Where it stands; changed by ``HistoryStore`` only together with the columns that belong to it.
    package var stage: Stage
    /// Who asked: fair shares and limits go by it.
    package let client: String
    /// As ``RunRecord/account``, of the run it waits for.
    package var account: String?
    /// `owner/name` or `owner/name:version`, as it is sent.
    package let model: String
    /// The input as it is sent, without ``secretInputs``.
    package let input: JSONObject
    /// Names of the inputs whose values are secret; those are never on the disk.
    package var secretInputs: [String] = []
    /// nil: nobody is called back; the job is asked for.
    package let callbackURL: String?
    /// When it was accepted, by this machine's clock.
    package let createdAt: Date
    /// When the result was known; nil before.
    package var endedAt: Date?
    /// What the callback carries; nil before the end.
    package var result: JSONValue?
    /// Callbacks tried so far.
    package var attempts: Int
    /// When the result was first sent to the callback address; nil before. The time for repeats counts from here.
    package var firstAttemptAt: Date?
    /// nil: at once.
    package var nextAttemptAt: Date?
    /// Why the last callback was not taken.
    package var failure: String?

    /// A job that was accepted and has no run yet.
    package init(
        id: String = UUID().uuidString.lowercased(),
        runID: String = UUID().uuidString.lowercased(),
        client: String,
        model: String,
        input: JSONObject,
        callbackURL: String?,
        createdAt: Date
    ) {
        self.id = id
        self.runID = runID
        self.client = client
        self.model = model
        self.input = input
        self.callbackURL = callbackURL
        self.createdAt = createdAt
        stage = .accepted
        attempts = 0
    }

    /// Something is left to do without anybody asking.
    package var isUnfinished: Bool { stage == .accepted || (stage == .ended && callbackURL != nil) }
}
