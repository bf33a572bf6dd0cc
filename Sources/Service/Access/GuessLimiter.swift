import Synchronization

/// Limits the wrong keys that an address may send per minute.
///
/// When an address is over the limit, its keys are not compared any more, so that guessing learns nothing. Keys that were
/// right from this address before are still accepted, so that a person who guesses behind a proxy does not lock out others.
struct GuessLimiter {
    enum Verdict: Equatable {
        case allowed
        case wrong
        /// The key was not compared. Whole seconds until the next one is.
        case wait(Int)
    }

    private struct Proof: Hashable {
        let key: AccessKey
        let address: String
    }

    /// Wrong keys that an address may send in a minute.
    static let perMinute = 10

    private var buckets: TokenBuckets
    private var proven: Set<Proof> = []
    private let most: Int

    /// - Parameter most: addresses that are remembered at most.
    init(most: Int = 10_000) {
        self.most = most
        buckets = TokenBuckets(most: most)
    }

    /// - Parameter key: the configured key that was sent; nil when the sent key is none of them.
    mutating func judge(_ key: AccessKey?, from address: String, now: ContinuousClock.Instant) -> Verdict {
        if let key, proven.contains(Proof(key: key, address: address)) { return .allowed }
        if let seconds = buckets.wait(client: address, perMinute: Self.perMinute, now: now) { return .wait(seconds) }
        guard let key else {
            _ = buckets.take(client: address, perMinute: Self.perMinute, now: now)
            return .wrong
        }
        if proven.count >= most { proven = [] }
        proven.insert(Proof(key: key, address: address))
        return .allowed
    }
}

/// ``GuessLimiter`` for many connections.
final class SharedGuessLimiter: Sendable {
    private let limiter = Mutex(GuessLimiter())

    func judge(_ key: AccessKey?, from address: String, now: ContinuousClock.Instant = .now) -> GuessLimiter.Verdict {
        limiter.withLock { $0.judge(key, from: address, now: now) }
    }
}
