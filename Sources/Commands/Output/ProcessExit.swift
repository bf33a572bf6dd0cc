import Glibc

/// The end of the process.
enum ProcessExit {
    /// Ends the process with what was written to the standard streams. Nothing else is torn down: `exit` would free what the
    /// libraries share, OpenSSL's tables among it, while threads of ours still use it.
    static func exit(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}
