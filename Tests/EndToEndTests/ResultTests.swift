import Foundation
import Sandbox
import TestSupport
import Testing

/// What scripts read: the reference's JSON, one document a line.
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

    @Test func `the reference's estimate is a number of decimal dollars`() async throws {
        let workspace = try Workspace()
        let arguments = ["cost", "--images", "10", "--video-seconds", "30"]
        let (cost, status) = try await result(arguments, workspace.environment(), workspace)
        #expect(status == 0)
        #expect(cost["estimated_cost"] as? Double == 3.03)
        #expect((cost["breakdown"] as? [String: Double]) == ["images": 0.03, "video": 3.0])
    }
}
