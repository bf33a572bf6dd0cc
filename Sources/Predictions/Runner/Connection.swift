import ReplicateAPI

/// Whether the API answers: a state of the whole program, never of a run. Pure.
struct Connection: Hashable, Sendable {
    /// Why it does not; nil while it does.
    private(set) var failure: APIError?

    /// ``failure`` as a sentence.
    var outage: String? { failure?.explanation }

    /// The API has answered; returns whether that was not known.
    mutating func answered() -> Bool {
        defer { failure = nil }
        return failure != nil
    }

    /// A request has failed; returns whether that reason is new.
    mutating func failed(_ error: APIError) -> Bool {
        let before = outage
        failure = error
        return outage != before
    }
}
