import Foundation
import Terminal

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
        let command = ForegroundCommand(["/bin/sh", "-c", "exec \(editor) \"$1\"", "sh", file.path])
        guard case .exited(0)? = try? command.run() else {
            return .failure(Failure(description: "The editor \(editor) did not end well; the prompt is as it was"))
        }
        guard let edited = try? String(contentsOf: file, encoding: .utf8) else {
            return .failure(Failure(description: "The editor left no readable text; the prompt is as it was"))
        }
        // Editors end a file with a line break that nobody typed.
        return .success(edited.hasSuffix("\n") ? String(edited.dropLast()) : edited)
    }
}
