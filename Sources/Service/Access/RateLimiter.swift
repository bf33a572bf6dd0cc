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

        /// Whole seconds until there is a token, at least 1; nil when there is one.
        func wait(_ capacity: Double) -> Int? {
            tokens >= 1 ? nil : max(1, Int(((1 - tokens) * 60 / capacity).rounded(.up)))
        }
    }

    private var buckets: [String: Bucket] = [:]
    /// Clients that are remembered at most, however many there are.
    private let most: Int

    init(most: Int = 10_000) { self.most = most }

    var count: Int { buckets.count }

    /// Takes one request; nil when it may go on, else whole seconds until it may, at least 1.
    mutating func take(client: String, perMinute: Int, now: ContinuousClock.Instant) -> Int? {
        guard perMinute > 0 else { return nil }
        var bucket = bucket(of: client, perMinute, now)
        let wait = bucket.wait(Double(perMinute))
        if wait == nil { bucket.tokens -= 1 }
        if buckets[client] == nil, buckets.count >= most { forget(Double(perMinute), now) }
        buckets[client] = bucket
        return wait
    }

    /// How long ``take(client:perMinute:now:)`` would have to wait, without taking anything.
    func wait(client: String, perMinute: Int, now: ContinuousClock.Instant) -> Int? {
        bucket(of: client, perMinute, now).wait(Double(perMinute))
    }

    private func bucket(of client: String, _ perMinute: Int, _ now: ContinuousClock.Instant) -> Bucket {
        var bucket = buckets[client] ?? Bucket(tokens: Double(perMinute), filledAt: now)
        bucket.refill(to: Double(perMinute), now: now)
        return bucket
    }

    /// Forgets the half with the fullest buckets: those are nearest to being as good as new. A half, so that many new
    /// clients do not cost a sorting each.
    private mutating func forget(_ capacity: Double, _ now: ContinuousClock.Instant) {
        for client in buckets.keys { buckets[client]?.refill(to: capacity, now: now) }
        let fullest = buckets.sorted { $0.value.tokens > $1.value.tokens }.prefix((most + 1) / 2)
        for (client, _) in fullest { buckets[client] = nil }
    }
}

final class RateLimiter: Sendable {
    private let buckets = Mutex(TokenBuckets())

    func take(client: String, perMinute: Int, now: ContinuousClock.Instant = .now) -> Int? {
        buckets.withLock { $0.take(client: client, perMinute: perMinute, now: now) }
    }
}
