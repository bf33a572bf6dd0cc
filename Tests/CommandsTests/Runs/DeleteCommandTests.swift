import Foundation
import History
import Money
import ReplicateAPI
import Testing

@testable import Commands

struct DeleteCommandTests {
    /// Three runs that ended 180, 120 and 30 minutes ago, each with a file of its own.
    private func kept() throws -> CommandHarness {
        let commands = try CommandHarness()
        for (minutes, id) in [(180, "first"), (120, "second"), (30, "third")] {
            let file = try commands.folder.write(id, to: "\(id).webp")
            try commands.settle(id, ended: Date(timeIntervalSinceNow: Double(-minutes) * 60), files: [file.path])
        }
        return commands
    }

    private func ids(_ commands: CommandHarness) async throws -> [JSONValue?] {
        try await commands.run("list", "--json").documents.map { $0["id"] }
    }

    private func isThere(_ commands: CommandHarness, _ name: String) -> Bool {
        FileManager.default.fileExists(atPath: commands.folder.file(name).path)
    }

    @Test func `a deleted run is printed and gone, its file stays, and what it cost stays in the sum`() async throws {
        let commands = try kept()
        let result = try await commands.run("delete", "first")
        #expect(result.status == 0)
        #expect(result.output == "first  a/b  a fox\n")
        #expect(result.messages.isEmpty)
        #expect(try await ids(commands) == ["third", "second"])
        #expect(isThere(commands, "first.webp"))
        let total = try await commands.run("spend", "--json").document["total"]?.object
        #expect(total?["cost"] == 0.06)
        #expect(total?["runs"] == 3)
    }

    @Test func `a dry run prints what would go, and everything stays`() async throws {
        let commands = try kept()
        let planned = try await commands.run("delete", "first", "--files", "--dry-run", "--json").document
        #expect(planned["dry_run"] == true)
        #expect(planned["removed_files"] == [.string(commands.folder.file("first.webp").path)])
        #expect(try await ids(commands).count == 3)
        #expect(isThere(commands, "first.webp"))
        let done = try await commands.run("delete", "first", "--files", "--json").document
        #expect(done["removed_files"] == planned["removed_files"])
        #expect(done["dry_run"] == false)
        #expect(!isThere(commands, "first.webp"))
    }

    @Test func `the object of a deleted run says which it was`() async throws {
        let document = try await kept().run("delete", "sec", "--json").document
        #expect(
            document == [
                "success": true, "error": .null, "run_id": "run-second", "prediction_id": "second",
                "removed_files": [], "dry_run": false,
            ]
        )
    }

    @Test func `a file that was changed since, or that another run has made too, does not go`() async throws {
        let commands = try CommandHarness()
        let (changed, shared) = (commands.folder.file("changed.webp"), commands.folder.file("shared.webp"))
        for file in [changed, shared] { try Data("now".utf8).write(to: file) }
        try commands.settle("changed", files: [changed.path]) { $0.outputs[0].size = 4 }
        for id in ["one", "two"] { try commands.settle(id, files: [shared.path]) }
        let result = try await commands.run("delete", "changed", "one", "--files")
        #expect(result.status == 0)
        #expect(result.lines == ["changed  a/b  a fox", "one  a/b  a fox"])
        #expect(isThere(commands, "changed.webp") && isThere(commands, "shared.webp"))
        let last = try await commands.run("delete", "two", "--files")
        #expect(last.lines == ["two  a/b  a fox", "  \(shared.path)"])
        #expect(!isThere(commands, "shared.webp"))
    }

    @Test func `a file that cannot be removed keeps its run, and the others go`() async throws {
        let commands = try kept()
        // Nobody may remove it, the superuser neither.
        try commands.settle("fixed", files: ["/proc/version"])
        let result = try await commands.run("delete", "fixed", "first", "--files", "--json")
        #expect(result.status == 74)
        #expect(result.messages.contains("fixed: /proc/version cannot be removed, so the run stays"))
        let documents = try result.documents
        #expect(documents.map { $0["success"] } == [false, true])
        #expect(documents[0]["exit_status"] == 74)
        #expect(documents[0]["removed_files"] == [])
        #expect(try Set(await ids(commands)) == ["fixed", "second", "third"])
    }

    @Test(arguments: [["waiting", "nobody", "first"], ["nobody", "first", "waiting"]])
    func `what is under way stays, the others go, and the worst one decides the status`(names: [String]) async throws {
        let commands = try kept()
        try commands.queue("waiting")
        let result = try await commands.run(["delete"] + names + ["--json"])
        #expect(result.status == 66)
        #expect(result.messages.contains("waiting: it is under way: cancel it first\n"))
        #expect(result.messages.contains("nobody: there is no such run: `darkroom list` shows them\n"))
        let failed = try result.documents.filter { $0["success"] == false }
        #expect(Set(failed.map { $0["prediction_id"] }) == ["waiting", "nobody"])
        #expect(Set(failed.map { $0["exit_status"] }) == [1, 66])
        #expect(failed.allSatisfy { $0["removed_files"] == [] })
        #expect(try Set(await ids(commands)) == ["waiting", "second", "third"])
    }

    @Test(
        arguments: [
            (["--older-than", "150m"], ["third", "second"]), (["--keep-last", "1"], ["third"]),
            (["--older-than", "90m", "--keep-last", "3"], ["third", "second"]), (["--keep-last", "0"], []),
        ] as [([String], [JSONValue])]
    )
    func `age and number choose what goes`(options: [String], left: [JSONValue]) async throws {
        let commands = try kept()
        try commands.queue("waiting")
        let result = try await commands.run(["delete"] + options)
        #expect(result.status == 0)
        #expect(result.lines.count == 3 - left.count)
        #expect(try await ids(commands).compactMap { $0 }.filter { $0 != "waiting" } == left)
        #expect(try await ids(commands).contains("waiting"))
    }

    @Test func `where nothing is old enough it says so, and as JSON nothing`() async throws {
        let text = try await kept().run("delete", "--older-than", "9d")
        #expect(text.status == 0)
        #expect(text.output.isEmpty)
        #expect(text.messages == "There is nothing to delete.\n")
        #expect(try await CommandHarness().run("delete", "--keep-last", "0", "--json").output.isEmpty)
    }

    @Test(arguments: [
        ([], "Name runs, or say which"), (["first", "--keep-last", "1"], "Name runs, or say which"),
        (["--keep-last=-1"], "must be 0 or more"), (["--older-than", "soon"], "soon"),
        (["--older-than", "1e300"], "1e300"),
    ])
    func `wrong usage ends with 64, and nothing is deleted`(options: [String], sentence: String) async throws {
        let commands = try kept()
        let result = try await commands.run(["delete"] + options + ["--json"])
        #expect(result.status == 64)
        #expect(result.messages.contains(sentence), "\(result.messages)")
        #expect(try result.document["exit_status"] == 64)
        #expect(try await ids(commands).count == 3)
    }
}
