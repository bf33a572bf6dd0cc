import Foundation
import ReplicateAPI
import Testing

@testable import Commands

struct PruneCommandTests {
    private static let longAgo = Date(timeIntervalSinceNow: -5_000)
    private static let part = ".0e6f0a3c-2f0b-4a51-9d5e-0d1f2c3b4a59.part"

    /// Writes a file below the data folder, last changed more than an hour ago unless it is to be fresh.
    @discardableResult
    private func write(_ name: String, _ commands: CommandHarness, text: String = "12345", isFresh: Bool = false)
        throws -> URL
    {
        let file = commands.paths.data.appending(path: name)
        try Paths.make(file.deletingLastPathComponent())
        try Data(text.utf8).write(to: file)
        if !isFresh { try age(file) }
        return file
    }

    private func folder(_ name: String, _ commands: CommandHarness, isFresh: Bool = false) throws -> URL {
        let folder = commands.paths.outputs.appending(path: name)
        try Paths.make(folder)
        if !isFresh { try age(folder) }
        return folder
    }

    private func age(_ url: URL, to date: Date = longAgo) throws {
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: url.path)
    }

    private func isThere(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    @Test func `parts of broken downloads go, and nothing that only looks like one`() async throws {
        let commands = try CommandHarness()
        let stale = try write("outputs/2026-11-01/\(Self.part)", commands)
        let others = [
            try write("outputs/fresh/\(Self.part)", commands, isFresh: true),
            try write("outputs/2026-11-01/fox.webp", commands), try write("outputs/2026-11-01/.notes.part", commands),
            try write("outputs/2026-11-01/0e6f0a3c-2f0b-4a51-9d5e-0d1f2c3b4a59.part", commands),
        ]
        let result = try await commands.run("prune")
        #expect(result.status == 0)
        #expect(result.lines == [stale.path])
        #expect(result.messages == "1 removed, 5 bytes.\n")
        #expect(!isThere(stale))
        #expect(others.allSatisfy(isThere))
    }

    @Test func `a dry run tells the same and removes nothing`() async throws {
        let commands = try CommandHarness()
        let stale = try write("outputs/2026-11-01/\(Self.part)", commands)
        try age(stale.deletingLastPathComponent())
        let planned = try await commands.run("prune", "--dry-run", "--json").document
        #expect(isThere(stale))
        let text = try await commands.run("prune", "--dry-run")
        #expect(text.messages == "2 would be removed, 5 bytes.\n")
        let done = try await commands.run("prune", "--json").document
        #expect(planned["dry_run"] == true)
        #expect(done["dry_run"] == false)
        for document in [planned, done] {
            #expect(document["success"] == true)
            #expect(document["error"] == .null)
            #expect(document["bytes"] == 5)
            let day = stale.deletingLastPathComponent().path
            #expect(document["removed"] == [.string(stale.path), .string(day)])
        }
        #expect(!isThere(stale.deletingLastPathComponent()))
    }

    @Test func `an empty folder of a day goes an hour after it was made, because a run may be about to save into it`()
        async throws
    {
        let commands = try CommandHarness()
        let old = try folder("2026-11-01", commands)
        let others = [
            try folder("2026-11-02", commands, isFresh: true), try folder("2026-11-1", commands),
            try folder("holidays", commands),
        ]
        try write("outputs/2026-11-03/fox.webp", commands)
        try age(commands.paths.outputs.appending(path: "2026-11-03"))
        let result = try await commands.run("prune")
        #expect(result.lines == [old.path])
        #expect(!isThere(old))
        #expect(others.allSatisfy(isThere))
    }

    @Test func `files that stood in answers stay while a run is under way that may need them`() async throws {
        let commands = try CommandHarness()
        try commands.queue("waiting")
        let file = try write("inline/0e6f0a3c", commands)
        #expect(try await commands.run("prune").output.isEmpty)
        #expect(isThere(file))
        let idle = try CommandHarness()
        let stale = try write("inline/0e6f0a3c", idle)
        #expect(try await idle.run("prune").lines == [stale.path])
    }

    @Test func `trash goes after a month`() async throws {
        let commands = try CommandHarness()
        let files = try ["old", "new"].map { try write("trash/\($0)/0-fox.webp", commands) }
        try age(files[0].deletingLastPathComponent(), to: Date(timeIntervalSinceNow: -31 * 86_400))
        try age(files[1].deletingLastPathComponent(), to: Date(timeIntervalSinceNow: -29 * 86_400))
        let result = try await commands.run("prune")
        #expect(result.lines == [files[0].path, files[0].deletingLastPathComponent().path])
        #expect(isThere(files[1]))
    }

    @Test func `where nothing is to be removed it says so`() async throws {
        let commands = try CommandHarness()
        let text = try await commands.run("prune")
        #expect(text.status == 0)
        #expect(text.output.isEmpty)
        #expect(text.messages == "0 removed, 0 bytes.\n")
        #expect(try await commands.run("prune", "--quiet").messages.isEmpty)
        #expect(try await commands.run("prune", "everything").status == 64)
    }
}
