import Glibc

/// Keeps what libraries print to standard error off the screen.
final class StandardError {
    private let log: Int32?
    /// The terminal's descriptor while redirected, else -1.
    private(set) var saved: Int32 = -1

    /// - Parameter log: stays open and the caller's.
    init(redirectedTo log: Int32?) {
        self.log = log
    }

    func redirect() {
        guard let log, saved < 0, isatty(STDERR_FILENO) == 1 else { return }
        saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10)
        if saved >= 0 { dup2(log, STDERR_FILENO) }
    }

    func restore() {
        guard saved >= 0 else { return }
        dup2(saved, STDERR_FILENO)
        close(saved)
        saved = -1
    }
}
