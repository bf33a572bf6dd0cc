import Foundation
import Sandbox
import TestSupport
import Testing

/// The scripts of `docs/Scripting.md`, as they stand there, by the shells that people have, with kills in between.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct ScriptingTests {
    private static let shells = ["/bin/sh", "/bin/bash", "/bin/dash"].filter(FileManager.default.isExecutableFile)

    private static func has(_ program: String) -> Bool {
        ["/usr/bin", "/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    /// The script after `<!-- test: NAME -->` in the page.
    private static func script(_ name: String) throws -> String {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/Scripting.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let after = try #require(text.components(separatedBy: "<!-- test: \(name) -->\n").dropFirst().first)
        let block = try #require(after.components(separatedBy: "\n```").first)
        return block.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(separator: "\n") + "\n"
    }

    /// A folder with what the scripts read, and the program on the path.
    private struct Place {
        let workspace: Workspace
        let environment: [String: String]

        init(_ url: URL, prompts: Int) throws {
            workspace = try Workspace()
            let files = FileManager.default
            let bin = workspace.folder.appending(path: "bin")
            try files.createDirectory(at: bin, withIntermediateDirectories: true)
            try files.createSymbolicLink(
                atPath: bin.appending(path: "darkroom").path,
                withDestinationPath: Workspace.program
            )
            environment = workspace.environment(for: url).merging(["PATH": "\(bin.path):/usr/bin:/bin"]) { $1 }
            let lines = (1...prompts).map { "a fox, number \($0)" }
            try write("prompts.txt", lines.joined(separator: "\n") + "\n")
            try write("prompts.tsv", lines.enumerated().map { "k\($0)\t\($1)\n" }.joined())
            try files.createDirectory(
                at: workspace.folder.appending(path: "prompts"),
                withIntermediateDirectories: true
            )
            for (index, line) in lines.enumerated() { try write("prompts/p\(index).txt", line + "\n") }
        }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: workspace.folder.appending(path: name))
        }

        func text(_ name: String) -> String {
            (try? String(contentsOf: workspace.folder.appending(path: name), encoding: .utf8)) ?? ""
        }

        func pictures(in folder: String) -> [String] {
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: workspace.folder.appending(path: folder).path
            )
            return (names ?? []).filter { !$0.hasPrefix(".") }
        }

        func start(_ words: [String]) throws -> RunningCommand {
            try RunningCommand("/usr/bin/env", words, environment, directory: workspace.folder)
        }
    }

    /// How each script is started in a place, and where its pictures are.
    private func command(_ name: String, _ place: Place, shell: String) throws -> [String] {
        let script = try Self.script(name)
        if name == "make" {
            try place.write("Makefile", script)
            return ["make", "-j", "8", "-k"]
        }
        try place.write("script.sh", script)
        return [shell, "script.sh"]
    }

    @Test(arguments: ["batch", "loop", "xargs", "make"])
    func `forty prompts and ten kills make forty predictions`(name: String) async throws {
        guard name != "make" || Self.has("make"), name != "xargs" || Self.has("xargs") else { return }
        try await withSandbox(SandboxConfiguration(speed: 40)) { sandbox, url in
            let place = try Place(url, prompts: 40)
            let words = try command(name, place, shell: "/bin/sh")
            var generator = SeededGenerator(seed: UInt64(name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
            var kills = 0
            while kills < 10 {
                let created = sandbox.statistics.predictionsCreated
                let running = try place.start(words)
                // At some moment after it has begun to make more, or while it looks at what is there.
                let wanted = min(40, created + Int.random(in: 0...3, using: &generator))
                let limit = ContinuousClock.now + .seconds(4)
                while sandbox.statistics.predictionsCreated < wanted, ContinuousClock.now < limit {
                    try await Task.sleep(for: .milliseconds(2))
                }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...300, using: &generator)))
                try await killGroup(of: running, place)
                kills += 1
            }
            let last = try place.start(words)
            await expect(last, endsWith: 0)
            #expect(sandbox.statistics.predictionsCreated == 40)
            #expect(
                place.pictures(in: "out").flatMap { name in
                    name.contains(".") ? [name] : place.pictures(in: "out/\(name)")
                }.count == 40
            )
            // Once more there is nothing to do.
            let again = try place.start(words)
            await expect(again, endsWith: 0)
            #expect(sandbox.statistics.predictionsCreated == 40)
        }
    }

    /// Kills a script with everything that it has started: no other process has this home.
    private func killGroup(of running: RunningCommand, _ place: Place) async throws {
        for process in try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init) {
            guard let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ"),
                environment.range(of: Data("HOME=\(place.workspace.folder.path)\0".utf8)) != nil
            else { continue }
            kill(process, SIGKILL)
        }
        running.signal(SIGKILL)
        _ = await running.status
    }

    @Test(arguments: shells, ["batch", "loop", "xargs", "chain", "jq", "status", "notify", "tidy"])
    func `every script of the page does what it is there for`(shell: String, name: String) async throws {
        guard name != "jq" || Self.has("jq") else { return }
        try await withSandbox(SandboxConfiguration(speed: 40)) { sandbox, url in
            let place = try Place(url, prompts: 4)
            let environment = place.environment
            if name == "chain" {
                let picture = try place.workspace.start(["image", "a fox", "-o", "fox.webp"], environment)
                await expect(picture, endsWith: 0)
            }
            if name == "tidy" {
                #expect(await (try place.workspace.start(["image", "a fox"], environment)).status == 0)
            }
            let before = sandbox.statistics.predictionsCreated
            let run = try place.start(try command(name, place, shell: shell))
            await expect(run, endsWith: 0)
            let made = sandbox.statistics.predictionsCreated - before
            switch name {
            case "batch":
                #expect(made == 4)
                #expect(place.text("results.jsonl").split(separator: "\n").count == 4)
            case "loop", "xargs":
                #expect(made == 4)
                #expect(place.pictures(in: "out").count == 4)
            case "chain":
                #expect(made == 3)
                #expect(place.pictures(in: ".").contains("fox.mp4"))
                #expect(place.pictures(in: ".").contains("snow.png"))
            case "jq":
                let lines = await run.output.split(separator: "\n")
                #expect(lines.count == 5)
                #expect(lines.first?.split(separator: "\t").count == 4)
            case "status":
                #expect(await run.output.hasPrefix("made: /"))
            case "notify":
                #expect(place.text("ended.txt").hasPrefix("4 lines, 4 of 4 done"))
                #expect(place.text("ended.json").contains(#""event":"batch.ended""#))
                #expect(!place.text("ended.json").contains(Workspace.token))
            default: #expect(made == 0)
            }
            let messages = await run.messages
            #expect(messages == "" || name == "tidy", "\(messages)")
            #expect(sandbox.statistics.leakedTokens == 0)
        }
    }

    @Test func `every script of the page is run here`() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/Scripting.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let names = text.components(separatedBy: "<!-- test: ").dropFirst().compactMap {
            $0.components(separatedBy: " ").first
        }
        let known = ["loop", "batch", "xargs", "make", "chain", "jq", "status", "notify", "tidy"]
        #expect(Set(names) == Set(known))
        // A block of code without a name would be run by nobody.
        #expect(
            text.components(separatedBy: "\n```sh").count + text.components(separatedBy: "\n```make").count == names
                .count + 2
        )
    }
}
