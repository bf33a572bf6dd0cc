/// How a runner works. Every value has a default.
package struct RunnerConfiguration: Sendable {
    /// What may be spent to begin with.
    package var spending: SpendingPolicy
    /// Seconds between two questions about the same; nil: as soon as it may be worth one.
    package var interval: Double?
    /// What may be created to begin with; the server's refusals lower it.
    package var creationsPerMinute: Double
    /// Creations under way at once.
    package var mostCreations: Int
    /// Has the server answer with the end of runs that usually take less than a second: one request each instead of two
    /// or three, for which a creation takes that long.
    package var waitsForQuickRuns: Bool
    /// For what the runner's own thread does not do; nil: the runtime's pool.
    package var pool: (any TaskExecutor)?
    /// Waits between questions; throws when the task was canceled.
    package var sleep: @Sendable (Duration) async throws -> Void

    /// The defaults are those of the command line.
    package init(
        spending: SpendingPolicy = SpendingPolicy(),
        interval: Double? = nil,
        creationsPerMinute: Double = 600,
        mostCreations: Int = 4,
        waitsForQuickRuns: Bool = false,
        pool: (any TaskExecutor)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.spending = spending
        self.interval = interval
        self.creationsPerMinute = creationsPerMinute
        self.mostCreations = mostCreations
        self.waitsForQuickRuns = waitsForQuickRuns
        self.pool = pool
        self.sleep = sleep
    }
}
