import ArgumentParser
import Foundation
import ReplicateAPI
import Testing

@testable import Commands

/// What holds for every command: help, version, wrong words, and the object of `--json` at every ending.
struct EntryTests {
    private static let names = RootCommand.configuration.subcommands.map { $0._commandName }

    @Test(arguments: names)
    func `every command explains itself on standard output`(name: String) async throws {
        let help = try await CommandHarness().run("help", name)
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: darkroom \(name)"))
        #expect(help.messages.isEmpty)
        let option = try await CommandHarness().run(name, "--help")
        #expect(option.status == 0)
        #expect(option.output.contains("USAGE: darkroom \(name)"))
    }

    @Test func `the version is one line`() async throws {
        let result = try await CommandHarness().run("--version")
        #expect(result.status == 0)
        #expect(result.lines == ["darkroom \(Version.text)"])
    }

    @Test(arguments: names)
    func `an option that a command does not have ends with 64 and says how it is used`(name: String) async throws {
        let result = try await CommandHarness().run(name, "--no-such-option")
        #expect(result.status == 64)
        // What else is wrong may be said first.
        #expect(result.messages.hasPrefix("Error: "))
        #expect(result.messages.contains("darkroom \(name)"))
    }

    @Test func `a word that is no command is refused, and nothing is made on the disk`() async throws {
        let commands = try CommandHarness()
        let result = try await commands.run("paint", "a fox")
        #expect(result.status == 64)
        #expect(result.messages == "darkroom: There is no command paint: `darkroom help` lists them\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: commands.folder.url.path).isEmpty)
    }

    @Test func `with --json a wrong word has its object too`() async throws {
        let document = try await CommandHarness().run("paint", "--json").document
        #expect(document["success"] == false)
        #expect(document["exit_status"] == 64)
        #expect(document["error"]?.string?.contains("paint") == true)
    }

    @Test(arguments: [[], ["studio"], ["demo"]])
    func `the studio says that it needs a terminal`(arguments: [String]) async throws {
        let commands = try CommandHarness()
        let result = try await commands.run(arguments)
        #expect(result.status == 64)
        #expect(result.messages.contains("terminal"))
        #expect(!FileManager.default.fileExists(atPath: commands.paths.database.path))
    }

    @Test func `settings that cannot be read end every command that reads them`() async throws {
        let commands = try CommandHarness()
        try commands.configure("budget:\n  weekly: 3\n")
        for arguments in [["list"], ["spend"], ["prices"], ["paths"], ["cost", "a/b"], ["image", "a fox"]] {
            let result = try await commands.run(arguments + ["--json"])
            #expect(result.status == 64, "\(arguments)")
            #expect(result.messages.contains("config.yaml, line 2"), "\(result.messages)")
            #expect(try result.document["exit_status"] == 64)
        }
    }

    @Test func `the studio's parser is left out only where there is nothing to parse`() throws {
        #expect(StudioLaunch(words: [])?.isDemo == false)
        #expect(StudioLaunch(words: ["studio"])?.isDemo == false)
        #expect(StudioLaunch(words: ["demo"])?.isDemo == true)
        for words in [["--plain"], ["demo", "--speed", "2"], ["list"], ["demo", "x"], ["--help"]] {
            #expect(StudioLaunch(words: words).map { _ in true } == nil, "\(words)")
        }
        let parsed = try #require(
            try RootCommand.command(of: ["demo", "--speed", "2", "--data-dir", "/d"]) as? any StudioStarting
        )
        #expect(parsed.launch.isDemo && parsed.launch.speed == 2 && parsed.launch.choices.dataDir == "/d")
        let plain = try #require(try RootCommand.command(of: ["--plain", "--insecure-http"]) as? any StudioStarting)
        #expect(!plain.launch.isDemo && plain.launch.isPlain && plain.launch.choices.allowsInsecureHTTP)
    }
}
