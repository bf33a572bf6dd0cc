import Synchronization
import Testing

@testable import Service

@Suite(.timeLimit(.minutes(10)))
struct TimeoutsTests {
    /// Sleeps that end when the test says so.
    private final class Clock: Sendable {
        private struct State {
            var sleeps: [(length: Duration, end: AsyncStream<Void>.Continuation)] = []
        }

        private let state = Mutex(State())
        var lengths: [Duration] { state.withLock { $0.sleeps.map(\.length) } }

        func sleep(_ length: Duration) async throws {
            let (stream, end) = AsyncStream.makeStream(of: Void.self)
            state.withLock { $0.sleeps.append((length, end)) }
            for await _ in stream { return }
            throw CancellationError()
        }

        func ring(_ index: Int) { state.withLock { $0.sleeps[index].end }.yield() }

        func wait(for count: Int) async {
            while lengths.count < count { await Task.yield() }
        }
    }

    private final class Bells: Sendable {
        private let rung = Mutex<[String]>([])
        var all: [String] { rung.withLock { $0 } }
        func ring(_ name: String) { rung.withLock { $0.append(name) } }
        func wait(for count: Int) async {
            while all.count < count { await Task.yield() }
        }
    }

    @Test func `one timer serves all: it sleeps for the first, then for the next that still waits`() async {
        let (clock, bells) = (Clock(), Bells())
        let timeouts = Timeouts(sleep: { try await clock.sleep($0) })
        _ = timeouts.add(.seconds(300)) { bells.ring("first") }
        let gone = timeouts.add(.seconds(301)) { bells.ring("gone") }
        _ = timeouts.add(.seconds(302)) { bells.ring("last") }
        await clock.wait(for: 1)
        #expect(clock.lengths == [.seconds(300)])
        timeouts.remove(gone)
        clock.ring(0)
        await clock.wait(for: 2)
        #expect(bells.all == ["first"])
        clock.ring(1)
        await bells.wait(for: 2)
        #expect(bells.all == ["first", "last"])
    }

    @Test func `who comes later with less time is told first`() async {
        let (clock, bells) = (Clock(), Bells())
        let timeouts = Timeouts(sleep: { try await clock.sleep($0) })
        _ = timeouts.add(.seconds(300)) { bells.ring("long") }
        await clock.wait(for: 1)
        _ = timeouts.add(.seconds(1)) { bells.ring("short") }
        await clock.wait(for: 2)
        clock.ring(1)
        await bells.wait(for: 1)
        #expect(bells.all == ["short"])
    }

    @Test func `who has been answered is not told`() async {
        let (clock, bells) = (Clock(), Bells())
        let timeouts = Timeouts(sleep: { try await clock.sleep($0) })
        let answered = timeouts.add(.seconds(1)) { bells.ring("answered") }
        await clock.wait(for: 1)
        timeouts.remove(answered)
        clock.ring(0)
        _ = timeouts.add(.seconds(2)) { bells.ring("next") }
        while bells.all.isEmpty {
            for index in clock.lengths.indices { clock.ring(index) }
            await Task.yield()
        }
        #expect(bells.all == ["next"])
    }
}
