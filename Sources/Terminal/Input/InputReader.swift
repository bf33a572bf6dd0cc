import Glibc

/// Waits for the terminal, a waker and signals, and converts the input to events. Use it on one thread.
package struct InputReader {
    /// What happened during one wait.
    package struct Batch: Sendable {
        /// The events in their order; `.resize` and `.hangup` of signals come first.
        package var events: [InputEvent] = []
        /// All signals that arrived, also those that are not an event of the terminal.
        package var signals: TerminalSignals.Pending = []
        /// Whether the waker was called. It is drained already.
        package var isWoken = false
        /// Whether the descriptor that was to be watched takes more bytes.
        package var isWritable = false
    }

    private let descriptor: Int32
    private let waker: Waker
    private let signals: () -> TerminalSignals.Pending
    private let escapeTimeout: Duration
    private let sequenceTimeout: Duration
    private var parser = InputParser()
    private var deadline: ContinuousClock.Instant?
    private var isAtEnd = false
    private var buffer = [UInt8](repeating: 0, count: 16 << 10)

    /// The default for how long a single Esc may still become the start of a longer key: over a slow line the bytes of
    /// an arrow key may arrive separately.
    package static let escapeTimeout = Duration.milliseconds(100)

    /// Whether Esc can be told from the start of another key (kitty protocol). Then a single Esc byte does not end
    /// after the short timeout.
    package var hasUnambiguousEscape = false
    /// See ``InputParser/treatsEscapeAsKey``.
    package var treatsEscapeAsKey: Bool {
        get { parser.treatsEscapeAsKey }
        set { parser.treatsEscapeAsKey = newValue }
    }

    /// - Parameters:
    ///   - descriptor: the terminal, opened for reading.
    ///   - waker: ends a wait from another thread.
    ///   - signals: takes the signals to report, such as `TerminalSignals.takePending`.
    ///   - escapeTimeout: how long a single Esc may still become the start of a longer key.
    ///   - sequenceTimeout: how long the rest of a paste, or of an answer of the terminal, may be missing.
    package init(
        descriptor: Int32,
        waker: Waker,
        signals: @escaping () -> TerminalSignals.Pending = { [] },
        escapeTimeout: Duration = Self.escapeTimeout,
        sequenceTimeout: Duration = .seconds(1)
    ) {
        self.descriptor = descriptor
        self.waker = waker
        self.signals = signals
        self.escapeTimeout = escapeTimeout
        self.sequenceTimeout = sequenceTimeout
    }

    /// Blocks until there is something to report, or until `timeout` has passed; nil: without a limit. A batch may be
    /// empty.
    ///
    /// After `.hangup` the terminal is not read again; the waker and the signals still are. A batch with the signal
    /// `.continued` reads nothing: call `Screen.reclaim()` first, what is typed comes with the next batch.
    ///
    /// - Parameter output: a descriptor that ends the wait when it takes bytes; nil: none.
    package mutating func wait(timeout: Duration? = nil, output: Int32? = nil) -> Batch {
        var batch = Batch()
        var descriptors = [
            pollfd(fd: isAtEnd ? -1 : descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: output ?? -1, events: Int16(POLLOUT), revents: 0),
        ]
        _ = poll(&descriptors, nfds_t(descriptors.count), milliseconds(until: timeout))
        if descriptors[1].revents != 0 {
            waker.drain()
            batch.isWoken = true
        }
        batch.isWritable = descriptors[2].revents != 0
        batch.signals = signals()
        if batch.signals.contains(.resized) { batch.events.append(.resize) }
        if batch.signals.contains(.hungUp) { batch.events.append(.hangup) }
        // While the process was stopped, the shell took what was there: a read could wait for a line of the shell's own mode.
        let isReadable = descriptors[0].revents != 0 && !batch.signals.contains(.continued)
        if isReadable { read(into: &batch) }
        if let deadline, descriptors[0].revents == 0, ContinuousClock.now >= deadline {
            batch.events += parser.finishIncomplete()
        }
        if !parser.isIncomplete {
            deadline = nil
        } else if isReadable {
            deadline = .now + (parser.isWaiting && !hasUnambiguousEscape ? escapeTimeout : sequenceTimeout)
        }
        return batch
    }

    /// Reads the available bytes, up to a megabyte, so that a long paste does not delay other work.
    private mutating func read(into batch: inout Batch) {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        for _ in 0..<64 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                // A single byte of ctrl+c or ctrl+q is a key: a paste arrives in larger pieces, so its end is missing.
                if count == 1, buffer[0] == 0x03 || buffer[0] == 0x11, parser.isInPaste {
                    batch.events += parser.finishIncomplete()
                }
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
        let missing = deadline.map { max(.zero, $0 - .now) }
        guard let wait = [timeout, missing].compactMap({ $0 }).min() else { return -1 }
        // Rounded up: otherwise the last fraction of a millisecond would be spent in a busy loop.
        return Int32(
            clamping: (wait.components.seconds * 1000) + (wait.components.attoseconds + 999_999_999_999_999)
                / 1_000_000_000_000_000
        )
    }
}
