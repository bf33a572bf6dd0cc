import Foundation
import Studio
import Terminal

/// Hands a text to the person's own editor, with the terminal already given back.
///
/// The text passes through a private file. It is removed once its text is in the prompt, or where nothing was changed;
/// what somebody wrote and the prompt cannot take is kept, and its path is named.
struct ExternalEditor {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Where texts are kept that the prompt could not take. Made when it is needed.
    let keptTexts: URL
    let environment: [String: String]

    /// `$VISUAL`, `$EDITOR`, else `vi`; an empty variable is none.
    var command: String {
        [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { !$0.allSatisfy(\.isWhitespace) }
            ?? "vi"
    }

    /// Waits for the editor.
    func edit(_ text: String) -> Result<String, Failure> {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "darkroom-prompt-\(UUID().uuidString).txt")
        let original = Data(text.utf8)
        guard
            FileManager.default.createFile(
                atPath: file.path,
                contents: original,
                attributes: [.posixPermissions: 0o600]
            )
        else { return .failure(Failure(description: "No temporary file could be made for the editor")) }
        // The variable may hold options, so the shell takes it apart; the file's name is no part of the script.
        let command = ForegroundCommand(["/bin/sh", "-c", "exec \(command) \"$1\"", "sh", file.path])
        let hasEndedWell = (try? command.run()) == .exited(0)
        return take(file, original: original, hasEndedWell: hasEndedWell)
    }

    /// Reads what the editor left behind.
    func take(_ file: URL, original: Data, hasEndedWell: Bool) -> Result<String, Failure> {
        guard let data = try? Data(contentsOf: file) else {
            return .failure(
                Failure(description: "The editor left no readable file at \(file.path); the prompt is as it was")
            )
        }
        guard data != original else {
            try? FileManager.default.removeItem(at: file)
            return hasEndedWell
                ? .success(String(decoding: original, as: UTF8.self))
                : .failure(Failure(description: "The editor \(command) did not end well; the prompt is as it was"))
        }
        guard hasEndedWell else { return kept(file, because: "The editor \(command) did not end well") }
        guard let text = String(validating: data, as: UTF8.self) else {
            return kept(file, because: "What the editor saved is not UTF-8")
        }
        // Editors end a file with a line break that nobody typed.
        let edited = text.hasSuffix("\n") ? String(text.dropLast()) : text
        guard TextEditor(edited, limit: .max).characterCount <= TextEditor.defaultLimit else {
            let limit = TextEditor.defaultLimit
            return kept(file, because: "What the editor saved is longer than a prompt can be, \(limit) characters")
        }
        try? FileManager.default.removeItem(at: file)
        return .success(edited)
    }

    private func kept(_ file: URL, because reason: String) -> Result<String, Failure> {
        var place = file
        let target = keptTexts.appending(path: file.lastPathComponent)
        let isMade: Void? = try? FileManager.default.createDirectory(
            at: keptTexts,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        if isMade != nil, (try? FileManager.default.moveItem(at: file, to: target)) != nil { place = target }
        return .failure(Failure(description: "\(reason): it is kept in \(place.path)"))
    }
}
