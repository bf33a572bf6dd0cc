import Foundation
import ReplicateAPI
import ReplicateClient
import Sandbox
import TestSupport
import Testing

@testable import Commands

/// The value of an input that a model calls secret is sent, and then it is nowhere: on no stream and in no file.
struct SecretInputTests {
    private static let secret = "hunter2-is-the-word"
    private static let model = "lab/slow-diffusion"

    /// The sandbox, with one text input of the model made a secret one.
    private static func transport() -> AlteredTransport {
        AlteredTransport(change: { request, response in
            guard request.method == "GET", request.url.contains("/models/") else { return }
            let text = String(decoding: response.body, as: UTF8.self)
            let pattern = #/"negative_prompt"\s*:\s*\{/#
            response.body = Data(
                text.replacing(pattern, with: #""negative_prompt":{"x-cog-secret":true,"format":"password","#).utf8
            )
        })
    }

    private func withSecret(_ body: (CommandHarness, AlteredTransport) async throws -> Void) async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let transport = Self.transport()
            try await body(try CommandHarness(api: url, transport: transport), transport)
        }
    }

    private func isAnywhere(below folder: URL) throws -> String? {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        while let file = files?.nextObject() as? URL {
            guard let data = try? Data(contentsOf: file) else { continue }
            if data.range(of: Data(Self.secret.utf8)) != nil { return file.path }
        }
        return nil
    }

    @Test func `it is sent, and neither printed nor kept by any command afterwards`() async throws {
        try await withSecret { commands, transport in
            let order = ["run", Self.model, "prompt=a fox", "negative_prompt=\(Self.secret)", "--json"]
            let made = try await commands.run(order + ["--notify-command", "cat >ended.json"])
            #expect(made.status == 0, "\(made.messages)")
            let sent = transport.sent.filter { $0.method == "POST" }.map(\.bodyData)
            #expect(sent.contains { $0.range(of: Data(Self.secret.utf8)) != nil })
            let document = try made.document
            #expect(document["secret_inputs"] == ["negative_prompt"])
            #expect(document["input"]?["negative_prompt"] == nil)
            let id = try #require(document["prediction_id"]?.string)
            var printed = [made]
            for words in [["show", id], ["list"], ["poll", id], ["tag", id], ["resume"], ["verify"], ["report"]] {
                printed.append(try await commands.run(words))
                if words[0] != "report" { printed.append(try await commands.run(words + ["--json"])) }
            }
            printed.append(try await commands.run("show", id, "--raw"))
            for result in printed {
                #expect(!result.output.contains(Self.secret), "\(result.output)")
                #expect(!result.messages.contains(Self.secret), "\(result.messages)")
            }
            #expect(try await commands.run("show", id).output.contains("secret, not kept"))
            #expect(try isAnywhere(below: commands.folder.url) == nil)
        }
    }

    @Test func `a dry run and a price show that it is given, and not which`() async throws {
        try await withSecret { commands, _ in
            let line = "{\"prompt\":\"a fox\",\"negative_prompt\":\"\(Self.secret)\"}\n"
            let planned = try await commands.run(
                ["batch", "-", "--model", Self.model, "--dry-run"],
                streams: StandardStreams(input: .pipe(line))
            )
            #expect(planned.status == 0, "\(planned.messages)")
            #expect(try planned.documents[0]["input"]?["negative_prompt"] == "<secret>")
            #expect(!planned.output.contains(Self.secret) && !planned.messages.contains(Self.secret))
            let priced = try await commands.run("cost", Self.model, "negative_prompt=\(Self.secret)", "--json")
            #expect(!priced.output.contains(Self.secret) && !priced.messages.contains(Self.secret))
            #expect(try isAnywhere(below: commands.folder.url) == nil)
        }
    }
}
