import CNcurses
import Glibc
import Synchronization

/// Wakes a thread that waits in `poll(2)`. Several calls before a `drain()` make one event.
package final class Waker: Sendable {
    /// An eventfd that is readable after `wake()` until `drain()`.
    package let descriptor: Int32
    private let isPending = Atomic(false)

    /// Traps when the process has no descriptor left.
    package init() {
        descriptor = cn_eventfd()
        precondition(descriptor >= 0, "no event descriptor: \(String(cString: strerror(errno)))")
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Makes the descriptor readable. May be called from any thread.
    package func wake() {
        guard !isPending.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var one: UInt64 = 1
        _ = Glibc.write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Makes the descriptor unreadable. Call it before you read the data that the wake-up announced, so that data
    /// posted later wakes the thread again.
    package func drain() {
        isPending.store(false, ordering: .sequentiallyConsistent)
        var count: UInt64 = 0
        _ = Glibc.read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
