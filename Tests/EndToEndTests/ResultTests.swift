import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// What scripts read: the reference's JSON, one document a line.
@Suite(.inTurns)
struct ResultTests {

    /// The only line that a command prints, as JSON, and its exit status.
    private func result(_ arguments: [String], _ environment: [String: String], _ workspace: Workspace) async throws
        -> (members: [String: Any], status: Int32)
    {
        let command = try workspace.start(arguments + ["--json"], environment)
        let (output, status) = await (command.output, command.status)
        let document = try JSONSerialization.jsonObject(with: Data(output.utf8))
        return (try #require(document as? [String: Any], "\(output)"), status)
    }

    private func isNull(_ value: Any?) -> Bool { value is NSNull }

    @Test func `a picture's result has the reference's members with the reference's types`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let (result, status) = try await result(["image", "a \"red\" fox"], environment, workspace)
            #expect(status == 0)
            #expect(result["success"] as? Bool == true)
            #expect((result["image_url"] as? String)?.hasPrefix("http://127.0.0.1") == true)
            #expect(isNull(result["error"]))
            #expect((result["prediction_id"] as? String)?.count == 26)
            #expect((result["image_urls"] as? [String])?.count == 1)
            #expect((result["files"] as? [String])?.allSatisfy { FileManager.default.fileExists(atPath: $0) } == true)
            #expect(result["cost"] as? Double == 0.003)
            #expect(isNull(result["not_saved"]))

            let id = try #require(result["prediction_id"] as? String)
            let poll = try await self.result(["poll", id], environment, workspace)
            #expect(poll.members["status"] as? String == "succeeded")
            #expect((poll.members["output"] as? [String])?.count == 1)
            #expect(isNull(poll.members["error"]))
            #expect(Set(poll.members.keys).isSuperset(of: ["status", "output", "error"]))
        }
    }

    @Test func `a film's result says how long it is, and a failed one why`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let picture = try await result(["image", "a fox"], environment, workspace).members
            let address = try #require(picture["image_url"] as? String)
            let (film, status) = try await result(["video", address], environment, workspace)
            #expect(status == 0)
            #expect(film["success"] as? Bool == true)
            #expect((film["video_url"] as? String)?.hasPrefix("http://127.0.0.1") == true)
            #expect((film["duration_seconds"] as? Double ?? 0) > 0)

            let (failed, failure) = try await result(["run", "lab/always-fails"], environment, workspace)
            #expect(failure == 1)
            #expect(failed["success"] as? Bool == false)
            #expect((failed["error"] as? String)?.isEmpty == false)
            #expect(isNull(failed["output"]))
        }
    }

    @Test func `what any model makes comes as it came`() async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let (text, status) = try await result(
                ["run", "replicate/hello-world", "prompt=Ada"],
                environment,
                workspace
            )
            #expect(status == 0)
            #expect((text["output"] as? [String])?.joined() == "hello Ada")
            #expect((text["files"] as? [String])?.isEmpty == true)
        }
    }

    /// What a command prints, line by line, its messages, and its exit status.
    private func run(_ arguments: [String], _ environment: [String: String], _ workspace: Workspace) async throws
        -> (lines: [String], messages: String, status: Int32)
    {
        let command = try workspace.start(arguments, environment)
        let (output, messages, status) = await (command.output, command.messages, command.status)
        return (output.split(separator: "\n").map(String.init), messages, status)
    }

    @Test(arguments: [
        (
            "transcription",
            #"{"segments":[{"end":1,"start":0,"text":"hello"}],"transcription":"hello there","translation":null}"#
        ),
        ("number", "0.9312"), ("boolean", "false"), ("vectors", "[[0.1,0.2],[0.3,0.4]]"),
        ("object", #"{"caption":"a fox","score":0.5,"seed":7}"#),
    ])
    func `run prints every value that is no file`(shape: String, printed: String) async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let (lines, _, status) = try await run(
                ["run", "lab/shapes", "shape=\(shape)"],
                workspace.environment(for: url),
                workspace
            )
            #expect(status == 0)
            #expect(lines.last == printed)
            #expect(lines.count == (shape == "object" ? 2 : 1))
        }
    }

    @Test func `nothing made is no success, fewer than asked for are told, and what failed late is printed`()
        async throws
    {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let environment = workspace.environment(for: url)
            let (nothing, status) = try await result(
                ["image", "a fox", "--model", "lab/shapes", "--input", "shape=empty"],
                environment,
                workspace
            )
            #expect(status == 1)
            #expect(nothing["success"] as? Bool == false)
            #expect((nothing["error"] as? String)?.contains("NSFW") == true)
            #expect((nothing["note"] as? String)?.contains("safety filter") == true)

            let (fewer, done) = try await result(
                ["run", "lab/shapes", "shape=fewer", "num_outputs=4"],
                environment,
                workspace
            )
            #expect(done == 0)
            #expect(fewer["success"] as? Bool == true)
            #expect(fewer["note"] as? String == "3 of 4 made")
            #expect((fewer["files"] as? [String])?.count == 3)

            let late = try await run(["run", "lab/shapes", "shape=failed-late"], environment, workspace)
            #expect(late.status == 1)
            #expect(late.lines.count == 2)
            #expect(late.messages.contains("The safety check broke"))
        }
    }

    @Test func `a file that cannot be had is no success`() async throws {
        let workspace = try Workspace()
        let configuration = SandboxConfiguration(speed: 20, faults: [FaultRule(.expired)])
        try await withSandbox(configuration) { _, url in
            let environment = workspace.environment(for: url)
            let (result, status) = try await result(["image", "a fox", "--timeout", "3"], environment, workspace)
            #expect(status != 0)
            #expect(result["success"] as? Bool == false)
            #expect((result["error"] as? String)?.isEmpty == false)
        }
    }

    @Test(
        arguments: [
            (["image", "a fox", "--count", "0"], 64), (["image"], 64), (["run", "no model", "a=b"], 64),
            (["video"], 64), (["poll", "nosuchprediction0000000000"], 66), (["run", "lab/shapes", "shape=round"], 64),
            (["image", "a fox", "--max-cost", "0.0001"], 79), (["list", "--limit", "-1"], 64), (["nonsense"], 64),
            (["show", "nosuchprediction0000000000"], 66),
        ] as [([String], Int32)]
    )
    func `every refusal prints its object, with the status that the command ends with`(
        arguments: [String],
        status: Int32
    ) async throws {
        let workspace = try Workspace()
        try await withSandbox { _, url in
            let (members, ended) = try await result(arguments, workspace.environment(for: url), workspace)
            #expect(ended == status)
            #expect(members["success"] as? Bool == false)
            #expect((members["error"] as? String)?.isEmpty == false)
            #expect(members["exit_status"] as? Int == Int(status))
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
    func `a signal prints the object of the run that goes on`(number: Int32, status: Int32) async throws {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 0.02)) { sandbox, url in
            let environment = workspace.environment(for: url)
            let command = try workspace.start(["image", "a fox", "--json"], environment)
            while sandbox.statistics.predictionsCreated == 0 { try await Task.sleep(for: .milliseconds(5)) }
            command.signal(number)
            #expect(await command.status == status)
            let line = try JSONSerialization.jsonObject(with: Data(await command.output.utf8))
            let members = try #require(line as? [String: Any])
            #expect(members["success"] as? Bool == false)
            #expect((members["error"] as? String)?.contains("goes on") == true)
            #expect(members["run_id"] as? String != nil)
        }
    }

    @Test func `the reference's estimate is a number of decimal dollars`() async throws {
        let workspace = try Workspace()
        let arguments = ["cost", "--images", "10", "--video-seconds", "30"]
        let (cost, status) = try await result(arguments, workspace.environment(), workspace)
        #expect(status == 0)
        #expect(cost["estimated_cost"] as? Double == 3.03)
        #expect((cost["breakdown"] as? [String: Double]) == ["images": 0.03, "video": 3.0])
    }
}
