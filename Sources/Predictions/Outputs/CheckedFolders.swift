import Foundation
import Synchronization

/// What is ordered could not be saved, so nothing was sent; a sentence without its stop.
package struct OutputObstacle: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Folders that were found to take files a moment ago. To find that out writes to the disk, and a batch asks for each of its
/// lines.
///
/// Any thread may call it.
final class CheckedFolders: Sendable {
    /// How long an answer holds.
    private static let validity = Duration.seconds(10)

    private let checked = Mutex<[String: ContinuousClock.Instant]>([:])

    /// - Parameter find: why the folder takes no files; nil when it does.
    func obstacle(in folder: String, now: ContinuousClock.Instant = .now, find: () -> String?) -> String? {
        if let last = checked.withLock({ $0[folder] }), now - last < Self.validity { return nil }
        if let obstacle = find() { return obstacle }
        checked.withLock { checked in
            checked = checked.filter { now - $0.value < Self.validity }
            checked[folder] = now
        }
        return nil
    }
}
