import Foundation
import ReplicateAPI
import Testing

@testable import Service

struct RunCacheTests {
    private let key = RunKey(model: "a/b", input: ["seed": 1])
    private let now = Date(timeIntervalSince1970: 1_000)

    @Test func `a request finds the order, then the run, then its result, until that is too old`() {
        var cache = RunCache<Int>()
        check(cache.entry(for: key, now: now), nil)
        cache.ordered(1, key: key)
        check(cache.entry(for: key, now: now), .ordered(1))
        cache.started("run", key: key)
        check(cache.entry(for: key, now: now), .running("run"))
        cache.ended("run", succeeded: true, until: now + 10, now: now)
        check(cache.entry(for: key, now: now + 9), .ended("run"))
        check(cache.entry(for: key, now: now + 10), nil)
    }

    @Test func `a failure is not repeated`() {
        var cache = RunCache<Int>()
        cache.started("run", key: key)
        cache.ended("run", succeeded: false, until: now + 10, now: now)
        check(cache.entry(for: key, now: now), nil)
    }

    @Test func `other inputs are another request`() {
        var cache = RunCache<Int>()
        cache.started("run", key: key)
        check(cache.entry(for: RunKey(model: "a/b", input: ["seed": 2]), now: now), nil)
        check(cache.entry(for: RunKey(model: "a/c", input: ["seed": 1]), now: now), nil)
    }

    @Test func `a run that has been replaced says nothing when it ends`() {
        var cache = RunCache<Int>()
        cache.started("first", key: key)
        cache.remove(key)
        cache.started("second", key: key)
        cache.ended("first", succeeded: true, until: now + 10, now: now)
        check(cache.entry(for: key, now: now), .running("second"))
    }
}
