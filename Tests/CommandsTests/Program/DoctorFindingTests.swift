import Foundation
import ReplicateAPI
import ReplicateClient
import Sandbox
import TestSupport
import Testing

@testable import Commands

/// What `doctor` finds: each fault ends with what mends it.
struct DoctorFindingTests {
    private func lines(_ commands: CommandHarness, _ subject: String) async throws -> [String] {
        try await commands.run("doctor").lines.filter { $0.dropFirst(5).hasPrefix(subject) }
    }

    @Test func `a finding is one harmless line with its mark`() {
        #expect(Finding(.fine, "token", "found").line == "ok   token     found")
        #expect(Finding(.fault, "disk", "a\nb").line == "!    disk      a b")
        #expect(Finding(.note, "proxy", "a\u{1B}[2Jb").line == "-    proxy     a␛[2Jb")
    }

    @Test func `a proxy is told without its name and password, in doctor and in a report`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            var commands = try CommandHarness(api: url, transport: AlteredTransport())
            commands.environment["http_proxy"] = "http://name:hunter2@proxy.example:3128"
            let line = "-    proxy     proxy.example:3128 carries the calls to the API"
            #expect(try await lines(commands, "proxy") == [line])
            let report = try await commands.run("report")
            #expect(report.output.contains("proxy.example:3128"))
            #expect(!report.output.contains("hunter2"))
        }
    }

    @Test func `damages keep budgets closed until they are accepted`() async throws {
        let commands = try CommandHarness()
        #expect(try await lines(commands, "history") == ["ok   history   \(commands.paths.database.path)"])
        let accepted = try await commands.run("doctor", "--accept-damage")
        #expect(accepted.output.contains("0 damages accepted"))
    }

    @Test func `a history that cannot be opened is a fault, and the rest is looked at all the same`() async throws {
        let commands = try CommandHarness()
        try Paths.make(commands.paths.database)
        let result = try await commands.run("doctor")
        #expect(result.status == 1)
        #expect(result.lines.contains { $0.hasPrefix("!    history") })
        #expect(result.lines.contains { $0.dropFirst(5).hasPrefix("video") })
    }

    @Test func `a token that others can read is a fault with the command that closes it`() async throws {
        let commands = try CommandHarness()
        let file = commands.paths.tokenFile
        try TokenFile.keep(CommandHarness.token, at: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        try commands.configure("base_url: http://127.0.0.1:1\n")
        var offline = commands
        offline.transport = AlteredTransport(answer: { _ in
            .init(status: 200, body: Data(#"{"type":"user","username":"me"}"#.utf8))
        })
        let found = try await offline.run("doctor")
        #expect(found.lines.contains("!    token     others can read it: chmod 600 \(file.path)"))
        #expect(!found.output.contains(CommandHarness.token))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        #expect(try await lines(offline, "token").first?.hasPrefix("ok   token     found in \(file.path)") == true)
    }

    @Test(arguments: [
        ("prices.yaml", "models: [", "prices"), ("config.yaml", "theme: nowhere", "settings"),
        ("config.yaml", "hardware: {a/b: no-such-gpu}", "prices"),
    ])
    func `a file that cannot be read is a fault that names it`(name: String, text: String, subject: String) async throws
    {
        let commands = try CommandHarness()
        try Paths.make(commands.paths.config)
        try Data(text.utf8).write(to: commands.paths.config.appending(path: name))
        let line = try #require(try await lines(commands, subject).first)
        #expect(line.hasPrefix("!"))
        #expect(line.contains(name))
        #expect(line.hasSuffix("Nothing runs before that"))
    }
}

struct SandboxOptionTests {
    @Test(arguments: [
        (["sandbox", "--port", "70000"], "--port must be from 0 to 65535"),
        (["sandbox", "--port=-1"], "--port must be from 0 to 65535"),
        (["sandbox", "--lifetime", "1e300"], "--lifetime must be"),
        (["sandbox", "--lifetime", "nan"], "--lifetime must be"), (["sandbox", "--speed", "nan"], "--speed must be 0"),
        (["sandbox", "--speed", "inf"], "--speed must be 0"), (["sandbox", "--speed", "1e-300"], "--speed must be 0"),
        (["sandbox", "--requests", "0"], "above zero"), (["demo", "--speed", "1e-300"], "--speed must be 0"),
    ])
    func `a number that no clock or port can count is wrong usage`(arguments: [String], sentence: String) async throws {
        let result = try await CommandHarness().run(arguments)
        #expect(result.status == 64)
        #expect(result.messages.contains(sentence), "\(result.messages)")
    }
}
