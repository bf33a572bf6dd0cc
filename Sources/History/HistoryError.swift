/// Why the history cannot be used; one sentence with the next step.
package enum HistoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Written by a later version of the program; the file was not touched.
    case newerVersion(path: String)
    case unusable(path: String, reason: String)
    /// The prediction belongs to another record; nothing was changed.
    case ownedByAnother
    /// Another process works on the run or job by now; nothing was changed.
    case takenOver
    /// The folder of lock files cannot be used, so nothing can be owned, and nothing is sent.
    case noLocks(path: String, reason: String)
    /// The tables are to be changed, and an older version has the file open, which would go on as before.
    case inUse(path: String)
    /// Its damage can be repaired only while nobody else has it open.
    case damagedInUse(path: String)

    package var description: String {
        switch self {
        case .newerVersion(let path):
            "\(path) was written by a newer darkroom; use that one, or another --data-dir. Nothing was changed."
        case .unusable(let path, let reason):
            "\(path) cannot be used: \(reason). Check the folder's rights and the disk's space."
        case .ownedByAnother: "The prediction belongs to another run of the history"
        case .takenOver: "Another darkroom works on it by now; nothing was changed"
        case .noLocks(let path, let reason):
            "No lock can be held in \(path): \(reason). Without one two programs could pay for one run, so nothing was sent. Check the folder's rights and the disk's space, or use a --data-dir on a local disk."
        case .damagedInUse(let path):
            "\(path) is damaged, and another darkroom has it open. End that one, then start again: what can be read will be kept. Nothing was changed."
        case .inUse(let path):
            "An older darkroom has \(path) open. End it first: this version changes how they share the work."
        }
    }
}
