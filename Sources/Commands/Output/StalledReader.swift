import Glibc
import Synchronization

/// Tells whether a reader of messages takes any more, so that one who has stalled does not stop the program.
final class StalledReader: Sendable {
    /// Bytes that can be written without waiting once ``takes(_:)`` was true: a pipe has room for a page then.
    static let piece = 4_096

    /// How long a reader is waited for before it counts as stalled, in milliseconds.
    private static let patience: Int32 = 2_000
    private let hasStalled = Mutex(false)

    /// False when nobody has read for a while; the message is lost then. A terminal that was stopped is waited for: the
    /// person who stopped it will go on.
    func takes(_ descriptor: Int32) -> Bool {
        if isatty(descriptor) == 1 { return true }
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let count = poll(&ready, 1, hasStalled.withLock { $0 } ? 0 : Self.patience)
        // What poll cannot tell about is written to.
        let takes = count != 0
        hasStalled.withLock { $0 = !takes }
        return takes
    }
}
