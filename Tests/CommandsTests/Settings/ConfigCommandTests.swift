import Foundation
import ReplicateAPI
import Testing

@testable import Commands

struct ConfigCommandTests {
    @Test func `every setting is listed with what it takes, what holds without it, and what it means`() async throws {
        let commands = try CommandHarness()
        let document = try await commands.run("config", "--json").document
        let settings = try #require(document["settings"]?.array).compactMap(\.object)
        #expect(settings.map { $0["name"]?.string ?? "" } == Setting.all.map(\.name))
        for setting in settings {
            #expect(Set(setting.keys) == ["name", "takes", "summary", "default"])
            #expect(setting["takes"]?.string?.isEmpty == false && setting["summary"]?.string?.isEmpty == false)
            #expect(setting["default"] == .null || setting["default"]?.string != nil)
        }
        let text = try await commands.run("config")
        #expect(text.status == 0)
        #expect(text.lines.count == settings.count)
        for (line, setting) in zip(text.lines, Setting.all) { #expect(line.hasPrefix(setting.name + " ")) }
        #expect(text.messages.contains(commands.paths.configFile.path))
    }

    @Test func `every action that keys may name is there, with its keys`() async throws {
        let document = try await CommandHarness().run("config", "--json").document
        let actions = try #require(document["actions"]?.array).compactMap(\.object)
        let run = try #require(actions.first { $0["name"] == "run" })
        #expect(run["keys"]?.array?.isEmpty == false)
        #expect(run["place"]?.string?.isEmpty == false)
        #expect(actions.allSatisfy { $0["summary"]?.string?.isEmpty == false })
    }

    @Test func `the sample changes nothing until a line is made to count`() async throws {
        let commands = try CommandHarness()
        let sample = try await commands.run("config", "--sample")
        #expect(sample.status == 0)
        #expect(sample.messages.isEmpty)
        #expect(sample.lines.allSatisfy { $0.isEmpty || $0.hasPrefix("#") })
        try commands.configure(sample.output.replacing("#theme:", with: "theme:"))
        #expect(try await commands.run("paths").status == 0)
        try commands.configure(sample.output + "colour: red\n")
        #expect(try await commands.run("paths").status == 64)
    }

    @Test func `it helps where the file cannot be read, and makes nothing`() async throws {
        let commands = try CommandHarness()
        try commands.configure("colour: red\n")
        #expect(try await commands.run("config").status == 0)
        #expect(!FileManager.default.fileExists(atPath: commands.paths.data.path))
    }

    @Test func `on a terminal it has a heading and fits`() async throws {
        let shown = try await CommandHarness().run(["config"], streams: .terminal(columns: 72))
        #expect(shown.lines.first?.hasPrefix("Setting") == true)
        #expect(shown.lines.allSatisfy { $0.count <= 72 })
    }

    @Test func `two forms at once are wrong usage`() async throws {
        let result = try await CommandHarness().run("config", "--sample", "--json")
        #expect(result.status == 64)
        #expect(result.messages.contains("--sample and --json exclude each other"))
        #expect(try result.document["exit_status"] == 64)
    }
}
