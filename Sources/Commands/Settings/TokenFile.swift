import Foundation
import Glibc
import ReplicateClient

/// The token that the guide of a first start has kept: one line, for its owner's eyes only, apart from the config file, which
/// people show around.
enum TokenFile {
    /// What the file holds; nil: there is none, or nothing is in it. Throws ``SettingsFile/Mistake`` when it cannot be read.
    static func text(at file: URL) throws(SettingsFile.Mistake) -> String? {
        guard let text = try SettingsFile.text(at: file)?.trimmingCharacters(in: .whitespacesAndNewlines) else {
            return nil
        }
        return text.isEmpty ? nil : text
    }

    /// Puts `text` in the place of what was there, durably, readable for nobody else at any moment. Throws
    /// ``SettingsFile/Mistake`` with a sentence that does not hold it.
    static func keep(_ text: String, at file: URL) throws(SettingsFile.Mistake) {
        try OwnFile.replace(file, with: text + "\n")
    }

    /// Whether others than the owner can read it; false where there is none.
    static func isOpen(_ file: URL) -> Bool {
        var facts = stat()
        return stat(file.path, &facts) == 0 && facts.st_mode & 0o077 != 0
    }
}

/// Files that the program writes for its owner only.
enum OwnFile {
    /// Writes beside the file and puts that in its place. Throws ``SettingsFile/Mistake`` with the file's name and the reason.
    ///
    /// - Parameter keepsMode: a file that is there stays readable for whoever can read it.
    static func replace(_ file: URL, with text: String, keepsMode: Bool = false) throws(SettingsFile.Mistake) {
        // Behind a link lies what the person looks after: that is replaced, not the link.
        let target = file.resolvingSymlinksInPath()
        let draft = target.path + ".\(getpid()).new"
        var old = stat()
        let mode = keepsMode && stat(target.path, &old) == 0 ? old.st_mode & 0o777 : 0o600
        try? Paths.make(target.deletingLastPathComponent())
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(file) }
        let bytes = Array(text.utf8)
        let isWritten =
            fchmod(descriptor, mode) == 0 && write(descriptor, bytes, bytes.count) == bytes.count
            && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard isWritten, rename(draft, target.path) == 0 else {
            let mistake = failure(file, isWritten ? errno : reason)
            unlink(draft)
            throw mistake
        }
    }

    private static func failure(_ file: URL, _ code: Int32 = errno) -> SettingsFile.Mistake {
        SettingsFile.Mistake(description: "\(file.path) cannot be written: \(String(cString: strerror(code)))")
    }
}
