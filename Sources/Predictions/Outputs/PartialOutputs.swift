import Foundation
import Glibc
import ReplicateClient
import Synchronization

/// Outputs that have arrived in part and wait for their next try.
final class PartialOutputs: Sendable {
    /// Nobody writes to a part for so long who still lives: a download that stalls is given up much sooner.
    private static let longestPause = 3_600.0

    private struct State {
        var waiting: [String: PartialDownload] = [:]
        var swept: Set<String> = []
    }

    private let state = Mutex(State())

    /// What has arrived under this key, or a new beginning in the folder.
    func take(_ key: String, in folder: URL) -> PartialDownload {
        let isNew = state.withLock { $0.swept.insert(folder.path).inserted }
        if isNew { Self.sweep(folder) }
        return state.withLock { $0.waiting.removeValue(forKey: key) }
            ?? PartialDownload(path: folder.appending(path: ".\(UUID().uuidString.lowercased()).part").path)
    }

    func keep(_ file: PartialDownload, as key: String) { state.withLock { $0.waiting[key] = file } }

    /// Removes what processes have left that were killed in mid-download.
    private static func sweep(_ folder: URL) {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? [] {
            guard name.hasPrefix("."), name.hasSuffix(".part"),
                UUID(uuidString: "\(name.dropFirst().dropLast(5))") != nil
            else { continue }
            let path = folder.appending(path: name).path
            let changed = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if let changed, changed.timeIntervalSinceNow < -longestPause { unlink(path) }
        }
    }
}
