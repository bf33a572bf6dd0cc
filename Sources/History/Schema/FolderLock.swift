import Foundation
import Glibc

/// Holds a folder for this opener alone while `body` runs; another process, or another store of this one, waits.
///
/// The folder and not the database: closing a second descriptor of the database would drop SQLite's own locks. Where
/// the folder cannot be locked, `body` runs all the same.
enum FolderLock {
    static func holding<Value>(folderOf path: String, _ body: () throws -> Value) rethrows -> Value {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        if descriptor >= 0 {
            while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
        }
        return try body()
    }
}
