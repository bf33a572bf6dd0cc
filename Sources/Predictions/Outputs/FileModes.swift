import Foundation
import Glibc

/// Who may read what is saved: in the program's own folder its owner alone, in a folder of the person's choice whoever the
/// process' umask lets.
struct FileModes: Sendable {
    let isPrivate: Bool

    var file: mode_t { isPrivate ? 0o600 : 0o666 & ~Self.umask }
    var folder: mode_t { isPrivate ? 0o700 : 0o777 & ~Self.umask }

    /// Makes a folder and those above it that are missing.
    func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: Int(self.folder)]
        )
    }

    /// Read where asking for it changes nothing: `umask(2)` sets it, and other threads make files meanwhile.
    private static let umask: mode_t = {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("Umask:") }
        return line.flatMap { mode_t($0.dropFirst(6).trimmingCharacters(in: .whitespaces), radix: 8) } ?? 0o077
    }()
}
