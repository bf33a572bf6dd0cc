import ArgumentParser
import Foundation
import Money
import Pricing
import ReplicateClient
import TestSupport
import Testing

@testable import Commands

/// What the guide of a first start writes, and how it is read again.
struct KeptSettingsTests {
    private func mode(_ file: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    }

    private func credentials(_ commands: CommandHarness, _ yaml: String = "") throws -> Credentials {
        try Credentials(
            options: try GlobalOptions.parse([]).choices,
            surroundings: Surroundings(
                environment: commands.environment,
                home: commands.folder.url,
                folder: commands.folder.url
            ),
            file: try ConfigurationFile(yaml: yaml, path: "config.yaml"),
            configurationPath: "config.yaml",
            tokenFile: commands.paths.tokenFile
        )
    }

    @Test func `a kept token is readable for its owner alone, whatever was there`() throws {
        let commands = try CommandHarness()
        let file = commands.paths.tokenFile
        try TokenFile.keep("r8_first", at: file)
        #expect(try mode(file) == 0o600 && TokenFile.isOpen(file) == false)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        #expect(TokenFile.isOpen(file))
        try TokenFile.keep("r8_second", at: file)
        #expect(try TokenFile.text(at: file) == "r8_second")
        #expect(try mode(file) == 0o600)
        let left = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
        #expect(left == ["token"])
    }

    @Test func `everything else that gives a token comes before the kept one`() throws {
        var commands = try CommandHarness()
        #expect(try credentials(commands).token == nil)
        try TokenFile.keep("r8_kept", at: commands.paths.tokenFile)
        #expect(try credentials(commands).token == Token("r8_kept"))
        #expect(try credentials(commands).source == .kept(commands.paths.tokenFile.path))
        #expect(try credentials(commands, "token: r8_config").token == Token("r8_config"))
        commands.environment["REPLICATE_API_TOKEN"] = "r8_environment"
        #expect(try credentials(commands).token == Token("r8_environment"))
    }

    @Test func `a stranger's env file does not lead the kept token elsewhere`() throws {
        let commands = try CommandHarness()
        try TokenFile.keep("r8_kept", at: commands.paths.tokenFile)
        try commands.folder.write("REPLICATE_BASE_URL=https://evil.example.com/v1\n", to: ".env")
        let error = #expect(throws: CommandError.self) { try credentials(commands) }
        #expect(error?.description.contains("r8_kept") == false)
    }

    @Test func `doctor finds a token that others can read`() async throws {
        let commands = try CommandHarness()
        try TokenFile.keep("r8_kept", at: commands.paths.tokenFile)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: commands.paths.tokenFile.path)
        let result = try await commands.run("doctor", "--base-url", "http://127.0.0.1:9")
        #expect(result.output.contains("chmod 600") && !result.output.contains("r8_kept"))
    }

    @Test func `budgets are added to a file without a change of what a person wrote`() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "config.yaml")
        var budget = Budget.standard
        budget.day = Money("3.125")
        budget.month = nil
        try BudgetEntry.write(budget, over: .standard, to: file)
        #expect(try String(contentsOf: file, encoding: .utf8) == "budget:\n  day: 3.125\n  month: none\n")
        #expect(try mode(file) == 0o600)

        let own = "# mine\nmouse: false  # no clicks\nkeys: {run: f9}"
        try Data(own.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        try BudgetEntry.write(budget, over: .standard, to: file)
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.hasPrefix(own + "\n"))
        #expect(try mode(file) == 0o644)
        let read = try ConfigurationFile(yaml: text, path: "c")
        #expect(read.budget == budget && read.mouse == false)
    }

    @Test(arguments: ["budget: {day: 1}\n", "{mouse: false}\n", "mouse: false\n...\n", "nonsense: 1\n"])
    func `a file that nothing can be added to stays as it was`(text: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "config.yaml")
        try Data(text.utf8).write(to: file)
        var budget = Budget.standard
        budget.day = Money("3.00")
        #expect(throws: SettingsFile.Mistake.self) { try BudgetEntry.write(budget, over: .standard, to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
}
