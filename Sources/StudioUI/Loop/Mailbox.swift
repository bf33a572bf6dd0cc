package import Studio
import Synchronization
import Terminal

/// The one way into the studio from other threads: a FIFO of actions with a coalesced wake-up.
package final class Mailbox: Sendable {
    private let actions = Mutex<[StudioAction]>([])
    let waker: Waker

    package init() { waker = Waker() }

    /// From any thread; returns at once. Order is kept per sender.
    package func post(_ action: StudioAction) {
        actions.withLock { $0.append(action) }
        waker.wake()
    }

    func drain() -> [StudioAction] {
        waker.drain()
        return actions.withLock { pending in
            defer { pending = [] }
            return pending
        }
    }
}
