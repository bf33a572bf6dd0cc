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

    /// What has arrived under this key, also for an earlier process, or a new beginning in the folder.
    func take(_ key: String, in folder: URL) -> PartialDownload {
        let isNew = state.withLock { $0.swept.insert(folder.path).inserted }
        if isNew { Self.sweep(folder) }
        return state.withLock { $0.waiting.removeValue(forKey: key) }
            ?? PartialDownload(resumingAt: Self.path(Self.name(of: key), in: folder))
            ?? PartialDownload(path: Self.path(UUID(), in: folder))
    }

    private static func path(_ name: UUID, in folder: URL) -> String {
        folder.appending(path: ".\(name.uuidString.lowercased()).part").path
    }

    /// The same in every process.
    private static func name(of key: String) -> UUID {
        let bytes = Array(Digest.sha256(Data(key.utf8)).prefix(16))
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    func keep(_ file: PartialDownload, as key: String) { state.withLock { $0.waiting[key] = file } }

    /// Removes what processes have left that were killed in mid-download.
    private static func sweep(_ folder: URL) {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? [] {
            let part = name.hasSuffix(".part.json") ? name.dropLast(5) : name[...]
            guard part.hasPrefix("."), part.hasSuffix(".part"),
                UUID(uuidString: "\(part.dropFirst().dropLast(5))") != nil
            else { continue }
            let path = folder.appending(path: name).path
            let changed = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if let changed, changed.timeIntervalSinceNow < -longestPause { unlink(path) }
        }
    }
}
