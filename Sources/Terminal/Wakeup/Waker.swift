import CNcurses
import Glibc
import Synchronization

/// Wakes a thread that waits in `poll(2)`. Many calls before a `drain()` make one event.
package final class Waker: Sendable {
    /// Readable after `wake()` until `drain()`.
    package let descriptor: Int32
    private let isPending = Atomic(false)

    package init() {
        descriptor = cn_eventfd()
        precondition(descriptor >= 0, "no event descriptor: \(String(cString: strerror(errno)))")
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// From any thread.
    package func wake() {
        guard !isPending.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var one: UInt64 = 1
        _ = Glibc.write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Call before taking what the wake-up was about: what is posted later wakes again.
    package func drain() {
        isPending.store(false, ordering: .sequentiallyConsistent)
        var count: UInt64 = 0
        _ = Glibc.read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
