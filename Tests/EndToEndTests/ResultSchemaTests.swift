import Foundation
import Sandbox
import TestSupport
import Testing

/// Every command's JSON is what `docs/results.schema.json` says.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct ResultSchemaTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func schema() throws -> JSONSchema {
        try JSONSchema(file: Self.root.appending(path: "docs/results.schema.json"))
    }

    /// Each command line, and the definitions that its results must have been of, besides the command's own.
    private func lines(id: String, _ workspace: Workspace) throws -> [[String]] {
        let batch = workspace.folder.appending(path: "batch.jsonl")
        try Data(
            """
            {"key": "a", "prompt": "a hare"}
            {"key": "b", "prompt": "a hare", "model": "lab/always-fails"}
            """.utf8
        ).write(to: batch)
        let wrong = workspace.folder.appending(path: "wrong.jsonl")
        try Data("{\"prompt\": 3}\nx\n".utf8).write(to: wrong)
        let file = workspace.folder.appending(path: "there.webp")
        try Data("x".utf8).write(to: file)
        return [
            ["image", "a fox", "--key", "k", "--tag", "shop"], ["image", "a fox", "--key", "k"],
            ["image", "a fox", "--no-wait", "--no-download"], ["image", "a fox", "--model", "lab/always-fails"],
            ["image", "a fox", "--input", "nonsense=1"], ["image", "a hare", "--key", "k"],
            ["image", "a fox", "-o", file.path, "--no-clobber"], ["image", "a fox", "-o", file.path],
            ["image", "a fox", "--max-cost", "0"], ["image", "{a|b}", "--count", "2", "--no-download"],
            ["video", "https://example.com/a.png", "--no-wait"], ["video"],
            ["run", "black-forest-labs/flux-schnell", "prompt=x", "--no-download"], ["run", "no/model", "prompt=x"],
            ["batch", batch.path], ["batch", batch.path, "--dry-run"], ["batch", wrong.path, "--dry-run"],
            ["batch", "nothing.csv"], ["poll", id], ["poll", id, "nonsense"],
            ["poll", "https://replicate.com/p/\(id)"],
            ["resume"], ["list"], ["list", "--remote"], ["list", "--status", "nonsense"], ["list", "--key", "k"],
            ["show", id], ["show", "nonsense"], ["cancel", "nonsense"], ["cancel", "--all"],
            ["tag", id, "--favourite", "--rating", "4", "--add", "print"], ["tag", "nonsense"],
            ["list", "tag:print", "fox"], ["list", "colour:red"],
            ["verify"], ["prune", "--dry-run"], ["prune"],
            ["cost"], ["cost", "black-forest-labs/flux-schnell"], ["cost", "lab/slow-diffusion"],
            ["spend"], ["spend", "--by", "day,model"], ["spend", "--since", "nonsense"], ["prices"],
            ["models", "flux"],
            ["models"], ["schema", "black-forest-labs/flux-schnell"], ["schema", "no/model"],
            ["paths"], ["config"], ["licenses"], ["licenses", "yams"], ["licenses", "nonsense"],
            ["delete", id, "nonsense"], ["delete", "--keep-last", "0", "--files"],
        ]
    }

    @Test func `every command's results, and every way in which it ends, fit the schema`() async throws {
        let schema = try schema()
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let first = try workspace.start(["image", "a fox", "--json"], environment)
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(await first.output.utf8)) as? [String: Any]
            )
            let id = try #require(result["prediction_id"] as? String)
            var seen: Set<String> = []
            for words in try lines(id: id, workspace) {
                let command = try workspace.start(words + ["--json"], environment)
                let output = await command.output
                seen.insert(words[0])
                for line in output.split(separator: "\n") {
                    let value = try JSONSerialization.jsonObject(with: Data(line.utf8), options: .fragmentsAllowed)
                    #expect(schema.issues(with: value, as: words[0]) == [], "\(words): \(line)")
                }
                // What ends in any other way than well says so.
                if await command.status != 0 { #expect(!output.isEmpty, "\(words)") }
            }
            // A command that can print JSON and is not tried here would be described by nobody.
            for name in try await commands(workspace) where !seen.contains(name) {
                let help = await (try workspace.start(["help", name], environment)).output
                #expect(!help.contains("--json"), "\(name)")
            }
        }
    }

    private func commands(_ workspace: Workspace) async throws -> [String] {
        let help = await (try workspace.start(["help"], workspace.environment())).output
        let list = help.split(separator: "\n").drop { !$0.contains("SUBCOMMANDS") }.dropFirst()
        let names = list.prefix { $0.hasPrefix("  ") }.filter { !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(names.contains("batch"))
        return names
    }

    @Test func `the test tells a wrong result`() throws {
        let schema = try schema()
        #expect(!schema.issues(with: ["success": true], as: "image").isEmpty)
        #expect(
            !schema.issues(with: ["estimated_cost": "1", "breakdown": ["images": 1, "video": 1]], as: "cost").isEmpty
        )
        #expect(
            schema.issues(with: ["estimated_cost": 1, "breakdown": ["images": 1, "video": 0.5]], as: "cost") == []
        )
        #expect(
            !schema.issues(with: ["estimated_cost": true, "breakdown": ["images": 1, "video": 1]], as: "cost").isEmpty
        )
    }
}
