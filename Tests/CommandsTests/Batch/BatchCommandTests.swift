import Foundation
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct BatchCommandTests {
    private func withBatch(
        _ text: String,
        name: String = "batch.txt",
        _ body: (CommandHarness, SandboxServer, String) async throws -> Void
    ) async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            try await body(commands, sandbox, try commands.folder.write(text, to: name).path)
        }
    }

    @Test(
        arguments: [
            ("batch.jsonl", "{\"prompt\":\"a fox\",\"key\":\"1\"}\n{\"prompt\":\"a hare\",\"key\":2}\n"),
            ("batch.csv", "key,prompt\r\n1,a fox\r\n2,\"a hare\"\r\n"),
            ("batch.tsv", "prompt\tkey\na fox\t1\na hare\t2"),
        ]
    )
    func `every form of file gives the same runs, and run again they are there`(name: String, text: String) async throws
    {
        try await withBatch(text, name: name) { commands, sandbox, file in
            let first = try await commands.run("batch", file, "--ordered", "--no-download")
            #expect(first.status == 0)
            let made = try first.documents
            #expect(made.map { $0["key"] } == ["1", "2"])
            #expect(made.map { $0["prompt"] } == ["a fox", "a hare"])
            #expect(made.allSatisfy { $0["success"] == true && $0["reused"] == false && $0["cost"] == 0.003 })
            let lines = made.compactMap { $0["line"]?.integer }
            #expect(lines == (name.hasSuffix("jsonl") ? [1, 2] : [2, 3]))
            #expect(first.messages.contains("2 lines, 2 of 2 done, $0.006.\n"))
            let again = try await commands.run("batch", file, "--ordered", "--no-download")
            #expect(try again.documents.map { $0["run_id"] } == made.map { $0["run_id"] })
            #expect(try again.documents.allSatisfy { $0["reused"] == true })
            #expect(again.messages.contains("2 there already"))
            #expect(sandbox.statistics.predictionsCreated == 2)
        }
    }

    @Test func `standard input holds prompts, and a batch that was stopped is finished by the next one`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let options = ["--no-download", "--jobs", "1"]
            let part = StandardStreams(input: .pipe("a fox\n"))
            #expect(try await commands.run(["batch", "-"] + options, streams: part).documents.count == 1)
            let whole = StandardStreams(input: .pipe("a hare\n\na fox\n"))
            let result = try await commands.run(["batch", "-", "--ordered"] + options, streams: whole)
            #expect(try result.documents.map { $0["line"] } == [1, 3])
            #expect(try result.documents.map { $0["reused"] } == [false, true])
            #expect(sandbox.statistics.predictionsCreated == 2)
        }
    }

    @Test func `each wrong line is told with its number and its reason, and nothing is sent`() async throws {
        let text = """
            {"prompt": "a fox"}
            {"prompt": "a hare", "num_outputs": 9}
            nonsense
            {"prompt": "an owl", "model": "nobody/nothing"}
            """
        try await withBatch(text, name: "b.jsonl") { commands, sandbox, file in
            let result = try await commands.run("batch", file)
            #expect(result.status == 66)
            #expect(result.messages.contains("\(file):2: "))
            #expect(result.messages.contains("num_outputs"))
            #expect(result.messages.contains("\(file):3: is no JSON object: a value was expected\n"))
            #expect(result.messages.contains("\(file):4: "))
            #expect(result.messages.contains("`darkroom models WORDS` finds others"))
            #expect(result.messages.hasSuffix("darkroom: 3 lines are wrong, so nothing was sent\n"))
            let ending = try result.document
            #expect(ending["success"] == false)
            #expect(ending["exit_status"] == 66)
            #expect(sandbox.statistics.predictionsCreated == 0)
            let planned = try await commands.run("batch", file, "--dry-run")
            #expect(planned.status == 66)
            let documents = try planned.documents
            #expect(documents.map { $0["line"] ?? .null } == [1, 2, 3, 4, .null])
            #expect(documents[1...3].allSatisfy { $0["success"] == false && $0["error"]?.string?.isEmpty == false })
            #expect(documents[4]["wrong"] == 3)
        }
    }

    @Test func `a dry run prices each line and the sum, sends nothing, and writes no run`() async throws {
        let text = "{\"prompt\":\"a\",\"num_outputs\":2}\n{\"prompt\":\"b\",\"model\":\"lab/slow-diffusion\"}\n"
        try await withBatch(text, name: "b.jsonl") { commands, sandbox, file in
            let result = try await commands.run("batch", file, "--dry-run", "--key-prefix", "x-")
            #expect(result.status == 0)
            let documents = try result.documents
            #expect(documents.count == 3)
            #expect(documents[0]["estimate"] == 0.006)
            #expect(documents[0]["key"]?.string?.hasPrefix("x-line-") == true)
            #expect(documents[0]["input"]?["num_outputs"] == 2)
            #expect(documents[0]["to_make"] == 1 && documents[0]["reused"] == false && documents[0]["error"] == .null)
            // A range has no single price.
            #expect(documents[1]["estimate"] == .null)
            #expect((documents[1]["estimate_high"]?.double ?? 0) > (documents[1]["estimate_low"]?.double ?? 1))
            let sum = documents[2]
            #expect(sum["summary"] == true && sum["lines"] == 2 && sum["to_make"] == 2 && sum["wrong"] == 0)
            #expect(sum["estimate"] == .null)
            #expect(result.messages.hasSuffix("Nothing was sent.\n"))
            #expect(sandbox.statistics.predictionsCreated == 0)
            #expect(try await commands.run("list", "--json").output.isEmpty)
        }
    }

    @Test(arguments: [[], ["--dry-run"]])
    func `a limit that all of it may pass refuses all of it`(options: [String]) async throws {
        try await withBatch("a fox\na hare\n") { commands, sandbox, file in
            let result = try await commands.run(["batch", file, "--max-cost", "0.005"] + options)
            #expect(result.status == 79)
            #expect(result.messages.contains("$0.006"))
            #expect(result.messages.contains("--max-cost $0.005"))
            #expect(sandbox.statistics.predictionsCreated == 0)
            // What is there already costs nothing more.
            #expect(try await commands.run("batch", file, "--max-cost", "0.006", "--no-download").status == 0)
            #expect(try await commands.run("batch", file, "--max-cost", "0", "--no-download").status == 0)
            #expect(sandbox.statistics.predictionsCreated == 2)
        }
    }

    @Test func `a file that is there is no run that was left out`() async throws {
        let text = "prompt,output\na fox,there.webp\na hare,new.webp\n"
        try await withBatch(text, name: "b.csv") { commands, sandbox, file in
            try commands.folder.write("mine", to: "there.webp")
            let refused = try await commands.run("batch", file)
            #expect(refused.status == 73)
            let planned = try await commands.run("batch", file, "--no-clobber", "--dry-run").documents
            #expect(planned.map { $0["to_make"] } == [0, 1, 1])
            #expect(planned.map { $0["estimate"] } == [0, 0.003, 0.003])
            #expect(planned[0]["reused"] == false)
            let result = try await commands.run("batch", file, "--no-clobber", "--ordered")
            #expect(result.status == 0, "\(result.messages)")
            let documents = try result.documents
            #expect(documents[0]["skipped"] == true && documents[0]["success"] == true)
            #expect(documents[0]["files"] == [.string(commands.folder.file("there.webp").path)])
            #expect(documents[1]["files"] == [.string(commands.folder.file("new.webp").path)])
            #expect(result.messages.contains("1 skipped, because the file is there, $0.003.\n"))
            #expect(!result.messages.contains("not begun"))
            #expect(sandbox.statistics.predictionsCreated == 1)
            #expect(try String(contentsOf: commands.folder.file("there.webp"), encoding: .utf8) == "mine")
        }
    }

    @Test func `a cost that nobody knows is no sum of zero`() async throws {
        try await withBatch("a fox\n") { commands, _, file in
            let options = ["--model", "lab/slow-diffusion", "--no-download", "--notify-command", "cat >ended.json"]
            let result = try await commands.run(["batch", file] + options)
            #expect(result.status == 0)
            #expect(try result.document["cost"] == .null)
            #expect(try result.document["cost_basis"] == "unknown")
            #expect(result.messages.contains("1 line, 1 of 1 done, 1 of unknown cost.\n"))
            #expect(!result.messages.contains("$0.00,"))
            let body = try JSONValue(parsing: Data(contentsOf: commands.folder.file("ended.json")))
            #expect(body["event"] == "batch.ended")
            #expect(body["cost"] == .null)
            #expect(body["unknown_costs"] == 1 && body["done"] == 1 && body["exit_status"] == 0)
        }
    }

    @Test func `a line that fails stops no other, and its status is the batch's`() async throws {
        let text = "prompt,model\na fox,lab/always-fails\na hare,\n"
        try await withBatch(text, name: "b.csv") { commands, _, file in
            let result = try await commands.run("batch", file, "--ordered", "--no-download")
            #expect(result.status == 1)
            #expect(try result.documents.map { $0["success"] } == [false, true])
            #expect(try result.documents[0]["cost"] == 0)
            #expect(try result.documents[0]["cost_basis"] == "free")
            #expect(result.messages.contains("2 lines, 1 of 2 done, 1 failed"))
        }
    }

    @Test func `one key for two orders is a mistake, and another prefix makes everything anew`() async throws {
        try await withBatch("key,prompt\nk,a fox\nk,a hare\nk,a fox\n", name: "b.csv") { commands, sandbox, file in
            let result = try await commands.run("batch", file)
            #expect(result.status == 65)
            #expect(result.messages.contains("\(file):3: has the key k, which stands for another order in line 2\n"))
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
        try await withBatch("key,prompt\nk,a fox\nk,a fox\n", name: "b.csv") { commands, sandbox, file in
            #expect(try await commands.run("batch", file, "--no-download").documents.count == 2)
            #expect(sandbox.statistics.predictionsCreated == 1)
            _ = try await commands.run("batch", file, "--no-download", "--key-prefix", "monday-")
            #expect(sandbox.statistics.predictionsCreated == 2)
            #expect(try await commands.run("list", "--key", "monday-k", "--json").documents.count == 1)
        }
    }

    @Test func `a budget that is used up stops the lines that were not begun`() async throws {
        try await withBatch("a fox\na hare\n") { commands, sandbox, file in
            try commands.configure("budget: {day: 0.004}\n")
            let result = try await commands.run("batch", file)
            #expect(result.status == 79)
            #expect(sandbox.statistics.predictionsCreated == 0)
            #expect(try result.document["exit_status"] == 79)
        }
    }

    @Test(
        arguments: [
            (["nowhere.csv"], 66, "nowhere.csv cannot be read"), (["."], 64, "name the file with the lines"),
            (["-"], 64, "holds no line to run: a prompt"), (["-", "--jobs", "0"], 64, "--jobs must be"),
            (["-", "--format", "xml"], 64, "xml"), (["-", "--max-cost", "dear"], 64, "such as 0.50"),
            (["-", "--input", "seed"], 64, "write KEY=VALUE"), ([], 64, "<file>"),
            (["-", "--timeout", "1e300"], 64, "--timeout"), (["-", "--interval", "1e300"], 64, "--interval must be"),
        ] as [([String], Int32, String)]
    ) func `wrong usage ends with its status, a sentence and an object`(
        options: [String],
        status: Int32,
        sentence: String
    ) async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let result = try await CommandHarness(api: url).run(["batch"] + options)
            #expect(result.status == status)
            #expect(result.messages.contains(sentence), "\(result.messages)")
            #expect(try result.document["exit_status"] == .integer(Int64(status)))
            #expect(try result.document["files"] == [])
        }
    }

    @Test func `without a token nothing is checked line by line`() async throws {
        let commands = try CommandHarness()
        let result = try await commands.run(["batch", "-"], streams: StandardStreams(input: .pipe("a\nb\nc\n")))
        #expect(result.status == 77)
        #expect(try result.documents.count == 1)
        #expect(result.messages.contains("REPLICATE_API_TOKEN"))
    }
}
