import Foundation
import Studio
import Testing

struct KeyDocumentTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/Keys.md").standardizedFileURL
    private static let mark = "<!-- The rest is written by a test from the binding table. -->\n"

    private static var tables: String {
        Context.allCases.map { context in
            let rows = Binding.all.filter { $0.context == context }.map { binding in
                let keys =
                    binding.keys.isEmpty
                    ? "—" : binding.keys.map { "`\($0.replacing("|", with: "\\|"))`" }.joined(separator: " ")
                return
                    "| \(binding.command.rawValue) | \(keys) | \(binding.command.entry(in: binding.context).explanation) |\n"
            }
            guard !rows.isEmpty else { return "" }
            return "\n## \(context.title)\n\n| action | keys | does |\n|---|---|---|\n" + rows.joined()
        }.joined()
    }

    /// `RECORD_SNAPSHOTS=1` writes it anew and fails.
    @Test func `the document of the keys has every action as it is bound`() throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        let parts = text.split(separator: Self.mark, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try Data((parts[0] + Self.mark + Self.tables).utf8).write(to: Self.file)
            Issue.record("recorded docs/Keys.md")
        } else {
            #expect(parts[1] == Self.tables)
        }
    }
}
