import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import Service

struct DisconnectNotifierTests {
    private let notifier = DisconnectNotifier()
    private let channel = EmbeddedChannel()

    init() throws { try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait() }

    /// How often the action was run by the end of `body`.
    private func count(_ body: (@escaping @Sendable () -> Void) -> Void) -> Int {
        let count = Count()
        body { count.value.withLock { $0 += 1 } }
        return count.value.withLock { $0 }
    }

    private final class Count: Sendable { let value = Mutex(0) }

    @Test func `an observer is called once`() {
        let calls = count {
            _ = notifier.observe(channel, $0)
            notifier.clientDisconnected(channel)
            notifier.channelClosed(channel)
        }
        #expect(calls == 1)
    }

    @Test func `an observer that begins after the disconnection is called at once`() {
        notifier.clientDisconnected(channel)
        #expect(channel.isActive)
        #expect(count { _ = notifier.observe(channel, $0) } == 1)
    }

    @Test func `a closed channel is forgotten`() {
        notifier.clientDisconnected(channel)
        notifier.channelClosed(channel)
        #expect(count { _ = notifier.observe(channel, $0) } == 0)
    }

    @Test func `a removed observer is not called`() {
        let calls = count {
            notifier.remove(notifier.observe(channel, $0), from: channel)
            notifier.channelClosed(channel)
        }
        #expect(calls == 0)
    }

    @Test func `closing calls every observer, and later ones at once`() {
        let calls = count {
            _ = notifier.observe(channel, $0)
            notifier.close()
            _ = notifier.observe(channel, $0)
        }
        #expect(calls == 2)
    }
}
