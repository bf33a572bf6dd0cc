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
    private let patience: Duration
    private var parser = InputParser()
    private var deadline: ContinuousClock.Instant?
    private var isAtEnd = false
    private var buffer = [UInt8](repeating: 0, count: 16 << 10)

    /// How long a lone Esc may still become the start of a longer key, where nothing else is asked for: an arrow over a
    /// slow line may arrive in pieces.
    package static let escapeTimeout = Duration.milliseconds(100)

    /// Esc arrives as a key of its own and never alone: it need not be waited for.
    package var hasUnambiguousEscape = false
    /// See ``InputParser/escapeStandsAlone``.
    package var escapeStandsAlone: Bool {
        get { parser.escapeStandsAlone }
        set { parser.escapeStandsAlone = newValue }
    }

    /// - Parameters:
    ///   - escapeTimeout: how long a lone Esc may still become the start of a longer key.
    ///   - patience: how long the rest of a paste, or of an answer of the terminal, may be missing.
    package init(
        descriptor: Int32,
        waker: Waker,
        signals: TerminalSignals?,
        escapeTimeout: Duration = Self.escapeTimeout,
        patience: Duration = .seconds(1)
    ) {
        self.descriptor = descriptor
        self.waker = waker
        self.signals = signals
        self.escapeTimeout = escapeTimeout
        self.patience = patience
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
        if let deadline, descriptors[0].revents == 0, ContinuousClock.now >= deadline {
            batch.events += parser.giveUp()
        }
        if !parser.isIncomplete {
            deadline = nil
        } else if descriptors[0].revents != 0 {
            deadline = .now + (parser.isWaiting && !hasUnambiguousEscape ? escapeTimeout : patience)
        }
        return batch
    }

    /// Reads what is there, up to a megabyte, so that a long paste does not keep the rest waiting.
    private mutating func read(into batch: inout Batch) {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        for _ in 0..<64 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                // A single interrupt is a key: a paste arrives in larger pieces, and this one has no end.
                if count == 1, buffer[0] == 0x03 || buffer[0] == 0x11, parser.isInPaste {
                    batch.events += parser.giveUp()
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
        // Rounded up, lest the last fraction of a millisecond is waited for by spinning.
        return Int32(
            clamping: (wait.components.seconds * 1000) + (wait.components.attoseconds + 999_999_999_999_999)
                / 1_000_000_000_000_000
        )
    }
}
