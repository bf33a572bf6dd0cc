import Foundation
import Terminal
import Testing

/// Compares a screen with the text file of that name beside the tests.
///
/// `RECORD_SNAPSHOTS=1` writes the file anew and fails, so that a recording is never mistaken for a pass.
func expectSnapshot(_ surface: Surface, named name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
    // Trailing blanks would be lost to editors: a bar closes each line.
    let text = surface.text().map { $0 + "|\n" }.joined()
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
        try? Data(text.utf8).write(to: file)
        Issue.record("recorded \(name)", sourceLocation: sourceLocation)
        return
    }
    let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    guard expected != text else { return }
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let changes = (0..<max(old.count, new.count)).compactMap { index -> String? in
        let before = index < old.count ? String(old[index]) : "(no line)"
        let after = index < new.count ? String(new[index]) : "(no line)"
        return before == after ? nil : "\(index + 1) - \(before)\n\(index + 1) + \(after)"
    }
    Issue.record("\(name) looks different:\n\(changes.joined(separator: "\n"))", sourceLocation: sourceLocation)
}
