import Foundation
import Sandbox
import TestSupport
import Testing

/// Where files go, and what is there already.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct PlacementTests {
    private func members(_ command: RunningCommand) async throws -> [String: Any] {
        let text = await command.output
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    @Test func `a file that is there already is left, replaced or made nothing for, as the options say`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            let file = workspace.folder.appending(path: "fox.webp")
            func image(_ words: String...) throws -> RunningCommand {
                try workspace.start(["image", "a fox"] + words, environment)
            }
            #expect(await (try image("-o", "fox.webp")).status == 0)
            let first = try Data(contentsOf: file)
            #expect(first.count > 1_000)
            let refused = try image("-o", "fox.webp")
            #expect(await refused.status == 73)
            #expect(await refused.messages.contains("is there already. Nothing was sent"))
            #expect(await (try image("-o", "fox.webp", "--no-clobber")).status == 0)
            #expect(sandbox.statistics.predictionsCreated == 1)
            #expect(try Data(contentsOf: file) == first)
            #expect(await (try image("-o", "fox.webp", "--overwrite")).status == 0)
            #expect(sandbox.statistics.predictionsCreated == 2)
            #expect(try Data(contentsOf: file) != first)
            // Four pictures of two runs, and nothing else.
            let many = try image("-o", "many/{a}.png", "--count", "2", "--input", "num_outputs=2")
            await expect(many, endsWith: 0)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: workspace.folder.appending(path: "many").path
            )
            #expect(names.sorted() == ["{a}-2.png", "{a}-2_2.png", "{a}.png", "{a}_2.png"])
        }
    }

    @Test func `bytes go to standard output on request, and to a terminal never`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            let command = try workspace.start(["image", "a fox", "-o", "-", "--quiet", "--key", "k"], environment)
            #expect(await command.status == 0)
            let kept = try #require(workspace.outputs("webp").first)
            let script = try workspace.script(
                "piped",
                "\(Workspace.program) image 'a fox' -o - --key k --quiet | cmp - '\(kept.path)'"
            )
            let same = try RunningCommand(script, [], environment, directory: workspace.folder)
            await expect(same, endsWith: 0)
            #expect(sandbox.statistics.predictionsCreated == 1)
            let terminal = try workspace.terminal("image", "a fox", "-o", "-", environment: environment)
            try await terminal.waitForExit(as: .exited(64))
        }
    }

    @Test func `names follow the pattern, modes the umask, and no folder of a day is left empty`() async throws {
        let workspace = try Workspace()
        let broken = FaultRule(.expired, at: .delivery)
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let script = try workspace.script(
                "named",
                """
                umask 027
                exec \(Workspace.program) image 'a fox' --key 'SKU 1' --output-dir out --name '{model}/{key}-{index}' \\
                    --input num_outputs=2
                """
            )
            let run = try RunningCommand(script, [], environment, directory: workspace.folder)
            await expect(run, endsWith: 0)
            let folder = workspace.folder.appending(path: "out/black-forest-labs-flux-schnell")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(names == ["SKU-1-0.webp", "SKU-1-1.webp"])
            func mode(_ file: URL) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            }
            #expect(try mode(folder.appending(path: names[0])) == 0o640)
            #expect(try mode(folder) == 0o750)
            #expect(await (try workspace.start(["image", "a fox"], environment)).status == 0)
            #expect(try mode(try #require(workspace.outputs("webp").first)) == 0o600)
        }
        try await withSandbox(SandboxConfiguration(speed: 20, faults: [broken])) { _, url in
            let run = try workspace.start(
                ["image", "a fox", "--output-dir", "empty", "--timeout", "5"],
                workspace.environment(for: url)
            )
            #expect(await run.status != 0)
            let left = try FileManager.default.contentsOfDirectory(
                atPath: workspace.folder.appending(path: "empty").path
            )
            #expect(left == [])
        }
    }

    @Test func `a file that was moved is found by its content, and deleted with its run only while it is the same`()
        async throws
    {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            for key in ["a", "b"] {
                #expect(await (try workspace.start(["image", key, "--key", key], environment)).status == 0)
            }
            let files = workspace.outputs("webp")
            let place = workspace.folder.appending(path: "elsewhere")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let moved = place.appending(path: "renamed.bin")
            try FileManager.default.moveItem(at: files[0], to: moved)
            #expect(await (try workspace.start(["verify"], environment)).status == 1)
            let found = try workspace.start(["verify", "--look-in", place.path, "--json"], environment)
            await expect(found, endsWith: 0)
            #expect(await found.output.contains(#""moved":true"#))
            #expect(await (try workspace.start(["verify"], environment)).status == 0)
            // One file is another by now.
            try Data("mine".utf8).write(to: files[1])
            let trial = try workspace.start(["delete", "--keep-last", "0", "--files", "--dry-run"], environment)
            #expect(await trial.status == 0)
            #expect(FileManager.default.fileExists(atPath: moved.path))
            #expect(await (try workspace.start(["delete", "--keep-last", "0", "--files"], environment)).status == 0)
            #expect(!FileManager.default.fileExists(atPath: moved.path))
            #expect(FileManager.default.fileExists(atPath: files[1].path))
            #expect(await (try workspace.start(["list", "--json"], environment)).output == "")
            let spend = try workspace.start(["spend", "--json", "--by", "day,model"], environment)
            #expect(try await members(spend)["total"] as? [String: Any] != nil)
            #expect(await spend.output.contains(#""cost":0.006"#))
        }
    }
}
