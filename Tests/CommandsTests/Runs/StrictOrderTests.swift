import Foundation
import Glibc
import History
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

/// What a person may mean otherwise, or cannot mean, is refused before anything is sent.
struct StrictOrderTests {
    @Test(arguments: [
        ["image", "a fox", "--interval", "inf"], ["image", "a fox", "--interval", "nan"],
        ["image", "a fox", "--interval", "1e300"], ["image", "a fox", "--interval", "0"],
        ["image", "a fox", "--timeout", "1e300"], ["image", "a fox", "--timeout", "-1"],
        ["run", "lab/shapes", "shape=avif", "--interval", "1e20"], ["poll", "p", "--interval", "inf"],
        ["poll", "p", "--interval", "1e300"], ["poll", "p", "--timeout", "1e40"], ["resume", "--timeout", "1e30"],
        ["batch", "-", "--interval", "9.3e18"], ["batch", "-", "--timeout", "1e300"],
        ["sandbox", "--lifetime", "inf"], ["sandbox", "--speed", "inf"],
    ])
    func `a time that no clock counts is wrong usage`(arguments: [String]) async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let result = try await CommandHarness(api: url).run(arguments)
            #expect(result.status == 64, "\(result.messages)")
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test(arguments: [
        (#"{"prompt":"first","prompt":"second"}"#, "prompt is given twice"),
        (#"{"prompt":"\ud800"}"#, "half of a surrogate pair"),
        (#"{"prompt":"a fox","num_outputs":1,"num_outputs":4}"#, "num_outputs is given twice"),
        (#"{"prompt":"a fox","input":{"seed":1,"seed":2}}"#, "seed is given twice"),
        (#"{"key":"a","key":"b","prompt":"a fox"}"#, "key is given twice"),
    ])
    func `of two values for one input neither is dropped`(line: String, words: String) async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let model = ["--model", "black-forest-labs/flux-schnell"]
            let streams = StandardStreams(input: .pipe(line + "\n"))
            let batch = try await commands.run(["batch", "-", "--format", "jsonl"] + model, streams: streams)
            #expect(batch.status == 64)
            #expect((batch.output + batch.messages).contains(words))
            let image = try await commands.run(["image", "--input-file", "-"] + model, streams: streams)
            #expect(image.status == 64)
            #expect(image.messages.contains(words))
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a table with one heading twice is refused`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let streams = StandardStreams(input: .pipe("prompt,prompt\na fox,an owl\n"))
            let result = try await CommandHarness(api: url).run("batch", "-", "--format", "csv", streams: streams)
            #expect(result.status == 64)
            #expect((result.output + result.messages).contains("names prompt twice"))
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `what is no regular file is never replaced`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let pipe = commands.folder.url.appending(path: "pipe").path
            #expect(mkfifo(pipe, 0o600) == 0)
            let result = try await commands.run("image", "a fox", "-o", "pipe", "--overwrite")
            #expect(result.status == 74)
            #expect(result.messages.contains("no regular file"))
            #expect(sandbox.statistics.predictionsCreated == 0)
            let type = try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType
            #expect(type != .typeRegular)
        }
    }

    @Test func `a link is written through, and stays a link`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let (target, link) = (
                commands.folder.url.appending(path: "target.webp"), commands.folder.url.appending(path: "link.webp")
            )
            try Data("old".utf8).write(to: target)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
            let result = try await commands.run("image", "a fox", "-o", "link.webp", "--overwrite")
            #expect(result.status == 0, "\(result.messages)")
            #expect(try Data(contentsOf: target).starts(with: Data("RIFF".utf8)))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == target.path)
        }
    }

    @Test func `a password in the address is in no message`() async throws {
        var commands = try CommandHarness()
        commands.environment["REPLICATE_API_TOKEN"] = CommandHarness.token
        for address in ["https://user:hunter2@api.example.com", "https://api.example.com/v1?token=hunter2"] {
            commands.environment["REPLICATE_BASE_URL"] = address
            for arguments in [["list", "--remote"], ["doctor"], ["report"], ["image", "a fox"]] {
                let result = try await commands.run(arguments)
                #expect(!(result.output + result.messages).contains("hunter2"), "\(arguments)")
            }
        }
    }

    @Test func `a file that tells nothing is not asked for at the server`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            try Data("x".utf8).write(to: commands.folder.url.appending(path: "notes.txt"))
            let place = commands.folder.url.appending(path: "notes.txt").path
            let before = sandbox.statistics.requests
            let result = try await commands.run("show", place)
            #expect(result.status == 66)
            #expect(result.messages.contains("does not tell how it was made"))
            #expect(sandbox.statistics.requests == before)
        }
    }

    @Test(arguments: [SandboxFault.revoked]) func `a token that is refused on the way is told, with its status`(
        fault: SandboxFault
    ) async throws {
        let faults = [RequestKind.poll, .list].map { FaultRule(fault, at: $0) }
        try await withSandbox(SandboxConfiguration(speed: 1, faults: faults)) { _, url in
            let commands = try CommandHarness(api: url)
            let result = try await commands.run("image", "a fox", "--timeout", "4", "--json")
            #expect(result.status == 77)
            #expect(try result.document["error"]?.string?.contains("token") == true)
        }
    }

    @Test func `a run that ended before it was canceled is told and saved`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let made = try await commands.run("image", "a fox", "--json")
            let id = try #require(try made.document["prediction_id"]?.string)
            let again = try await commands.run("cancel", id, "--json")
            #expect(again.status == 0)
            #expect(try again.document["status"] == "succeeded")
        }
    }
}
