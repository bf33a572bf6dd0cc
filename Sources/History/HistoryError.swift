/// Why the history cannot be used; one sentence with the next step.
package enum HistoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Written by a later version of the program; the file was not touched.
    case newerVersion(path: String)
    case unusable(path: String, reason: String)
    /// The prediction belongs to another record; nothing was changed.
    case ownedByAnother

    package var description: String {
        switch self {
        case .newerVersion(let path):
            "\(path) was written by a newer darkroom; use that one, or another --data-dir. Nothing was changed."
        case .unusable(let path, let reason):
            "\(path) cannot be used: \(reason). Check the folder's rights and the disk's space."
        case .ownedByAnother: "The prediction belongs to another run of the history"
        }
    }
}
