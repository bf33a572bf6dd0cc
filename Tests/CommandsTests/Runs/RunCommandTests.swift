import Foundation
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct RunCommandTests {
    @Test func `any model runs with the inputs it takes, and its output comes as it came`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let text = try await commands.run("run", "replicate/hello-world", "prompt=Ada")
            #expect(text.status == 0)
            #expect(text.lines == ["hello Ada"])
            let document = try await commands.run("run", "replicate/hello-world", "prompt=Ada", "--json").document
            #expect(document["output"]?.strings.joined() == "hello Ada")
            #expect(document["files"] == [])
            #expect(document["success"] == true)
        }
    }

    @Test func `a value may hold an equals sign, and a file that is no file is refused`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let text = try await commands.run("run", "replicate/hello-world", "prompt=a=b=c")
            #expect(text.lines == ["hello a=b=c"])
            let missing = try await commands.run("run", "fofr/skyreels-2", "image_urls=@/nowhere.png")
            #expect(missing.status == 64)
            #expect(missing.messages.contains("/nowhere.png"))
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test(arguments: [
        (["run"], "model"), (["run", "no model"], "no model"), (["run", "a/b", "=c"], "KEY=VALUE"),
        (["run", "lab/shapes", "shape=round"], "shape"), (["run", "lab/shapes", "size=3"], "size"),
    ])
    func `wrong usage ends with 64, and as JSON with the members of a result`(
        arguments: [String],
        sentence: String
    ) async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let text = try await commands.run(arguments)
            #expect(text.status == 64, "\(text.messages)")
            #expect(text.messages.contains(sentence), "\(text.messages)")
            let document = try await commands.run(arguments + ["--json"]).document
            #expect(document["output"] == .null)
            #expect(document["success"] == false)
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }
}
