import Foundation

/// A token bucket's size and refill.
package struct RateLimit: Sendable, Equatable {
    /// Requests a minute in the long run.
    package var perMinute: Int
    /// How many may come at once.
    package var burst: Int

    /// A nil burst is a whole minute's worth.
    package init(perMinute: Int, burst: Int? = nil) {
        self.perMinute = perMinute
        self.burst = burst ?? perMinute
    }
}

/// Counts requests against a limit.
struct TokenBucket {
    let limit: RateLimit
    private var level: Double
    private var filledAt: Date?

    init(_ limit: RateLimit) {
        self.limit = limit
        level = Double(limit.burst)
    }

    var remaining: Int { max(0, Int(level)) }

    /// Seconds until the bucket is full again.
    var reset: Int { Int(((Double(limit.burst) - level) * 60 / Double(max(1, limit.perMinute))).rounded(.up)) }

    /// nil when the request may pass; else the whole seconds to wait, at least 1.
    mutating func take(at now: Date) -> Int? {
        let perSecond = Double(limit.perMinute) / 60
        if let filledAt {
            level = min(Double(limit.burst), level + max(0, now.timeIntervalSince(filledAt)) * perSecond)
        }
        filledAt = now
        guard level < 1 else {
            level -= 1
            return nil
        }
        return perSecond > 0 ? max(1, Int(((1 - level) / perSecond).rounded(.up))) : 60
    }
}
