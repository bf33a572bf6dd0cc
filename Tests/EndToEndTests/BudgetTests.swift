import Foundation
import History
import Sandbox
import TestSupport
import Testing

@Suite(.inTurns)
struct BudgetTests {
    /// Six pictures of $0.04 at once, each from a process of its own, and a budget for two of them.
    @Test(arguments: ["day", "month"])
    func `processes that start at the same moment cannot together break the budget`(window: String) async throws {
        let workspace = try Workspace()
        try workspace.configure("budget: {\(window): 0.09}")
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
            #expect(statuses.sorted() == [0, 0, 79, 79, 79, 79])
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
            #expect(await run.status == 79)
            #expect(await run.messages.contains("$0.12"))
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test(arguments: [("run", 0.03), ("session", 0.05), ("day", 0.05), ("month", 0.05)])
    func `every budget holds for what another process has under way`(window: String, limit: Double) async throws {
        let workspace = try Workspace()
        try workspace.configure("models: {image: google/imagen-4}")
        try await withSandbox(SandboxConfiguration(speed: 0.001)) { sandbox, url in
            let environment = workspace.environment(for: url)
            let first = try workspace.start("image", "fox", "--no-wait", environment: environment)
            #expect(await first.status == 0)
            try workspace.configure("{models: {image: google/imagen-4}, budget: {\(window): \(limit)}}")
            let command = try workspace.start("image", "fox", "--no-wait", environment: environment)
            #expect(await command.status == 79)
            #expect(await command.messages.contains(window == "run" ? "$0.04" : "$0.08"))

            // A service knows no session.
            if window != "session" {
                let serving = try await Serving(workspace, environment)
                let answer = try await serving.post("/api/generate/image", #"{"prompt":"fox"}"#)
                #expect(answer.contains("Over budget: $0.0"))
            }

            let studio = try workspace.terminal(environment: environment)
            try await studio.waitForText("google/imagen-4")
            studio.send("fox")
            try await studio.waitForText("! Over budget: \(window == "run" ? "$0.04 of $0.03" : "$0.08 of $0.05")")
            studio.press("alt+enter", "ctrl+q")
            try await studio.waitForText("Leave the studio?")
            studio.press("tab", "enter")
            _ = try await studio.waitForExit()
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test func `a run of unknown price that another process has under way is told of`() async throws {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 0.001)) { _, url in
            let environment = workspace.environment(for: url)
            let first = try workspace.start(
                "run",
                "meta/meta-llama-3-8b-instruct",
                "prompt=fox",
                "--no-wait",
                environment: environment
            )
            #expect(await first.status == 0)
            let cost = try workspace.start("cost", "--model", "google/imagen-4", environment: environment)
            #expect(await cost.messages.contains("1 run of unknown price is under way"))
            let json = try workspace.start("cost", "--model", "google/imagen-4", "--json", environment: environment)
            #expect(await json.output.contains(#""decision":"ask""#))
        }
    }

    @Test func `cost says what the budgets would say, and refuses two questions at once`() async throws {
        let workspace = try Workspace()
        try workspace.configure("budget: {day: 0.02, ask_above: 0.01}")
        let environment = workspace.environment()
        let refused = try workspace.start("cost", "--model", "google/imagen-4", environment: environment)
        #expect(await refused.status == 79)
        #expect(await refused.messages.contains("It would not be run. Over budget: $0.04 of $0.02 today"))
        let asked = try workspace.start(
            ["cost", "--model", "black-forest-labs/flux-schnell", "num_outputs=4", "--json"],
            environment
        )
        #expect(await asked.output.contains(#""decision":"ask""#))
        let fine = try workspace.start(
            "cost",
            "--model",
            "black-forest-labs/flux-schnell",
            "--json",
            environment: environment
        )
        #expect(await fine.output.contains(#""decision":"go""#))
        #expect(await fine.output.contains(#""reason":null"#))
        let both = try workspace.start("cost", "--images", "4", "--model", "google/imagen-4", environment: environment)
        #expect(await both.status == 64)
        #expect(await both.messages.contains("num_outputs=4"))
        let reference = try workspace.start(
            "cost",
            "--images",
            "10",
            "--video-seconds",
            "30",
            "--json",
            environment: environment
        )
        #expect(await reference.output == "{\"breakdown\":{\"images\":0.03,\"video\":3},\"estimated_cost\":3.03}\n")
    }

    @Test(arguments: [("n", Int32(79), 0), ("y", Int32(0), 1)])
    func `above the limit a person at a terminal is asked, and only yes runs`(
        answer: String,
        status: Int32,
        created: Int
    ) async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let terminal = try workspace.terminal(
                "image",
                "fox",
                "--model",
                "google/imagen-4",
                "--no-download",
                "--count",
                "3",
                environment: workspace.environment(for: url)
            )
            try await terminal.waitForText("$0.12")
            try await terminal.waitForText("Run? [y/N]")
            #expect(sandbox.statistics.predictionsCreated == 0)
            terminal.send("\(answer)\r")
            try await terminal.waitForExit(as: .exited(status))
            #expect(sandbox.statistics.predictionsCreated == created * 3)
        }
    }

    @Test func `an unknown price is asked about at a terminal, too`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let terminal = try workspace.terminal(
                "run",
                "meta/meta-llama-3-8b-instruct",
                "prompt=fox",
                environment: workspace.environment(for: url)
            )
            try await terminal.waitForText("The price is not known")
            terminal.press("enter")
            try await terminal.waitForExit(as: .exited(79))
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a deleted record leaves the list, and its amount stays in spend and budget`() async throws {
        let workspace = try Workspace()
        try workspace.configure("budget: {day: 0.05}")
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let image = ["image", "fox", "--model", "google/imagen-4", "--no-download"]
            let run = try workspace.start(image, environment)
            #expect(await run.status == 0)
            let spend = try workspace.start("spend", "--by", "model", "--csv", environment: environment)
            let store = try HistoryStore.open(path: workspace.database.path)
            #expect(try store.delete(try #require(try store.runs().first).id))
            let list = try workspace.start("list", "--json", environment: environment)
            #expect(await list.output == "")
            let after = try workspace.start("spend", "--by", "model", "--csv", environment: environment)
            #expect(await after.output == spend.output)
            #expect(await after.output.contains("google/imagen-4,1,0.04"))
            let refused = try workspace.start(image, environment)
            #expect(await refused.status == 79)
            #expect(await refused.messages.contains("$0.08"))
        }
    }

    @Test func `what a canceled run costs is told, and what is free`() async throws {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 0.05, queueTime: .zero)) { _, url in
            let environment = workspace.environment(for: url)
            let run = try workspace.start(
                ["run", "lab/slow-diffusion", "prompt=fox", "--hardware", "gpu-l40s", "--no-wait"],
                environment
            )
            let id = await run.output.trimmingCharacters(in: .whitespacesAndNewlines)
            while true {
                let show = try workspace.start("show", id, "--json", environment: environment)
                if await show.output.contains(#""status":"processing""#) { break }
            }
            let canceled = try workspace.start("cancel", id, environment: environment)
            #expect(await canceled.status == 0)
            #expect(await canceled.output.contains("canceled  about $"))
            #expect(await canceled.output.contains("estimate ≈ $"))
            #expect(await canceled.messages.contains("charged for the time it ran"))
            let again = try workspace.start("cancel", id, "--json", environment: environment)
            #expect(await again.output.contains(#""cost_basis":"estimated""#))
        }
    }

    @Test func `show tells estimate and cost side by side to machines, and the API's own answer`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let run = try workspace.start("image", "fox", "--json", "--no-download", environment: environment)
            let result = await run.output
            #expect(result.contains(#""error":null"#))
            #expect(result.contains(#""success":true"#))
            #expect(result.contains(#""cost":0.003,"cost_basis":"counted","cost_because":"1 image × $0.003""#))
            #expect(
                result.contains(#""estimate_because":"1 image × $0.003","estimate_high":0.003,"estimate_low":0.003"#)
            )
            let id = try #require(result.firstMatch(of: #/"prediction_id":"([^"]+)"/#)?.output.1)
            let show = try workspace.start("show", String(id), "--json", environment: environment)
            let shown = await show.output
            #expect(shown.contains(#""deviation_percent":null"#))
            #expect(shown.contains(#""estimate_high":0.003"#))
            let raw = try workspace.start("show", String(id), "--raw", environment: environment)
            #expect(await shown.contains(#""prediction":"# + raw.output.trimmingCharacters(in: .newlines)))
            #expect(!(await raw.output.contains("estimate")))
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
                    model,runs,cost_usd,free_runs,unknown_runs,compared_usd,estimate_low_usd,estimate_high_usd
                    black-forest-labs/flux-schnell,1,0.012,0,0,0.012,0.012,0.012

                    """
            )
        }
    }

    @Test func `what nobody can tell is empty in a table and null for machines, never nothing`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let run = try workspace.start(
                ["run", "lab/slow-diffusion", "prompt=fox", "--no-download", "--json"],
                environment
            )
            #expect(await run.output.contains(#""cost":null,"cost_basis":"unknown""#))
            let table = try workspace.start("spend", "--by", "model", "--csv", environment: environment)
            #expect(await table.output.contains("\nlab/slow-diffusion,1,,0,1,,,\n"))
            let json = try workspace.start("spend", "--by", "model", "--json", environment: environment)
            #expect(await json.output.contains(#""cost":null"#))
        }
    }

    @Test func `a community model's hardware is told once and remembered`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let model = ["cost", "--model", "lab/slow-diffusion", "--json"]
            let before = try workspace.start(model, environment)
            #expect(await before.output.contains(#""basis":"range","decision":"ask""#))
            #expect(await before.output.contains("hardware not named"))
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
    var configFile: URL { folder.appending(path: ".config/darkroom/config.yaml") }

    func configure(_ yaml: String) throws {
        let folder = configFile.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(yaml.utf8).write(to: configFile)
    }

    /// Starts the program without a terminal.
    func start(_ arguments: String..., environment: [String: String]) throws -> RunningCommand {
        try start(arguments, environment)
    }

    func start(_ arguments: [String], _ environment: [String: String]) throws -> RunningCommand {
        try RunningCommand(Self.program, arguments, environment, directory: folder)
    }
}
