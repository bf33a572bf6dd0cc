import Foundation
import Glibc
import History
import Money
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct ImageCommandTests {
    /// A sandbox that answers at once, and commands that use it.
    private func withCommands(
        _ configuration: SandboxConfiguration = CommandHarness.immediate(),
        _ body: (CommandHarness, SandboxServer) async throws -> Void
    ) async throws {
        try await withSandbox(configuration) { sandbox, url in try await body(try CommandHarness(api: url), sandbox) }
    }

    @Test func `a picture's path is the result, and what it cost a message`() async throws {
        try await withCommands { commands, sandbox in
            let result = try await commands.run("image", "a red fox")
            #expect(result.status == 0)
            let path = try #require(result.lines.first)
            #expect(result.lines.count == 1)
            #expect(path.hasPrefix(commands.paths.outputs.path))
            #expect(FileManager.default.fileExists(atPath: path))
            #expect(result.messages.contains("$0.003 (1 image"))
            #expect(sandbox.statistics.predictionsCreated == 1)
            #expect(sandbox.statistics.leakedTokens == 0)
        }
    }

    @Test func `as JSON it has the reference's members, and one document a run, in order`() async throws {
        try await withCommands { commands, sandbox in
            let result = try await commands.run("image", "a {red|blue} fox", "--count", "2", "--json")
            #expect(result.status == 0)
            let documents = try result.documents
            #expect(documents.count == 4)
            for document in documents {
                #expect(document["success"] == true)
                #expect(document["error"] == .null)
                #expect(document["image_url"]?.string?.hasPrefix("http://127.0.0.1") == true)
                #expect(document["image_urls"]?.array?.count == 1)
                #expect(document["files"]?.array?.count == 1)
                #expect(document["cost"] == 0.003)
                #expect(document["cost_basis"] == "counted")
                #expect(document["prediction_id"]?.string?.count == 26)
            }
            #expect(Set(documents.compactMap { $0["run_id"]?.string }).count == 4)
            #expect(sandbox.statistics.predictionsCreated == 4)
            // The server has the prompts in the order of the documents.
            let prompts = try documents.map { document in
                let id = try #require(document["run_id"]?.string)
                return try commands.store().run(id)?.prompt
            }
            #expect(Set(prompts) == ["a red fox", "a blue fox"])
        }
    }

    @Test(arguments: [("a {red|blue} fox", 2, []), ("a {red|blue} fox", 1, ["--literal"]), ("-", 1, ["--literal"])])
    func `alternatives are runs, unless the prompt is literal`(
        prompt: String,
        runs: Int,
        options: [String]
    ) async throws {
        try await withCommands { commands, sandbox in
            let result = try await commands.run(["image", prompt] + options)
            #expect(result.status == 0)
            #expect(result.lines.count == runs)
            #expect(sandbox.statistics.predictionsCreated == runs)
            if runs == 1 { #expect(try commands.store().runs().first?.prompt == prompt) }
        }
    }

    @Test func `standard input may hold the prompt, and must not be empty then`() async throws {
        try await withCommands { commands, sandbox in
            let given = try await commands.run(
                ["image", "-"],
                streams: StandardStreams(input: .pipe("\u{FEFF}a fox\nin the snow\n"))
            )
            #expect(given.status == 0)
            #expect(try commands.store().runs().first?.prompt == "a fox\nin the snow")
            let empty = try await commands.run("image", "-")
            #expect(empty.status == 64)
            #expect(empty.messages == "darkroom: Standard input holds nothing for the prompt\n")
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test(arguments: [("y\n", 0, 1), ("n\n", 79, 0), ("\n", 79, 0), ("yes\n", 0, 1), ("yellow\n", 79, 0)])
    func `a person at a terminal is asked above the limit, and only yes runs`(
        typed: String,
        status: Int32,
        runs: Int
    ) async throws {
        try await withCommands { commands, sandbox in
            try commands.configure("budget: {ask_above: 0.001}")
            let result = try await commands.run(["image", "a fox"], streams: .terminal(typed: typed))
            #expect(result.status == status)
            #expect(result.messages.contains("Run? [y/N]"))
            #expect(result.messages.contains("$0.003 USD"))
            #expect(sandbox.statistics.predictionsCreated == runs)
        }
    }

    @Test func `nobody is asked where a stream is no terminal, or a limit was named`() async throws {
        try await withCommands { commands, sandbox in
            try commands.configure("budget: {ask_above: 0.001}")
            let script = try await commands.run("image", "a fox")
            #expect(script.status == 0)
            var streams = StandardStreams.terminal(typed: "n\n")
            streams.messages = .pipe
            #expect(try await commands.run(["image", "a fox"], streams: streams).status == 0)
            let named = try await commands.run(
                ["image", "a fox", "--max-cost", "0.01"],
                streams: .terminal(typed: "n\n")
            )
            #expect(named.status == 0)
            #expect(!named.messages.contains("Run?"))
            #expect(sandbox.statistics.predictionsCreated == 3)
        }
    }

    @Test func `progress is one line that is replaced, on a terminal only`() async throws {
        try await withCommands(SandboxConfiguration(speed: 20)) { commands, _ in
            let shown = try await commands.run(["image", "a fox"], streams: .terminal())
            #expect(shown.messages.contains("\r\u{1B}[K"))
            #expect(!shown.output.contains("\u{1B}"))
            let piped = try await commands.run("image", "a fox")
            #expect(!piped.messages.contains("\u{1B}"))
            #expect(!piped.messages.contains("\r"))
        }
    }

    @Test(arguments: [
        (["--input", "num_outputs=9"], "num_outputs"),
        (["--input", "num_outputs"], "KEY=VALUE"), (["--model", "flux"], "owner/name"),
        (["--input", "go_fast=maybe"], "go_fast"),
        (["--count", "0"], "--count must be between 1 and 1000"), (["--interval", "0"], "--interval"),
        (["--max-cost", "a lot"], "--max-cost must be an amount"), (["--hardware", "mine"], "no hardware"),
        (["--input", "prompt=another"], "prompt"),
    ])
    func `what is wrong costs nothing: 64, a sentence, and nothing was created`(
        options: [String],
        sentence: String
    ) async throws {
        try await withCommands { commands, sandbox in
            let text = try await commands.run(["image", "a fox"] + options)
            #expect(text.status == 64)
            #expect(text.output.isEmpty)
            #expect(text.messages.contains(sentence), "\(text.messages)")
            let document = try await commands.run(["image", "a fox", "--json"] + options).document
            #expect(document["exit_status"] == 64)
            #expect(document["image_urls"] == [])
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `without a token it ends with 77, and with one that is refused too`() async throws {
        let none = try await CommandHarness().run("image", "a fox", "--json")
        #expect(none.status == 77)
        #expect(try none.document["exit_status"] == 77)
        try await withCommands(CommandHarness.immediate { $0.token = "r8_another" }) { commands, sandbox in
            let refused = try await commands.run("image", "a fox", "--json")
            #expect(refused.status == 77)
            #expect(!refused.messages.contains(CommandHarness.token))
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a run that fails ends with 1, its cause and its cost`() async throws {
        try await withCommands(CommandHarness.immediate { $0.faults = [FaultRule(.failed)] }) { commands, _ in
            let result = try await commands.run("image", "a fox", "--json")
            #expect(result.status == 1)
            let document = try result.document
            #expect(document["success"] == false)
            #expect(document["status"] == "failed")
            #expect(document["error"]?.string?.isEmpty == false)
            #expect(document["cost"] == 0)
            #expect(document["cost_basis"] == "free")
            #expect(document["image_url"] == .null)
        }
    }

    @Test func `what nobody waits for has an id as its result`() async throws {
        try await withCommands(SandboxConfiguration(speed: 0.02)) { commands, _ in
            let text = try await commands.run("image", "a fox", "--no-wait")
            #expect(text.status == 0)
            #expect(text.lines.map(\.count) == [26])
            #expect(text.messages.contains("`darkroom resume` waits and saves"))
            let document = try await commands.run("image", "a fox", "--no-wait", "--json").document
            #expect(document["success"] == .null)
            #expect(document["error"] == .null)
            #expect(document["cost"] == .null)
        }
    }

    @Test func `with JSON each run is told as it ends, not in the order of the prompts`() async throws {
        try await withCommands(SandboxConfiguration(speed: 0.002)) { commands, sandbox in
            let command = try commands.start(["image", "a fox {1|2|3}", "--json"])
            while sandbox.statistics.predictionsCreated < 3 { try await Task.sleep(for: .milliseconds(5)) }
            // None ends by itself: each is canceled when the one before it was told.
            for (told, prompt) in ["a fox 3", "a fox 1", "a fox 2"].enumerated() {
                while command.output.written.count(where: \.isNewline) < told {
                    try await Task.sleep(for: .milliseconds(5))
                }
                let run = try #require(try commands.store().inFlight().first { $0.prompt == prompt })
                _ = try await commands.run("cancel", run.id)
            }
            let result = await command.result
            #expect(try result.documents.compactMap { $0["prompt"]?.string } == ["a fox 3", "a fox 1", "a fox 2"])
        }
    }

    @Test func `without JSON the files are named in the order of the prompts`() async throws {
        try await withCommands { commands, _ in
            let lines = try await commands.run("image", "a fox {1|2}").lines
            #expect(lines.count == 2 && lines[0].contains("-1-") && lines[1].contains("-2-"), "\(lines)")
        }
    }

    @Test func `a run that outlives its time ends with 75 and says how to pick it up`() async throws {
        try await withCommands(SandboxConfiguration(speed: 0.02)) { commands, sandbox in
            // Long enough for the creation to be answered on a busy machine, and far shorter than the run.
            let result = try await commands.run("image", "a fox", "--timeout", "15", "--json")
            #expect(result.status == 75)
            let document = try result.document
            #expect(document["error"] == "still running")
            #expect(document["success"] == false)
            #expect(try commands.store().inFlight().count == 1)
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test func `files go where they were told to, or nowhere`() async throws {
        try await withCommands { commands, _ in
            let folder = commands.folder.file("pictures")
            let saved = try await commands.run("image", "a fox", "--output-dir", folder.path)
            #expect(saved.lines.first?.hasPrefix(folder.path + "/") == true)
            let kept = try await commands.run("image", "a fox", "--no-download", "--json").document
            #expect(kept["files"] == [])
            #expect(kept["success"] == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
            try commands.folder.write("", to: "file")
            let blocked = try await commands.run(
                "image",
                "a fox",
                "--output-dir",
                commands.folder.file("file/below").path
            )
            #expect(blocked.status == 74)
            #expect(blocked.messages.contains("Nothing was sent"))
        }
    }

    @Test(arguments: [
        (["-o", String(repeating: "x", count: 260) + ".webp"], "too long"),
        (["-o", "folder", "--overwrite"], "is a folder"),
        (["--name", "file/{id}"], "is a file, and a folder is wanted there"),
    ])
    func `a name that cannot be saved under is refused before it is paid`(options: [String], sentence: String)
        async throws
    {
        try await withCommands { commands, sandbox in
            try commands.folder.write("", to: "file")
            try FileManager.default.createDirectory(
                at: commands.folder.file("folder"),
                withIntermediateDirectories: true
            )
            let place = options[0] == "--name" ? ["--output-dir", commands.folder.url.path] : []
            let result = try await commands.run(["image", "a fox"] + options + place)
            #expect(result.status == 74)
            #expect(
                result.messages.contains(sentence) && result.messages.contains("Nothing was sent"),
                "\(result.messages)"
            )
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `two runs that share a file keep it until the last of them is deleted, and no name deletes nothing`()
        async throws
    {
        try await withCommands { commands, _ in
            for _ in 0..<2 {
                let made = try await commands.run("image", "a fox", "--name", "{prompt}", "--input", "seed=7")
                #expect(made.status == 0)
            }
            let runs = try commands.store().runs()
            let files = Set(runs.flatMap(\.outputs).compactMap(\.path))
            #expect(runs.count == 2)
            #expect(try await commands.run("delete", "", "--files").status == 64)
            #expect(try commands.store().runs().count == 2)
            #expect(try await commands.run("delete", runs[0].id, "--files").status == 0)
            let left = try #require(try commands.store().runs().first?.outputs.first?.path)
            #expect(FileManager.default.fileExists(atPath: left))
            #expect(try await commands.run("delete", runs[1].id, "--files").status == 0)
            for file in files { #expect(!FileManager.default.fileExists(atPath: file)) }
        }
    }

    @Test func `a repetition with one seed is said before it is paid`() async throws {
        try await withCommands { commands, _ in
            let result = try await commands.run("image", "a fox", "--input", "seed=7", "--count", "2")
            #expect(result.status == 0)
            #expect(result.messages.contains("Seed 7 is fixed"))
        }
    }

    @Test func `an interruption says what becomes of the run, with its object`() async throws {
        try await withCommands(SandboxConfiguration(speed: 0.02)) { commands, sandbox in
            let command = try commands.start(["image", "a fox", "--json"])
            while sandbox.statistics.predictionsCreated == 0 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(command.interrupt(SIGTERM) == 143)
            // What was written comes through a pipe that another thread reads.
            while !command.output.written.hasSuffix("\n") { try await Task.sleep(for: .milliseconds(5)) }
            let line = command.output.written
            let document = try #require(try JSONValue(parsing: Data(line.utf8)).object)
            #expect(document["success"] == false)
            #expect(document["run_id"]?.string?.isEmpty == false)
            // Ends the run, so that the command ends.
            let run = try #require(try commands.store().inFlight().first)
            _ = try await commands.run("cancel", run.id)
            _ = await command.result
        }
    }

    @Test func `a reader that goes away loses nothing but the result`() async throws {
        try await withCommands { commands, _ in
            let result = try await commands.run(["image", "a fox"], streams: StandardStreams(output: .abandonedPipe))
            #expect(result.status == 0)
            #expect(result.lostResults == 0)
            #expect(try commands.store().runs().first?.outputs.first?.path != nil)
        }
    }
}
