import Synchronization

/// A token bucket a client: a minute's requests may come at once, and come back evenly.
struct TokenBuckets {
    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant

        mutating func refill(to capacity: Double, now: ContinuousClock.Instant) {
            let passed = max(.zero, now - filledAt) / .seconds(1)
            tokens = min(capacity, tokens + passed * capacity / 60)
            filledAt = now
        }
    }

    private var buckets: [String: Bucket] = [:]
    /// Clients remembered before those with a full bucket are forgotten: they are as good as new.
    private static let most = 10_000

    /// Takes one request; nil when it may go on, else whole seconds until it may, at least 1.
    mutating func take(client: String, perMinute: Int, now: ContinuousClock.Instant) -> Int? {
        guard perMinute > 0 else { return nil }
        let capacity = Double(perMinute)
        var bucket = buckets[client] ?? Bucket(tokens: capacity, filledAt: now)
        bucket.refill(to: capacity, now: now)
        defer { buckets[client] = bucket }
        if bucket.tokens >= 1 {
            bucket.tokens -= 1
            if buckets.count > Self.most { forget(capacity, now) }
            return nil
        }
        return max(1, Int(((1 - bucket.tokens) * 60 / capacity).rounded(.up)))
    }

    private mutating func forget(_ capacity: Double, _ now: ContinuousClock.Instant) {
        buckets = buckets.filter { _, bucket in
            var bucket = bucket
            bucket.refill(to: capacity, now: now)
            return bucket.tokens < capacity
        }
    }
}

final class RateLimiter: Sendable {
    private let buckets = Mutex(TokenBuckets())

    func take(client: String, perMinute: Int, now: ContinuousClock.Instant = .now) -> Int? {
        buckets.withLock { $0.take(client: client, perMinute: perMinute, now: now) }
    }
}
