/// What the program's exit status says; see `PRODUCT.md`'s contract for scripts.
enum ExitStatus: Int32 {
    case done = 0
    /// The run failed or was canceled.
    case failed = 1
    case usage = 64
    case unreachable = 69
    /// Still running when the time was up; the run goes on.
    case stillRunning = 75
    case noToken = 77
    /// The run goes on and is not lost.
    case interrupted = 130
}
