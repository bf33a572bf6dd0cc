import Testing

@testable import Service

struct RateLimiterTests {
    private let start = ContinuousClock.now

    @Test func `ten a minute may come at once, the eleventh waits`() {
        var buckets = TokenBuckets()
        for _ in 0..<10 { check(buckets.take(client: "a", perMinute: 10, now: start), nil) }
        check(buckets.take(client: "a", perMinute: 10, now: start), 6)
        check(buckets.take(client: "b", perMinute: 10, now: start), nil)
    }

    @Test func `requests come back evenly`() {
        var buckets = TokenBuckets()
        for _ in 0..<10 { _ = buckets.take(client: "a", perMinute: 10, now: start) }
        check(buckets.take(client: "a", perMinute: 10, now: start + .seconds(5)), 1)
        check(buckets.take(client: "a", perMinute: 10, now: start + .seconds(6)), nil)
        check(buckets.take(client: "a", perMinute: 10, now: start + .seconds(6)), 6)
    }

    @Test func `a long pause gives no more than a minute's worth`() {
        var buckets = TokenBuckets()
        _ = buckets.take(client: "a", perMinute: 2, now: start)
        let later = start + .seconds(86_400)
        check(buckets.take(client: "a", perMinute: 2, now: later), nil)
        check(buckets.take(client: "a", perMinute: 2, now: later), nil)
        check(buckets.take(client: "a", perMinute: 2, now: later), 30)
    }

    @Test func `zero is no limit, and a clock that goes back takes nothing away`() {
        var buckets = TokenBuckets()
        for _ in 0..<1_000 { check(buckets.take(client: "a", perMinute: 0, now: start), nil) }
        check(buckets.take(client: "a", perMinute: 2, now: start), nil)
        check(buckets.take(client: "a", perMinute: 2, now: start - .seconds(60)), nil)
    }

    @Test func `however many clients there are, a bounded number is remembered, and those that asked most`() {
        var buckets = TokenBuckets(most: 100)
        for _ in 0..<10 { _ = buckets.take(client: "greedy", perMinute: 10, now: start) }
        for number in 0..<10_000 { _ = buckets.take(client: "\(number)", perMinute: 10, now: start) }
        #expect(buckets.count <= 100)
        check(buckets.take(client: "greedy", perMinute: 10, now: start), 6)
    }
}

struct GuessLimiterTests {
    private let start = ContinuousClock.now

    private func guessed(_ limiter: inout GuessLimiter, from address: String = "a") {
        for _ in 0..<GuessLimiter.perMinute { check(limiter.judge(nil, from: address, now: start), .wrong) }
    }

    @Test func `after ten wrong keys no key is looked at for a while, right or wrong`() throws {
        let key = try #require(AccessKey("a-right-key-of-the-tests"))
        var limiter = GuessLimiter()
        guessed(&limiter)
        check(limiter.judge(nil, from: "a", now: start), .wait(6))
        check(limiter.judge(key, from: "a", now: start), .wait(6))
        check(limiter.judge(key, from: "b", now: start), .allowed)
        check(limiter.judge(key, from: "a", now: start + .seconds(6)), .allowed)
    }

    @Test func `a key that was right from there before is let in whoever guesses behind the same address`() throws {
        let key = try #require(AccessKey("a-right-key-of-the-tests"))
        let other = try #require(AccessKey("other-right-key-of-the-tests"))
        var limiter = GuessLimiter()
        check(limiter.judge(key, from: "a", now: start), .allowed)
        guessed(&limiter)
        check(limiter.judge(key, from: "a", now: start), .allowed)
        check(limiter.judge(other, from: "a", now: start), .wait(6))
    }
}
