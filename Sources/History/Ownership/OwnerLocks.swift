import Foundation
import Glibc
import Synchronization

/// Tells the living owners of a history from the dead: a living one holds the lock on a file of its name.
///
/// The kernel gives a lock back when its process ends, however it ends, and shows it to everybody who has the folder.
/// Process ids do not do that: two containers with one volume do not see each other's.
final class OwnerLocks: Sendable {
    private struct Held {
        let owner: Owner
        /// -1: there is no file.
        let descriptor: Int32
    }

    /// Holds the lock files; nil: the history is in memory, and nobody else can have it.
    private let folder: String?
    private let held = Mutex<Held?>(nil)

    init(folder: String?) { self.folder = folder }

    deinit {
        guard let held = held.withLock({ $0 }), held.descriptor >= 0 else { return }
        // While the lock is held: nobody can take the file for a stale one.
        unlink(path(of: held.owner))
        close(held.descriptor)
    }

    /// The owner that this history is, from the first call on. Whoever only reads leaves no file behind.
    ///
    /// Throws ``HistoryError/noLocks(path:reason:)``.
    func own() throws -> Owner {
        try held.withLock { held in
            if let held { return held.owner }
            let new = try acquire()
            held = new
            return new.owner
        }
    }

    /// Whether somebody works under this name. Where that cannot be told, somebody does: a run that nobody goes on with
    /// can be taken over later, a run that two go on with is paid twice.
    func isAlive(_ owner: Owner) -> Bool {
        if held.withLock({ $0?.owner == owner }) { return true }
        guard folder != nil, owner.isWellFormed else { return false }
        // Opened for writing, because a lock over NFS asks for it.
        let descriptor = open(path(of: owner), O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return errno != ENOENT && errno != ENOTDIR }
        defer { close(descriptor) }
        // Shared, so that two who ask at once do not take each other for the owner.
        return lock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private func acquire() throws -> Held {
        guard let folder else { return Held(owner: .random(), descriptor: -1) }
        func failure() -> HistoryError { .noLocks(path: folder, reason: String(cString: strerror(errno))) }
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw failure() }
        sweep(folder)
        while true {
            let owner = Owner.random()
            let descriptor = open(path(of: owner), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else {
                if errno == EINTR { continue }
                throw failure()
            }
            guard lock(descriptor, LOCK_EX) == 0 else {
                let error = failure()
                unlink(path(of: owner))
                close(descriptor)
                throw error
            }
            // Before it was locked, another process may have swept it away as a stale one.
            var status = stat()
            if fstat(descriptor, &status) == 0, status.st_nlink > 0 {
                return Held(owner: owner, descriptor: descriptor)
            }
            close(descriptor)
        }
    }

    /// Removes the files of owners that are gone. A file without a lock says the same as no file.
    private func sweep(_ folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let owner = Owner(text: name)
            guard owner.isWellFormed else { continue }
            let descriptor = open(path(of: owner), O_RDWR | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { continue }
            if lock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path(of: owner)) }
            close(descriptor)
        }
    }

    private func lock(_ descriptor: Int32, _ operation: Int32) -> Int32 {
        while true {
            let result = flock(descriptor, operation)
            if result == 0 || errno != EINTR { return result }
        }
    }

    private func path(of owner: Owner) -> String { "\(folder ?? "")/\(owner.text)" }
}
