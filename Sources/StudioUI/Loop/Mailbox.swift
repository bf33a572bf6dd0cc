package import Studio
import Synchronization
package import Terminal

/// The one way into the studio from other threads: a FIFO of actions with a coalesced wake-up.
package final class Mailbox: Sendable {
    private let actions = Mutex<[StudioAction]>([])
    package let waker = Waker()

    package init() {}

    /// From any thread; returns at once. Order is kept per sender.
    package func post(_ action: StudioAction) {
        actions.withLock { $0.append(action) }
        waker.wake()
    }

    /// What has arrived, in order; the waker must have been drained before, lest a wake-up is lost.
    func drain() -> [StudioAction] {
        actions.withLock { pending in
            defer { pending = [] }
            return pending
        }
    }
}
