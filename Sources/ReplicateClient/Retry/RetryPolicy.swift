/// How often, and after which waits, a failed reading request is sent again. Creations are not repeated.
package struct RetryPolicy: Hashable, Sendable {
    /// The number of tries in all, including the first; at least 1.
    package var attempts: Int
    /// The longest wait before the second try; each further one doubles it.
    package var first: Duration
    /// The longest wait that the policy chooses. A wait that the server asks for may be longer.
    package var longest: Duration
    /// An upload that was cut after a longer time is not sent again by itself: it would take as long again, and end the
    /// same way.
    package var longestUpload: Duration

    package init(
        attempts: Int = 5,
        first: Duration = .milliseconds(500),
        longest: Duration = .seconds(30),
        longestUpload: Duration = .seconds(60)
    ) {
        self.attempts = attempts
        self.first = first
        self.longest = longest
        self.longestUpload = longestUpload
    }

    /// The wait before the next try: exponential, with full jitter.
    ///
    /// - Parameters:
    ///   - attempt: the number of tries so far; 1 before the second try.
    ///   - chance: 0 to 1, drawn at random by the caller; 0 gives no wait, 1 the longest.
    package func delay(before attempt: Int, chance: Double) -> Duration {
        let grown = first * (1 << min(max(attempt - 1, 0), 16))
        return min(grown, longest) * min(max(chance, 0), 1)
    }
}
