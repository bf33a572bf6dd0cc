import Foundation
import Glibc

/// Puts a damaged database aside and a new one with what could be read of it in its place.
///
/// The new one is finished under a name of its own before the old one is moved: wherever this is cut off, the next opening
/// does it again or goes on with it, and at no moment an empty history could take the place of the damaged one.
enum DamagedFile {
    private static let parts = ["", "-wal", "-shm"]

    /// To be called while nobody else can open the database; `path` is there, and damaged.
    ///
    /// - Returns: what to tell the person.
    static func replace(_ path: String, at date: Date) throws -> String {
        let work = "\(path).salvaging"
        try clear(work)
        let copy = "\(work)-copy"
        try clear(copy)
        // Reading may write: the log is brought into the file, and the file is the only one there is.
        for part in ["", "-wal"] where exists(path + part) {
            try FileManager.default.copyItem(atPath: path + part, toPath: copy + part)
        }
        _ = FileManager.default.createFile(atPath: work, contents: nil, attributes: [.posixPermissions: 0o600])
        let salvage = try Salvage(of: copy, to: work, at: date)
        try clear(copy)
        try sync(work)
        let day = date.formatted(.iso8601.timeSeparator(.omitted))
        var stamp = day
        var number = 1
        while exists("\(path).damaged-\(stamp)") {
            number += 1
            stamp = "\(day)-\(number)"
        }
        try FileManager.default.moveItem(atPath: work, toPath: "\(path).salvaged-\(stamp)")
        let aside = try finish(path) ?? ""
        return """
            The history was damaged: \(salvage.sentence). The damaged file lies in its folder as \
            \(URL(filePath: aside).lastPathComponent).
            """
    }

    /// Ends an exchange that was begun: first the old one is moved aside, then the new one gets its name.
    ///
    /// - Returns: where the old one is; nil: there was nothing to be done.
    @discardableResult static func finish(_ path: String) throws -> String? {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let prefix = "\(URL(filePath: path).lastPathComponent).salvaged-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard let name = names.filter({ $0.hasPrefix(prefix) }).max() else { return nil }
        let new = "\(folder)/\(name)"
        // The same in every attempt, so that the parts stay together.
        let aside = "\(path).damaged-\(name.dropFirst(prefix.count))"
        // The log before the new file comes: a log beside a file that is not its own would be played into it.
        for part in parts where exists(path + part) {
            try FileManager.default.moveItem(atPath: path + part, toPath: aside + part)
        }
        try FileManager.default.moveItem(atPath: new, toPath: path)
        try sync(folder)
        return aside
    }

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func clear(_ path: String) throws {
        for part in parts + ["-journal"] where exists(path + part) {
            try FileManager.default.removeItem(atPath: path + part)
        }
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }
}
