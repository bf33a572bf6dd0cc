/// What the program's exit status says; `docs/Scripting.md` has the table. Numbers from 64 on are those of `sysexits.h`
/// where it has one for the matter.
enum ExitStatus: Int32, CaseIterable, Comparable {
    case done = 0
    /// The run failed or was canceled.
    case failed = 1
    case usage = 64
    /// The key stands for another order.
    case keyConflict = 65
    /// There is no such model, prediction, run or file.
    case notFound = 66
    /// The API cannot be reached, or the run is queued and was not sent.
    case unreachable = 69
    /// A file is there already, and is not to be overwritten.
    case fileExists = 73
    /// The history or a file cannot be written.
    case notWritable = 74
    /// Still running when the time was up; the run goes on.
    case stillRunning = 75
    case noToken = 77
    /// A budget, `--max-cost`, or a person who was asked did not let it through.
    case overBudget = 79
    /// The run goes on and is not lost.
    case interrupted = 130

    /// The greater one is the worse one, where a command has several ends.
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
