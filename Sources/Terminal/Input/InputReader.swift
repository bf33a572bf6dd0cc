import Glibc

/// Waits for the terminal, a waker and signals, and turns what came into events. For one thread.
package struct InputReader {
    package struct Batch: Sendable {
        /// In the order they came; signals first, as `.resize` and `.hangup`.
        package var events: [InputEvent] = []
        /// The signals behind them, and those that are no event of the terminal.
        package var signals: TerminalSignals.Pending = []
        /// The waker was called; it is drained already.
        package var isWoken = false
    }

    private let descriptor: Int32
    private let waker: Waker
    private let signals: TerminalSignals?
    private let escapeTimeout: Duration
    private var parser = InputParser()
    private var escapeDeadline: ContinuousClock.Instant?
    private var isAtEnd = false
    private var buffer = [UInt8](repeating: 0, count: 16 << 10)

    /// - Parameter escapeTimeout: how long a lone Esc may still become the start of a longer key.
    package init(
        descriptor: Int32,
        waker: Waker,
        signals: TerminalSignals?,
        escapeTimeout: Duration = .milliseconds(25)
    ) {
        self.descriptor = descriptor
        self.waker = waker
        self.signals = signals
        self.escapeTimeout = escapeTimeout
    }

    /// Returns as soon as there is anything to report, or after `timeout`; nil waits for as long as it takes.
    ///
    /// After `.hangup` the terminal is not read again; the waker and signals still are.
    package mutating func wait(timeout: Duration? = nil) -> Batch {
        var batch = Batch()
        var descriptors = [
            pollfd(fd: isAtEnd ? -1 : descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, nfds_t(descriptors.count), milliseconds(until: timeout))
        if descriptors[1].revents != 0 {
            waker.drain()
            batch.isWoken = true
        }
        batch.signals = signals?.take() ?? []
        if batch.signals.contains(.resized) { batch.events.append(.resize) }
        if batch.signals.contains(.hungUp) { batch.events.append(.hangup) }
        if descriptors[0].revents != 0 { read(into: &batch) }
        if let deadline = escapeDeadline, descriptors[0].revents == 0, ContinuousClock.now >= deadline {
            batch.events += parser.flush()
        }
        if !parser.isWaiting {
            escapeDeadline = nil
        } else if descriptors[0].revents != 0 {
            escapeDeadline = .now + escapeTimeout
        }
        return batch
    }

    /// Reads what is there, up to a megabyte, so that a long paste does not keep the rest waiting.
    private mutating func read(into batch: inout Batch) {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        for _ in 0..<64 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                batch.events += parser.feed(buffer[..<count])
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                isAtEnd = true
                batch.events.append(.hangup)
                return
            }
            ready.revents = 0
            guard poll(&ready, 1, 0) > 0 else { return }
        }
    }

    private func milliseconds(until timeout: Duration?) -> Int32 {
        let escape = escapeDeadline.map { max(.zero, $0 - .now) }
        guard let wait = [timeout, escape].compactMap({ $0 }).min() else { return -1 }
        // Rounded up, lest the last fraction of a millisecond is waited for by spinning.
        return Int32(
            clamping: (wait.components.seconds * 1000) + (wait.components.attoseconds + 999_999_999_999_999)
                / 1_000_000_000_000_000
        )
    }
}
