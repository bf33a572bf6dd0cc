import Foundation
import Sandbox
import TestSupport
import Testing

struct BudgetTests {
    /// Six pictures of $0.04 at once, each from a process of its own, and a day's budget for two of them.
    @Test func `processes that start at the same moment cannot together break the day's budget`() async throws {
        let workspace = try Workspace()
        try workspace.configure("budget: {day: 0.09}")
        try await withSandbox { sandbox, url in
            let config = ["XDG_CONFIG_HOME": workspace.folder.appending(path: ".config").path]
            let environment = workspace.environment(for: url).merging(config) { $1 }
            let ends = try (0..<6).map { number in
                try workspace.start(
                    "image",
                    "fox \(number)",
                    "--model",
                    "google/imagen-4",
                    "--no-download",
                    environment: environment
                )
            }
            var statuses: [Int32] = []
            for end in ends { statuses.append(await end.status) }
            #expect(statuses.sorted() == [0, 0, 64, 64, 64, 64])
            #expect(sandbox.statistics.predictionsCreated == 2)
        }
    }

    @Test func `a command that is over its limit says the sum and sends nothing`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let run = try workspace.start(
                "image",
                "fox",
                "--model",
                "google/imagen-4",
                "--count",
                "3",
                "--max-cost",
                "0.10",
                environment: workspace.environment(for: url)
            )
            #expect(await run.status == 64)
            #expect(await run.messages.contains("$0.12"))
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `spend, list and show tell what was paid beside what was said`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let run = try workspace.start("image", "fox", "--input", "num_outputs=4", environment: environment)
            #expect(await run.status == 0)
            let list = try workspace.start("list", "--json", environment: environment)
            #expect(await list.output.contains(#""cost":0.012,"cost_basis":"counted""#))
            #expect(await list.output.contains(#""estimate_high":0.012,"estimate_low":0.012"#))
            let spend = try workspace.start("spend", "--by", "model", "--csv", environment: environment)
            #expect(
                await spend.output == """
                    model,runs,cost_usd,free_runs,unknown_runs
                    black-forest-labs/flux-schnell,1,0.012,0,0

                    """
            )
        }
    }

    @Test func `a community model's hardware is told once and remembered`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let model = ["cost", "--model", "lab/slow-diffusion", "--json"]
            let before = try workspace.start(model, environment)
            #expect(await before.output.contains(#""basis":"unknown","estimated_cost":null"#))
            let wrong = try workspace.start(model + ["--hardware", "gpu-of-dreams"], environment)
            #expect(await wrong.status == 64)
            #expect(await wrong.messages.contains("gpu-l40s"))
            let named = try workspace.start(model + ["--hardware", "gpu-l40s"], environment)
            #expect(await named.output.contains(#""basis":"range""#))
            let after = try workspace.start(model, environment)
            #expect(await after.output == named.output)
        }
    }
}

extension Workspace {
    func configure(_ yaml: String) throws {
        let config = folder.appending(path: ".config/darkroom")
        try FileManager.default.createDirectory(at: config, withIntermediateDirectories: true)
        try Data(yaml.utf8).write(to: config.appending(path: "config.yaml"))
    }

    /// Starts the program without a terminal.
    func start(_ arguments: String..., environment: [String: String]) throws -> RunningCommand {
        try start(arguments, environment)
    }

    func start(_ arguments: [String], _ environment: [String: String]) throws -> RunningCommand {
        try RunningCommand(Self.program, arguments, environment, directory: folder)
    }
}
