/// How often and after what waits a failed request is sent again. Creations are never sent again by this.
package struct RetryPolicy: Hashable, Sendable {
    /// Tries in all; at least 1.
    package var attempts: Int
    package var first: Duration
    /// The longest wait of our own; what the server asks for may be longer.
    package var longest: Duration

    package init(attempts: Int = 5, first: Duration = .milliseconds(500), longest: Duration = .seconds(30)) {
        self.attempts = attempts
        self.first = first
        self.longest = longest
    }

    /// The wait before try number `attempt` (the second is 1): exponential with full jitter.
    ///
    /// - Parameter chance: 0…1, drawn by the caller.
    package func delay(before attempt: Int, chance: Double) -> Duration {
        let grown = first * (1 << min(max(attempt - 1, 0), 16))
        return min(grown, longest) * min(max(chance, 0), 1)
    }
}
