import CNcurses

/// Receives the signals of a terminal program as flags, and wakes a thread for each. At most one instance may exist at
/// a time.
package final class TerminalSignals: Sendable {
    /// A set of signals.
    package struct Pending: OptionSet, Sendable {
        /// The flags of the C shim.
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// WINCH: call `Screen.refreshSize()`.
        package static let resized = flag(ts_resized)
        /// TERM: the program must end in good order.
        package static let terminated = flag(ts_terminated)
        /// HUP: the terminal was closed.
        package static let hungUp = flag(ts_hung_up)
        /// INT from another process; the key itself arrives as input.
        package static let interrupted = flag(ts_interrupted)
        /// TSTP from another process: call `Screen.stopProcess()`.
        package static let stopRequested = flag(ts_stop_requested)
        /// CONT: a shell may have used the terminal meanwhile; call `Screen.reclaim()`.
        package static let continued = flag(ts_continued)

        private static func flag(_ value: some BinaryInteger) -> Pending { Pending(rawValue: UInt32(value)) }
    }

    private let waker: Waker

    /// Handles WINCH, TERM, HUP, INT, TSTP and CONT until `uninstall()`. Each of them wakes `waker`.
    ///
    /// A second TERM or INT restores the terminal and ends the process at once. The same happens 20 s after a TERM or
    /// HUP, so that a main thread that hangs cannot keep the process alive.
    package init(waker: Waker) {
        self.waker = waker
        ts_install(waker.descriptor)
    }

    deinit {
        uninstall()
    }

    /// The signals since the last call. From any thread.
    package func takePending() -> Pending {
        Pending(rawValue: ts_take())
    }

    /// Returns at once where this process may read the terminal. In the background it stops the process group, as a read
    /// would do, and returns when the group was continued in the foreground; what was there to read may be gone then.
    package static func awaitForeground(of descriptor: Int32) {
        _ = ts_await_foreground(descriptor)
    }

    /// Restores the earlier handling of the signals. Further calls do nothing.
    package func uninstall() {
        ts_uninstall()
    }

    /// Installs handlers for crashes: a crash first restores the terminal if a screen is up, and then goes on as
    /// before.
    package static func installCrashHandlers() {
        ts_install_crash_handlers()
    }
}
