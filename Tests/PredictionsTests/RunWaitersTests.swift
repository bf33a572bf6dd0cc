import Foundation
import History
import Money
import Testing

@testable import Predictions

@Suite(.timeLimit(.minutes(10)))
struct RunWaitersTests {
    private static let run = RunRecord(
        id: "a",
        model: "a/b",
        input: [:],
        prompt: "",
        origin: .command,
        createdAt: Date(timeIntervalSince1970: 0),
        estimate: .unknown(reason: "")
    )

    private static func forever(_: Duration) async throws { try await Task.sleep(for: .seconds(86_400)) }

    @Test func `what ends between the ticket and the wait is not missed`() async {
        let waiters = RunWaiters()
        let ticket = waiters.ticket(for: "a")
        waiters.wake("a", Self.run)
        #expect(await waiters.wait(ticket, timeout: nil, sleep: Self.forever) == Self.run)
    }

    @Test func `every caller that waits for a run is woken, and no other`() async {
        let waiters = RunWaiters()
        let tickets = ["a", "a", "b"].map { waiters.ticket(for: $0) }
        async let first = waiters.wait(tickets[0], timeout: nil, sleep: Self.forever)
        async let second = waiters.wait(tickets[1], timeout: nil, sleep: Self.forever)
        async let other = waiters.wait(tickets[2], timeout: nil, sleep: Self.forever)
        waiters.wake("a", Self.run)
        #expect(await first == Self.run)
        #expect(await second == Self.run)
        waiters.wakeAll()
        #expect(await other == nil)
    }

    @Test func `a wait ends with its time, and with its task, also where that was canceled before`() async {
        let waiters = RunWaiters()
        let late = await waiters.wait(waiters.ticket(for: "a"), timeout: .zero, sleep: { _ in })
        #expect(late == nil)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await waiters.wait(waiters.ticket(for: "a"), timeout: nil, sleep: Self.forever)
        }
        #expect(await task.value == nil)
    }
}
