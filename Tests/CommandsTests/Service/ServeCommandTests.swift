import Foundation
import ReplicateAPI
import Testing

@testable import Commands

/// What `serve` refuses before it listens. What it does then is tested from outside.
struct ServeCommandTests {
    @Test(arguments: [
        (["--port", "65536"], "--port must be from 0 to 65535"), (["--rate-limit", "-1"], "--rate-limit"),
        (["--host", "0.0.0.0"], "keys"),
    ])
    func `wrong usage ends with 64 and opens no port`(options: [String], sentence: String) async throws {
        let result = try await CommandHarness().run(["serve"] + options)
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
        #expect(result.messages.contains(sentence), "\(result.messages)")
    }

    @Test(arguments: [
        ("service: {port: 70000}", "port"), ("service: {keys: [short]}", "key"), ("service: {pace: 3}", "pace"),
        ("service: {callbacks: {secret: mine}}", "whsec_"), ("service: {proxies: {trusted: [nowhere]}}", "nowhere"),
        ("service: {cache: {seconds: -1}}", "seconds"),
    ])
    func `a wrong setting ends with 64 and its line`(yaml: String, name: String) async throws {
        let commands = try CommandHarness()
        try commands.configure("mouse: true\n" + yaml)
        let result = try await commands.run("serve", "--port", "0")
        #expect(result.status == 64)
        #expect(result.messages.contains("config.yaml, line 2"), "\(result.messages)")
        #expect(result.messages.contains(name))
    }

    @Test func `a secret that is none is refused, not replaced`() async throws {
        let commands = try CommandHarness()
        try Paths.make(commands.paths.data)
        try Data("nonsense\n".utf8).write(to: commands.paths.webhookSecret)
        let result = try await commands.run("serve", "--port", "0")
        #expect(result.status == 1)
        #expect(result.messages.contains("holds no webhook secret"))
        #expect(try String(contentsOf: commands.paths.webhookSecret, encoding: .utf8) == "nonsense\n")
    }

    @Test func `a secret is made once, for its owner's eyes only`() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("below/webhook-secret")
        let secret = try SecretFile.secret(at: file)
        #expect(try SecretFile.secret(at: file) == secret)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
}
