import Foundation
import ReplicateAPI
import ReplicateClient
import Sandbox
import TestSupport
import Testing

@testable import Commands

/// What `--notify-command` and `--webhook` are told, and that they change nothing of how a command ends.
struct EndNoticeTests {
    @Test func `a command gets the result on its standard input, facts in its environment, and never the token`()
        async throws
    {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let order = ["image", "a fox", "--key", "SKU-1", "--json"]
            let result = try await commands.run(order + ["--notify-command", "cat >ended.json; env >facts.txt"])
            #expect(result.status == 0)
            let made = try result.document
            let body = try JSONValue(parsing: Data(contentsOf: commands.folder.file("ended.json")))
            #expect(body["event"] == "run.ended")
            #expect(body["exit_status"] == 0)
            #expect(body["results"] == [.object(made)])
            let facts = try String(contentsOf: commands.folder.file("facts.txt"), encoding: .utf8)
            let id = try #require(made["prediction_id"]?.string)
            for fact in ["EVENT=run.ended", "EXIT_STATUS=0", "IDS=\(id)", "KEY=SKU-1"] {
                #expect(facts.contains("DARKROOM_\(fact)\n"), "\(fact)")
            }
            #expect(!facts.contains(CommandHarness.token))
        }
    }

    @Test func `what the command prints is a message, and how it ends is told and changes nothing`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let result = try await commands.run(
                ["image", "a fox", "--json", "--quiet", "--notify-command", "echo heard; exit 3"]
            )
            #expect(result.status == 0)
            #expect(try result.document["success"] == true)
            #expect(result.messages == "heard\nThe notify command ended with status 3\n")
        }
    }

    @Test func `a run that failed is told of with its status`() async throws {
        try await withSandbox(CommandHarness.immediate { $0.faults = [FaultRule(.failed)] }) { _, url in
            let commands = try CommandHarness(api: url)
            let notify = "cat >ended.json; echo $DARKROOM_EXIT_STATUS >status.txt"
            #expect(try await commands.run("image", "a fox", "--notify-command", notify).status == 1)
            let body = try JSONValue(parsing: Data(contentsOf: commands.folder.file("ended.json")))
            #expect(body["exit_status"] == 1)
            #expect(body["results"]?.array?.first?["success"] == false)
            #expect(try String(contentsOf: commands.folder.file("status.txt"), encoding: .utf8) == "1\n")
        }
    }

    @Test func `a command that reads nothing of a long result is not waited for`() throws {
        let folder = try TemporaryFolder()
        let surroundings = Surroundings(environment: ["PATH": "/usr/bin:/bin"], home: folder.url, folder: folder.url)
        let notify = NotifyCommand(command: "true", surroundings: surroundings)
        let body = String(repeating: "x", count: 1 << 20)
        #expect(notify.run(body, facts: [:], output: nil) == nil)
        let failing = NotifyCommand(command: "no-such-command-here", surroundings: surroundings)
        #expect(failing.run("{}", facts: [:], output: nil) == "The notify command ended with status 127")
    }

    @Test func `a command that does not end is not waited for without limit`() throws {
        let folder = try TemporaryFolder()
        let surroundings = Surroundings(environment: ["PATH": "/usr/bin:/bin"], home: folder.url, folder: folder.url)
        let gate = folder.url.appending(path: "gate").path
        #expect(mkfifo(gate, 0o600) == 0)
        var notify = NotifyCommand(command: "read line < \(gate)", surroundings: surroundings)
        notify.patience = 0
        #expect(notify.run("{}", facts: [:], output: nil)?.contains("not waited for") == true)
        // It ends with what it waits for.
        let end = open(gate, O_RDWR)
        #expect(write(end, "\n", 1) == 1)
    }

    /// A harness whose webhook at `hook.example` is answered with `status`.
    private func hooked(_ url: URL, status: Int) throws -> (CommandHarness, AlteredTransport) {
        let transport = AlteredTransport(answer: { request in
            request.url.contains("hook.example") ? HTTPResponse(status: status) : nil
        })
        return (try CommandHarness(api: url, transport: transport), transport)
    }

    private func calls(_ transport: AlteredTransport) -> [HTTPRequest] {
        transport.sent.filter { $0.url.contains("hook.example") }
    }

    @Test func `an address gets the result once it has taken it, signed, and never the token`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let (commands, transport) = try hooked(url, status: 204)
            let order = ["image", "a fox", "--json", "--webhook", "https://hook.example/ended?x=1"]
            let result = try await commands.run(order)
            #expect(result.status == 0)
            #expect(result.messages.isEmpty)
            let call = try #require(calls(transport).first)
            #expect(calls(transport).count == 1)
            #expect(call.method == "POST" && call.url == "https://hook.example/ended?x=1")
            let body = try JSONValue(parsing: call.bodyData)
            #expect(body["results"] == [.object(try result.document)])
            let headers = Dictionary(call.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
            for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
                #expect(headers[name]?.isEmpty == false, "\(name)")
            }
            #expect(headers["authorization"] == nil)
            #expect(!"\(headers)".contains(CommandHarness.token))
            let mode = try FileManager.default.attributesOfItem(atPath: commands.paths.webhookSecret.path)
            #expect(mode[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `an address that is gone is asked once, told by its host alone, and changes nothing`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let (commands, transport) = try hooked(url, status: 410)
            let result = try await commands.run("image", "a fox", "--webhook", "https://hook.example/secret-path")
            #expect(result.status == 0)
            #expect(calls(transport).count == 1)
            #expect(result.messages.contains("The webhook was not taken by hook.example: it answered 410\n"))
            #expect(!result.messages.contains("secret-path"))
        }
    }

    @Test(arguments: [
        (["--webhook", "ftp://example.com"], "--webhook must be an address"),
        (["--webhook", "example.com/x"], "--webhook must be an address"), (["--webhook", "https://"], "--webhook"),
        (["--webhook", "https://name:word@example.com"], "must not hold a name or a password"),
        (["--notify-command", " "], "must name a command"),
    ])
    func `wrong usage ends with 64 before anything is sent`(options: [String], sentence: String) async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let result = try await CommandHarness(api: url).run(["image", "a fox", "--json"] + options)
            #expect(result.status == 64)
            #expect(result.messages.contains(sentence), "\(result.messages)")
            #expect(try result.document["image_url"] == .null)
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }
}
