import Foundation
import Money
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct ListCommandTests {
    private func listed() throws -> CommandHarness {
        let commands = try CommandHarness()
        let hour = Date(timeIntervalSinceNow: -3_600)
        try commands.settle("first", ended: hour, files: ["/gone/first.webp"])
        try commands.settle("second", status: .failed, cost: .free(reason: ""), ended: hour.addingTimeInterval(60))
        try commands.settle(
            "third",
            cost: .counted(Money("0.03")!, because: "3 images"),
            ended: hour.addingTimeInterval(120)
        )
        return commands
    }

    @Test func `an empty history says so, and as JSON nothing`() async throws {
        let commands = try CommandHarness()
        let text = try await commands.run("list")
        #expect(text.status == 0)
        #expect(text.output.isEmpty)
        #expect(text.messages == "No runs yet.\n")
        #expect(try await commands.run("list", "--json").output.isEmpty)
    }

    @Test func `runs come newest first, each with estimate beside cost`() async throws {
        let documents = try await listed().run("list", "--json").documents
        #expect(documents.map { $0["id"] } == ["third", "second", "first"])
        #expect(documents.map { $0["run_id"] } == ["run-third", "run-second", "run-first"])
        #expect(documents.map { $0["cost"] } == [0.03, 0, 0.02])
        #expect(documents.map { $0["cost_basis"] } == ["counted", "free", "counted"])
        #expect(documents.map { $0["deviation_percent"] } == [50, .null, .null])
        #expect(documents.map { $0["missing_files"] } == [[], [], ["/gone/first.webp"]])
        #expect(documents.allSatisfy { $0["estimate_low"] == 0.02 && $0["estimate_high"] == 0.02 })
    }

    @Test func `a status and a limit choose among them`() async throws {
        let commands = try listed()
        #expect(try await commands.run("list", "--status", "failed", "--json").documents.count == 1)
        #expect(try await commands.run("list", "--limit", "2", "--json").documents.count == 2)
        #expect(try await commands.run("list", "--limit", "0", "--json").documents.count == 3)
        let none = try await commands.run("list", "--status", "canceled")
        #expect(none.status == 0)
        #expect(none.messages == "None is canceled.\n")
    }

    @Test func `they are sorted by what is asked for, either way, and cut from the top of that`() async throws {
        let commands = try listed()
        func ids(_ options: String...) async throws -> [String] {
            try await commands.run(["list", "--json"] + options).documents.compactMap { $0["id"]?.string }
        }
        #expect(try await ids("--sort", "cost") == ["third", "first", "second"])
        #expect(try await ids("--sort", "cost", "--reverse") == ["second", "first", "third"])
        #expect(try await ids("--reverse", "--limit", "1") == ["first"])
        #expect(try await ids("--sort", "status") == ["second", "third", "first"])
        #expect(try await ids("--sort", "cost", "status:done") == ["third", "first"])
        let lines = try await commands.run("list", "--sort", "cost", "--limit", "1").lines
        #expect(lines.count == 1 && lines[0].contains("third"))
    }

    @Test(arguments: [
        ["--status", "done"], ["--limit", "-1"], ["--limit", "many"], ["--remote", "--status", "done"],
        ["--sort", "size"], ["--remote", "--sort", "cost"], ["--remote", "--reverse"],
    ])
    func `wrong usage ends with 64`(options: [String]) async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let result = try await CommandHarness(api: url).run(["list"] + options)
            #expect(result.status == 64)
            #expect(!result.messages.isEmpty)
        }
    }

    @Test func `a terminal has a heading and no line longer than it is wide`() async throws {
        let commands = try listed()
        let piped = try await commands.run("list")
        #expect(piped.lines.count == 3)
        #expect(piped.lines[0].contains("$0.03 +50 %"))
        #expect(piped.lines[2].contains("succeeded, file gone"))
        for columns in [40, 80, 200] {
            let shown = try await commands.run(["list"], streams: .terminal(columns: columns))
            #expect(shown.lines.count == 4)
            #expect(shown.lines[0].hasPrefix("Id"))
            #expect(shown.lines.allSatisfy { $0.count <= columns }, "\(columns): \(shown.output)")
        }
    }

    @Test func `the account's own list is read page by page, and knows no runs of this history`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            #expect(try await commands.run("list", "--remote").messages == "The account has no predictions yet.\n")
            let made = try await commands.run("image", "a fox", "--count", "3", "--no-download", "--json").documents
            let remote = try await commands.run("list", "--remote", "--json").documents
            #expect(Set(remote.map { $0["id"] }) == Set(made.map { $0["prediction_id"] }))
            #expect(remote.allSatisfy { $0["run_id"] == .null && $0["cost"] == .null })
            #expect(try await commands.run("list", "--remote", "--limit", "2", "--json").documents.count == 2)
            #expect(try await commands.run("list", "--remote", "--status", "failed").output.isEmpty)
            #expect(sandbox.statistics.predictionsCreated == 3)
        }
        let result = try await CommandHarness().run("list", "--remote")
        #expect(result.status == 77)
    }
}
