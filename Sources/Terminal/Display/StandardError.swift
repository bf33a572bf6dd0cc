import Glibc

/// Keeps the output of libraries to standard error off the screen.
final class StandardError {
    private let log: Int32?
    /// The saved descriptor of the terminal while redirected, else -1.
    private(set) var saved: Int32 = -1

    /// - Parameter log: the descriptor to redirect to; it is not closed here. Nil: nothing is redirected.
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
