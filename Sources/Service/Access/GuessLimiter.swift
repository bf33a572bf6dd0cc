import Synchronization

/// Holds those who try keys to a few wrong ones a minute and address.
///
/// While an address has used them up, no key from there is looked at, so that a guess learns nothing; but one that was
/// right from there before goes on, so that somebody who guesses behind the same proxy locks nobody out who works there.
struct GuessLimiter {
    enum Verdict: Equatable {
        case allowed
        case wrong
        /// Nothing was said of the key. Whole seconds until one is looked at again.
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

    /// - Parameter key: the key that was sent; nil when it is none that may ask.
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
