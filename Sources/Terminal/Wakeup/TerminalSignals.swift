import CNcurses

/// The signals a terminal program lives with, as flags and a wake-up. At most one at a time.
package final class TerminalSignals: Sendable {
    package struct Pending: OptionSet, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// WINCH: ask `Screen.refreshSize()`.
        package static let resized = flag(ts_resized)
        /// TERM: leave in good order.
        package static let terminated = flag(ts_terminated)
        /// HUP: the terminal is gone.
        package static let hungUp = flag(ts_hung_up)
        /// INT from outside; the key itself arrives as input.
        package static let interrupted = flag(ts_interrupted)
        /// TSTP from outside: call `Screen.stopProcess()`.
        package static let stopRequested = flag(ts_stop_requested)
        /// CONT: a shell may have used the terminal meanwhile; call `Screen.reclaim()`.
        package static let continued = flag(ts_continued)

        private static func flag(_ value: some BinaryInteger) -> Pending { Pending(rawValue: UInt32(value)) }
    }

    private let waker: Waker

    /// Handles WINCH, TERM, HUP, INT, TSTP and CONT until `uninstall()`.
    package init(waker: Waker) {
        self.waker = waker
        ts_install(waker.descriptor)
    }

    deinit {
        uninstall()
    }

    /// What came since the last call.
    package func take() -> Pending {
        Pending(rawValue: ts_take())
    }

    package func uninstall() {
        ts_uninstall()
    }

    /// From now on a crash first gives the terminal back as it was, if a screen is up, and then goes on as before.
    package static func installCrashHandlers() {
        ts_install_crash_handlers()
    }
}
