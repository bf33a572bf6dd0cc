import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.inTurns, .timeLimit(.minutes(10)))
struct BatchTests {
    func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
        }
    }

    func write(_ text: String, _ name: String, _ workspace: Workspace) throws {
        try Data(text.utf8).write(to: workspace.folder.appending(path: name))
    }

    @Test func `one wrong line is told by its number, and nothing is sent`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            try write("key,prompt,num_outputs\na,x,1\nb,y,many\nc,z,1,1\n", "wrong.csv", workspace)
            let batch = try workspace.start(["batch", "wrong.csv"], workspace.environment(for: url))
            #expect(await batch.status == 64)
            let messages = await batch.messages
            #expect(messages.contains("wrong.csv:3: num_outputs"), "\(messages)")
            #expect(messages.contains("wrong.csv:4: has 4 cells"), "\(messages)")
            #expect(messages.contains("2 lines are wrong, so nothing was sent"))
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `the price of all of it is known before, and held to the limit`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            try write("a fox\na hare\n{a|b} owl\n", "prompts.txt", workspace)
            let dry = try workspace.start(["batch", "prompts.txt", "--dry-run"], environment)
            #expect(await dry.status == 0)
            let lines = try objects(await dry.output)
            #expect(lines.count == 4)
            #expect(lines[2]["to_make"] as? Int == 2)
            #expect(lines[3]["estimate"] as? Double == 0.012)
            let refused = try workspace.start(["batch", "prompts.txt", "--max-cost", "0.011"], environment)
            #expect(await refused.status == 79)
            #expect(sandbox.statistics.predictionsCreated == 0)
            let run = try workspace.start(["batch", "prompts.txt", "--max-cost", "0.012", "--ordered"], environment)
            await expect(run, endsWith: 0)
            let results = try objects(await run.output)
            #expect(results.map { $0["line"] as? Int } == [1, 2, 3, 3])
            #expect(Set(results.compactMap { $0["prediction_id"] as? String }).count == 4)
            let again = try workspace.start(["batch", "-", "--max-cost", "0"], environment)
            // Standard input is empty in these tests.
            #expect(await again.status == 64)
            let script = try workspace.script("again", "\(Workspace.program) batch - --max-cost 0 <prompts.txt")
            let same = try RunningCommand(script, [], environment, directory: workspace.folder)
            await expect(same, endsWith: 0)
            #expect(try objects(await same.output).allSatisfy { $0["reused"] as? Bool == true })
            #expect(sandbox.statistics.predictionsCreated == 4)
        }
    }

    @Test func `a line that fails stops no other, and is made again; keys match results`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            try write(
                """
                {"key": "good", "prompt": "a fox", "output": "pictures/good.webp"}
                {"key": 7, "prompt": "a hare", "model": "lab/always-fails"}
                {"key": "edit", "prompt": "in snow", "model": "black-forest-labs/flux-kontext-pro", "input_image": "@photo.webp"}
                """,
                "batch.jsonl",
                workspace
            )
            #expect(await (try workspace.start(["image", "a fox", "-o", "photo.webp"], environment)).status == 0)
            let run = try workspace.start(["batch", "batch.jsonl"], environment)
            await expect(run, endsWith: 1)
            let results = try objects(await run.output)
            let byKey = Dictionary(uniqueKeysWithValues: results.map { ($0["key"] as? String ?? "", $0) })
            #expect(byKey["good"]?["success"] as? Bool == true)
            #expect((byKey["good"]?["files"] as? [String])?.first?.hasSuffix("/pictures/good.webp") == true)
            #expect(byKey["7"]?["success"] as? Bool == false)
            #expect(byKey["edit"]?["success"] as? Bool == true)
            #expect(sandbox.statistics.predictionsCreated == 4)
            #expect(await (try workspace.start(["batch", "batch.jsonl"], environment)).status == 1)
            #expect(sandbox.statistics.predictionsCreated == 5)
            let listed = try workspace.start(["list", "--json", "--key", "7"], environment)
            #expect(try objects(await listed.output).count == 2)
        }
    }

    @Test func `a signal says what goes on, and the same command goes on with it`() async throws {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 1)) { sandbox, url in
            let environment = workspace.environment(for: url)
            try write((1...6).map { "a fox, number \($0)\n" }.joined(), "prompts.txt", workspace)
            let first = try workspace.start(["batch", "prompts.txt", "--jobs", "2"], environment)
            while sandbox.statistics.predictionsCreated < 2 { try await Task.sleep(for: .milliseconds(5)) }
            first.signal(SIGTERM)
            #expect(await first.status == 143)
            let messages = await first.messages
            #expect(messages.contains("run the same command again"), "\(messages)")
            let second = try workspace.start(["batch", "prompts.txt", "--jobs", "6"], environment)
            await expect(second, endsWith: 0)
            #expect(sandbox.statistics.predictionsCreated == 6)
        }
    }

    @Test func `the end is told to a command and, signed, to an address`() async throws {
        let workspace = try Workspace()
        let receiver = try RawServer { _ in Array("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n".utf8) }
        defer { receiver.stop() }
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let run = try workspace.start(
                [
                    "image", "a fox", "--key", "k", "--webhook", "http://127.0.0.1:\(receiver.port)/done",
                    "--notify-command",
                    "cat >ended.json; echo $DARKROOM_EXIT_STATUS ${REPLICATE_API_TOKEN-none} >ended.txt",
                ],
                environment
            )
            await expect(run, endsWith: 0)
            let body = try String(contentsOf: workspace.folder.appending(path: "ended.json"), encoding: .utf8)
            let event = try #require(try objects(body).first)
            #expect(event["event"] as? String == "run.ended")
            #expect((event["results"] as? [[String: Any]])?.first?["key"] as? String == "k")
            let facts = try String(contentsOf: workspace.folder.appending(path: "ended.txt"), encoding: .utf8)
            #expect(facts == "0 none\n")
            let request = try #require(receiver.received.first)
            #expect(request.hasPrefix("POST /done "))
            #expect(request.lowercased().contains("webhook-signature: v1,"))
            #expect(!request.contains(Workspace.token))
        }
    }
}

extension BatchTests {
    @Test func `two lines with one key are one order, or a mistake that is told before anything is sent`() async throws
    {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            try write("key,prompt\na,a fox\nb,a hare\na,a fox\n", "same.csv", workspace)
            let same = try workspace.start(["batch", "same.csv", "--max-cost", "0.006", "--no-download"], environment)
            await expect(same, endsWith: 0)
            #expect(try objects(await same.output).count == 3)
            #expect(sandbox.statistics.predictionsCreated == 2)
            try write("key,prompt\nc,a fox\nc,a hare\n", "other.csv", workspace)
            let other = try workspace.start(["batch", "other.csv"], environment)
            await expect(other, endsWith: 65)
            #expect(
                await other.messages.contains("other.csv:3: has the key c, which stands for another order in line 2")
            )
            #expect(sandbox.statistics.predictionsCreated == 2)
        }
    }

    @Test func `who closes the pipe pays for no more lines`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            try write((1...60).map { "a fox, number \($0)\n" }.joined(), "prompts.txt", workspace)
            let script = try workspace.script(
                "piped",
                "\(Workspace.program) batch prompts.txt --jobs 2 --no-download | head -1 >first.jsonl"
            )
            let run = try RunningCommand(script, [], workspace.environment(for: url), directory: workspace.folder)
            _ = await run.status
            #expect(sandbox.statistics.predictionsCreated < 60)
            let messages = await run.messages
            #expect(messages.contains("nobody reads the results any more"), "\(messages)")
        }
    }
}
