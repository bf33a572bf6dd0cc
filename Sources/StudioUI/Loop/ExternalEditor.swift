import Foundation
import Glibc

/// Hands a text to the person's own editor, with the terminal already given back.
enum ExternalEditor {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Waits for `$VISUAL`, `$EDITOR`, else `vi`. The text passes through a private file that is removed afterwards.
    static func edit(_ text: String) -> Result<String, Failure> {
        let environment = ProcessInfo.processInfo.environment
        let editor = environment["VISUAL"] ?? environment["EDITOR"] ?? "vi"
        let file = FileManager.default.temporaryDirectory
            .appending(path: "darkroom-prompt-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: file) }
        guard
            FileManager.default.createFile(
                atPath: file.path,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: 0o600]
            )
        else { return .failure(Failure(description: "No temporary file could be made for the editor")) }
        // The variable may hold options, so the shell takes it apart; the file's name is no part of the script.
        let status = run(["/bin/sh", "-c", "exec \(editor) \"$1\"", "sh", file.path])
        guard status == 0 else {
            return .failure(Failure(description: "The editor ended with status \(status); the prompt is as it was"))
        }
        guard let edited = try? String(contentsOf: file, encoding: .utf8) else {
            return .failure(Failure(description: "The editor left no readable text; the prompt is as it was"))
        }
        // Editors end a file with a line break that nobody typed.
        return .success(edited.hasSuffix("\n") ? String(edited.dropLast()) : edited)
    }

    /// In the foreground, with the terminal; returns the exit status, 127 when it could not be started.
    private static func run(_ arguments: [String]) -> Int32 {
        var pid = pid_t()
        var list: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { list.forEach { free($0) } }
        guard posix_spawn(&pid, arguments[0], nil, nil, &list, environ) == 0 else { return 127 }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
