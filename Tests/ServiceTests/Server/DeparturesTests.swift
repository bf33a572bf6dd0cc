import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import Service

struct DeparturesTests {
    private let departures = Departures()
    private let channel = EmbeddedChannel()

    init() throws { try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait() }

    /// How often the action was run by the end of `body`.
    private func count(_ body: (@escaping @Sendable () -> Void) -> Void) -> Int {
        let count = Count()
        body { count.value.withLock { $0 += 1 } }
        return count.value.withLock { $0 }
    }

    private final class Count: Sendable { let value = Mutex(0) }

    @Test func `who waits hears of it once`() {
        let heard = count {
            _ = departures.notice(channel, $0)
            departures.departed(channel)
            departures.closed(channel)
        }
        #expect(heard == 1)
    }

    @Test func `who begins to wait after the other side has gone is told at once`() {
        departures.departed(channel)
        #expect(channel.isActive)
        #expect(count { _ = departures.notice(channel, $0) } == 1)
    }

    @Test func `the next channel with the same identity is a new one`() {
        departures.departed(channel)
        departures.closed(channel)
        #expect(count { _ = departures.notice(channel, $0) } == 0)
    }

    @Test func `who waits no longer is told nothing`() {
        let heard = count {
            departures.forget(channel, departures.notice(channel, $0))
            departures.closed(channel)
        }
        #expect(heard == 0)
    }

    @Test func `when everybody is let go, so is who comes later`() {
        let heard = count {
            _ = departures.notice(channel, $0)
            departures.close()
            _ = departures.notice(channel, $0)
        }
        #expect(heard == 2)
    }
}
