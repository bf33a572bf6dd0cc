import ReplicateClient
import Testing

struct RetryPolicyTests {
    @Test func `the wait doubles up to the longest, scaled by the random factor`() {
        let policy = RetryPolicy(attempts: 5, first: .milliseconds(500), longest: .seconds(3))
        let waits = (1...5).map { policy.delay(before: $0, chance: 1) }
        #expect(waits == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(3), .seconds(3)])
        #expect(policy.delay(before: 3, chance: 0) == .zero)
        #expect(policy.delay(before: 400, chance: 1) == .seconds(3))
    }
}
