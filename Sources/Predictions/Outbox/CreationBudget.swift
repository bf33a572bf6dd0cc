package import Foundation

/// How many creations may be sent, and when: a token bucket that learns from the server's refusals. Pure.
package struct CreationBudget: Hashable, Sendable {
    /// Creations a minute; the documented normal limit to begin with.
    package private(set) var perMinute: Double
    /// What it comes back to after refusals.
    private let most: Double
    /// What may be sent at once.
    private var tokens: Double
    private var refilledAt: Date
    /// Nothing is to be sent until then: the server has asked to wait, or cannot be reached.
    private var blockedUntil: Date?

    /// Lets ten creations through at once at the beginning.
    package init(perMinute: Double = 600, now: Date) {
        self.perMinute = perMinute
        most = perMinute
        tokens = 10
        refilledAt = now
    }

    /// Takes one creation if it may be sent now; otherwise how long to wait, in seconds.
    package mutating func take(now: Date) -> Double? {
        if let blockedUntil, blockedUntil > now { return blockedUntil.timeIntervalSince(now) }
        let passed = max(0, now.timeIntervalSince(refilledAt))
        tokens = min(burst, tokens + passed * perMinute / 60)
        refilledAt = now
        // A time is rounded to a part of a microsecond: what it says to wait must be enough.
        guard tokens > 1 - 1e-6 else { return (1 - tokens) * 60 / perMinute }
        tokens -= 1
        return nil
    }

    /// What was taken is not sent after all.
    mutating func giveBack() { tokens = min(burst, tokens + 1) }

    /// The server said 429 and how long to wait: slow down to what it seems to allow.
    package mutating func refused(retryAfter seconds: Double, now: Date) {
        blockedUntil = now.addingTimeInterval(seconds)
        perMinute = max(6, min(perMinute / 2, 60 / max(seconds, 0.1)))
        tokens = 1
        refilledAt = now.addingTimeInterval(seconds)
    }

    /// Nothing can be sent for a while, for a reason that says nothing about the server's limit: it cannot be reached, or
    /// the journal cannot be written. What may be sent at once stays what it was.
    package mutating func pause(_ seconds: Double, now: Date) {
        blockedUntil = max(blockedUntil ?? .distantPast, now.addingTimeInterval(seconds))
    }

    /// A creation went through: the limit comes back slowly.
    package mutating func accepted() { perMinute = min(most, perMinute * 1.05) }

    /// An account with little credit is allowed one at a time.
    private var burst: Double { perMinute < 60 ? 1 : 10 }
}
