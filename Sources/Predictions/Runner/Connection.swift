/// Whether the API can be reached: a state of the whole program, never of a run. Pure.
struct Connection: Hashable, Sendable {
    /// Why the API cannot be reached, as a sentence; nil while it answers.
    private(set) var outage: String?

    /// The API has answered; returns whether that was not known.
    mutating func answered() -> Bool {
        defer { outage = nil }
        return outage != nil
    }

    /// A request has failed; returns whether that reason is new.
    mutating func failed(_ reason: String) -> Bool {
        defer { outage = reason }
        return outage != reason
    }
}
