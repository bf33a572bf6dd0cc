extension RunRecord {
    /// Where a record stands in the life of its run. The raw values are the words of the column `stage`.
    package enum Stage: String, Hashable, Sendable, CaseIterable {
        /// Journaled, not sent.
        case queued
        /// The request may be on its way; after a crash this means ``unclear``.
        case sending
        /// The answer was lost: whether the server knows it has to be found out.
        case unclear
        /// Looked for in vain; only a person may have it sent again.
        case resendable
        /// The server has given it an id.
        case accepted
        /// Ended, and all that could be saved is saved.
        case settled
        /// Never created: the server said no.
        case refused
    }
}

extension RunRecord.Stage {
    /// Work is left to do without a person's word. Every query that asks for runs in flight reads ``inFlightWords``.
    package var isInFlight: Bool {
        switch self {
        case .queued, .sending, .unclear, .accepted: true
        case .resendable, .settled, .refused: false
        }
    }

    /// The creation was answered, or its answer was lost, or it will not be asked for again.
    package var isSent: Bool {
        switch self {
        case .queued, .sending: false
        case .unclear, .resendable, .accepted, .settled, .refused: true
        }
    }

    /// The stages in flight, for `stage IN (…)` in SQL.
    static let inFlightWords = SQLWords.list(allCases.filter(\.isInFlight))
}

extension RunRecord {
    /// Work is left to do without a person's word.
    package var isInFlight: Bool { stage.isInFlight }

    /// Whether whoever uses this account may send it, look for it and ask for it; see ``account``. A run of an older version
    /// is anybody's.
    package func belongs(to account: String?) -> Bool { self.account == nil || self.account == account }

    /// As ``Stage/isSent``.
    package var isSent: Bool { stage.isSent }
}
