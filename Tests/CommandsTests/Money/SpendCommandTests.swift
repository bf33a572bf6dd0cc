import Foundation
import Money
import ReplicateAPI
import Testing

@testable import Commands

struct SpendCommandTests {
    /// A history with a run of every kind of cost, and one in flight.
    private func spent() throws -> CommandHarness {
        let commands = try CommandHarness()
        try commands.settle(
            "one",
            cost: .counted(Money("0.3")!, because: ""),
            estimate: .exact(Money("0.2")!, because: "")
        )
        try commands.settle("two", model: "c/d", cost: .counted(Money("0.1")!, because: ""))
        try commands.settle("free", model: "c/d", status: .failed, cost: .free(reason: ""))
        try commands.settle("lost", model: "e,f/g", status: .canceled, cost: .unknown(reason: ""))
        try commands.queue("waiting")
        return commands
    }

    @Test func `where there is no history nothing was spent, and none is made`() async throws {
        let commands = try CommandHarness()
        let text = try await commands.run("spend")
        #expect(text.status == 0)
        #expect(text.output.isEmpty)
        #expect(text.messages == "Nothing has been spent.\n")
        let document = try await commands.run("spend", "--json").document
        #expect(document["lines"] == [])
        #expect(document["total"]?.object?["cost"] == 0)
        #expect(!FileManager.default.fileExists(atPath: commands.paths.database.path))
    }

    @Test(arguments: ["day", "model", "status"])
    func `every grouping adds up to the same total`(by: String) async throws {
        let document = try await spent().run("spend", "--by", by, "--json").document
        let total = try #require(document["total"]?.object)
        #expect(document["by"] == .string(by))
        #expect(total["runs"] == 4)
        #expect(total["cost"] == 0.4)
        #expect(total["free_runs"] == 1)
        #expect(total["unknown_runs"] == 1)
        #expect(total["unknown_up_to"] == 0.02)
        #expect(document["under_way"] == ["runs": 1, "up_to": 0.003, "unknown_runs": 0])
        let lines = try #require(document["lines"]?.array).compactMap(\.object)
        #expect(lines.compactMap { $0["runs"]?.integer }.reduce(0, +) == 4)
        #expect(lines.compactMap { $0["cost"]?.double }.reduce(0, +) == 0.4)
    }

    @Test func `models are listed from the dearest, and an unknown cost is null`() async throws {
        let lines = try #require(try await spent().run("spend", "--by", "model", "--json").document["lines"]?.array)
        #expect(lines.map { $0.object?["name"] } == ["a/b", "c/d", "e,f/g"])
        #expect(lines.map { $0.object?["cost"] } == [0.3, 0.1, .null])
    }

    @Test func `the sheet quotes names, and leaves out what is not known`() async throws {
        let sheet = try await spent().run("spend", "--by", "model", "--csv")
        #expect(sheet.status == 0)
        #expect(
            sheet.lines == [
                "model,runs,cost_usd,free_runs,unknown_runs,compared_usd,estimate_low_usd,estimate_high_usd",
                "a/b,1,0.3,0,0,0.3,0.2,0.2", "c/d,2,0.1,1,0,0.1,0.02,0.02", "\"e,f/g\",1,,0,1,,,",
            ]
        )
    }

    @Test func `the table is a table, into a pipe without a heading and on a terminal with one`() async throws {
        let commands = try spent()
        let piped = try await commands.run("spend", "--by", "status")
        #expect(piped.lines.count == 3)
        #expect(piped.lines[0].hasPrefix("succeeded"))
        #expect(piped.messages.contains("$0.40 USD for 4 runs"))
        #expect(piped.messages.contains("1 ended for free"))
        #expect(piped.messages.contains("up to $0.003 under way"))
        let shown = try await commands.run(["spend", "--by", "status"], streams: .terminal(columns: 60))
        #expect(shown.lines.count == 4)
        #expect(shown.lines[0].contains("Against the estimate") || shown.lines[0].hasPrefix("Status"))
        #expect(shown.lines.allSatisfy { $0.count <= 60 })
    }

    @Test func `only what ended since a day is counted`() async throws {
        let commands = try CommandHarness()
        try commands.settle("old", ended: Date(timeIntervalSinceNow: -40 * 86_400))
        try commands.settle("new", ended: Date(timeIntervalSinceNow: -60))
        func runs(_ since: String) async throws -> JSONValue? {
            try await commands.run("spend", "--since", since, "--json").document["total"]?.object?["runs"]
        }
        #expect(try await runs("30d") == 1)
        #expect(try await runs("50d") == 2)
        #expect(try await runs("2020-01-01") == 2)
        #expect(try await commands.run("spend", "--since", "1d", "--by", "status").status == 0)
    }

    @Test(arguments: [
        ["spend", "--since", "0d"], ["spend", "--since", "2026-02-30"], ["spend", "--since", "yesterday"],
        ["spend", "--by", "week"], ["spend", "--json", "--csv"], ["spend", "--since", "2026-1-1-1"],
    ])
    func `wrong usage ends with 64`(arguments: [String]) async throws {
        let result = try await CommandHarness().run(arguments)
        #expect(result.status == 64)
        #expect(!result.messages.isEmpty)
    }

    @Test func `a history that is no database ends with 74 and a sentence`() async throws {
        let commands = try CommandHarness()
        try Paths.make(commands.paths.data)
        try FileManager.default.createDirectory(at: commands.paths.database, withIntermediateDirectories: true)
        let result = try await commands.run("spend", "--json")
        #expect(result.status == 74)
        #expect(try result.document["success"] == false)
    }
}
