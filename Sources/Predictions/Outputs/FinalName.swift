import Foundation
import Glibc
import ReplicateClient

/// Gives a complete file its name in a folder. A name that is taken is never taken away from anybody, and no file that is
/// not complete is ever under a name.
package struct FinalName {
    /// Gives a file a second name; returns 0 or the error number.
    package typealias Link = @Sendable (_ old: String, _ new: String) -> Int32

    static let systemLink: Link = { Glibc.link($0, $1) == 0 ? 0 : errno }

    let folder: URL
    var link: Link = systemLink

    /// Renames `part` to `stem.ending`, or to `stem-2.ending` and so on where that is taken; returns the path. `part` is
    /// gone afterwards, also when an error is thrown.
    ///
    /// - Parameters:
    ///   - ending: empty: there is none, and no dot.
    ///   - sha256: of the file, in hexadecimal: a file with the same content is this one, from before a crash, and keeps its
    ///     name alone; nil: is not compared.
    ///   - replacing: takes the name away from a file that has it, in one step.
    func take(
        _ part: String,
        stem: String,
        ending: String,
        sha256: String? = nil,
        replacing: Bool = false
    ) throws(DownloadError) -> String {
        defer { unlink(part) }
        let dotted = ending.isEmpty ? "" : ".\(ending)"
        if replacing {
            let path = folder.appending(path: stem + dotted).path
            guard Self.isReplaceable(path) else { throw .notWritable(reason: "\(path) is no regular file") }
            guard rename(part, path) == 0 else { throw .notWritable(reason: String(cString: strerror(errno))) }
            Self.makeDurable(folder)
            return path
        }
        for attempt in 1...999 {
            let path = folder.appending(path: attempt == 1 ? stem + dotted : "\(stem)-\(attempt)\(dotted)").path
            switch claim(path, for: part) {
            case 0:
                Self.makeDurable(folder)
                return path
            case EEXIST:
                if let sha256, (try? Digest.sha256(ofFile: path))?.sha256 == sha256 { return path }
            case let code: throw .notWritable(reason: String(cString: strerror(code)))
            }
        }
        throw .notWritable(reason: "every name like \(stem)\(dotted) is taken")
    }

    /// Whether nothing is there, or a regular file: a device or a pipe is nothing that was saved.
    package static func isReplaceable(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) != 0 || [S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT)
    }

    private func claim(_ path: String, for part: String) -> Int32 {
        let code = link(part, path)
        switch code {
        // What FAT, exFAT and some network file systems say: they know one name a file.
        case EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK, EACCES, EINVAL: return Self.claimByRenaming(path, for: part)
        default: return code
        }
    }

    /// Makes an empty file that nobody else can have made, and has the complete one replace it in one step.
    private static func claimByRenaming(_ path: String, for part: String) -> Int32 {
        let place = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard place >= 0 else { return errno }
        close(place)
        if rename(part, path) == 0 { return 0 }
        let failure = errno
        unlink(path)
        return failure
    }

    private static func makeDurable(_ folder: URL) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
