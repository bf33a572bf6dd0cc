package import Foundation

/// Saved files that were deleted with their runs: kept in a folder until they are too old.
package struct Trash: Sendable {
    /// Seconds that a file is kept.
    package static let age: TimeInterval = 30 * 86_400

    /// A file in the trash.
    package struct Entry: Hashable, Sendable {
        /// Where it was; absolute.
        package let original: String
        /// Where it lies now.
        package let place: URL
    }

    private let folder: URL

    /// - Parameter folder: need not be there.
    package init(folder: URL) { self.folder = folder }

    /// Moves files here; those that cannot be moved stay where they are, and are not among the entries. Blocks.
    package func take(_ files: [String]) -> [Entry] {
        // A folder of its own, so that files of one name do not meet.
        let place = folder.appending(path: UUID().uuidString)
        let isMade: Void? =
            files.isEmpty
            ? nil
            : try? FileManager.default.createDirectory(
                at: place,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        guard isMade != nil else { return [] }
        return files.enumerated().compactMap { number, file in
            let name = "\(number)-\(URL(filePath: file).lastPathComponent)"
            let target = place.appending(path: name)
            guard (try? FileManager.default.moveItem(atPath: file, toPath: target.path)) != nil else { return nil }
            return Entry(original: file, place: target)
        }
    }

    /// Moves files back; returns the paths of those that stay in the trash, because something else lies there by now.
    package func putBack(_ entries: [Entry]) -> [String] {
        let files = FileManager.default
        return entries.compactMap { entry in
            let folder = URL(filePath: entry.original).deletingLastPathComponent()
            try? files.createDirectory(at: folder, withIntermediateDirectories: true)
            // Moving never overwrites.
            guard (try? files.moveItem(atPath: entry.place.path, toPath: entry.original)) != nil else {
                return entry.original
            }
            removeIfEmpty(entry.place.deletingLastPathComponent())
            return nil
        }
    }

    /// What was deleted longer ago than ``age``: the files of each deletion lie in a folder of their own.
    package func outdated(at now: Date = Date()) -> [URL] {
        let keys: Set<URLResourceKey> = [.contentModificationDateKey]
        let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))
        return (found ?? []).filter { url in
            let date = (try? url.resourceValues(forKeys: keys))?.contentModificationDate
            return date.map { now.timeIntervalSince($0) > Self.age } ?? false
        }
    }

    /// Removes what was deleted longer ago than ``age``.
    package func empty(at now: Date = Date()) {
        for url in outdated(at: now) { try? FileManager.default.removeItem(at: url) }
    }

    private func removeIfEmpty(_ folder: URL) {
        guard (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.isEmpty == true else { return }
        try? FileManager.default.removeItem(at: folder)
    }
}
