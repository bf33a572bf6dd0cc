import Synchronization

/// Folders that were found to take files: to find that out writes to the disk, and a batch asks for each line.
final class CheckedPlaces: Sendable {
    private let known = Mutex<Set<String>>([])

    /// - Parameter find: why the folder takes no files; nil when it does. Called until it does.
    func obstacle(in folder: String, find: () -> String?) -> String? {
        if known.withLock({ $0.contains(folder) }) { return nil }
        if let obstacle = find() { return obstacle }
        known.withLock { _ = $0.insert(folder) }
        return nil
    }
}
