import Foundation
import Glibc

/// Writes lines to a descriptor on a thread of its own, so that a reader that stalls blocks only this thread.
///
/// A line that does not fit into the queue is dropped and counted. The count is written in place of the lines, as soon as
/// there is room again.
///
/// `@unchecked`: everything that changes is guarded by the condition.
package final class LineWriter: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [String] = []
    /// Bytes of what waits and of what is being written.
    private var bytes = 0
    /// Lines that were lost after the last of ``waiting``.
    private var dropped = 0
    /// Whether the thread holds something that is not written yet.
    private var isWriting = false
    private var isClosed = false
    private let limit: Int
    private let onDrop: @Sendable () -> Void

    /// - Parameters:
    ///   - limit: bytes that may wait.
    ///   - notice: the line that tells how many lines were dropped, with its end.
    ///   - onDrop: called for every dropped line, on the thread that wrote it; must not write a line.
    package init(
        to descriptor: Int32,
        limit: Int = 1 << 20,
        notice: @escaping @Sendable (Int) -> String,
        onDrop: @escaping @Sendable () -> Void = {}
    ) {
        self.limit = limit
        self.onDrop = onDrop
        // Keeps this value until ``close()``.
        let thread = Thread { [self] in
            while let (lines, lost) = next() {
                for line in lines {
                    Self.write(line, to: descriptor)
                    wrote(line)
                }
                if lost > 0 { Self.write(notice(lost), to: descriptor) }
            }
        }
        thread.name = "log"
        thread.start()
    }

    /// Adds a line to the queue. Never blocks.
    package func write(_ line: String) {
        let size = line.utf8.count
        condition.lock()
        let fits = bytes + size <= limit && dropped == 0
        if fits {
            bytes += size
            waiting.append(line)
        } else {
            dropped += 1
        }
        condition.broadcast()
        condition.unlock()
        if !fits { onDrop() }
    }

    /// Blocks until the queue is empty and written, but not longer than `limit`. Not for threads that answer requests.
    package func flush(within limit: Duration) {
        let end = Date(timeIntervalSinceNow: limit / .seconds(1))
        condition.lock()
        defer { condition.unlock() }
        while isWriting || !waiting.isEmpty || dropped > 0 {
            guard condition.wait(until: end) else { return }
        }
    }

    /// Ends the thread once everything is written.
    package func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }

    /// Waits for the next lines. Returns them with the number of lines that were dropped after them; nil when closed.
    private func next() -> (lines: [String], lost: Int)? {
        condition.lock()
        defer { condition.unlock() }
        isWriting = false
        condition.broadcast()
        while waiting.isEmpty, dropped == 0 {
            if isClosed { return nil }
            condition.wait()
        }
        isWriting = true
        defer { (waiting, dropped) = ([], 0) }
        return (waiting, dropped)
    }

    private func wrote(_ line: String) {
        condition.lock()
        bytes -= line.utf8.count
        condition.unlock()
    }

    /// Blocks until the reader takes the line. A line that cannot be written is lost.
    private static func write(_ line: String, to descriptor: Int32) {
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EAGAIN {
                // Another process that shares the descriptor has made it non-blocking.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                guard poll(&ready, 1, -1) > 0 || errno == EINTR else { return }
            } else if errno != EINTR {
                return
            }
        }
    }
}
