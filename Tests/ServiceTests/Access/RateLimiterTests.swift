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
}
