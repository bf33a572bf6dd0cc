import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.inTurns, .timeLimit(.minutes(10)))
struct VerifyTests {
    private func result(_ arguments: [String], _ environment: [String: String], _ workspace: Workspace) async throws
        -> (members: [String: Any], status: Int32)
    {
        let command = try workspace.start(arguments + ["--json"], environment)
        let (output, status) = await (command.output, command.status)
        let document = try JSONSerialization.jsonObject(with: Data(output.utf8))
        return (try #require(document as? [String: Any], "\(output)"), status)
    }

    @Test func `what is missing or changed is found, fetched again while it is there, and said when it is not`()
        async throws
    {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            for words in ["a fox", "a fjord", "a lake"] {
                #expect(try await result(["image", words], environment, workspace).status == 0)
            }
            let files = workspace.outputs("webp")
            #expect(files.count == 3)
            let (right, status) = try await result(["verify"], environment, workspace)
            #expect(status == 0)
            #expect(right["checked"] as? Int == 3)

            let whole = try Data(contentsOf: files[1])
            try FileManager.default.removeItem(at: files[0])
            // One byte is another one; the length is the same.
            var bytes = whole
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: files[1])
            let (wrong, failed) = try await result(["verify"], environment, workspace)
            #expect(failed == 1)
            #expect(wrong["success"] as? Bool == false)
            let problems = (wrong["wrong"] as? [[String: Any]] ?? []).compactMap { $0["problem"] as? String }
            #expect(problems.sorted() == ["changed", "missing"])

            let (mended, done) = try await result(["verify", "--repair"], environment, workspace)
            #expect(done == 0)
            #expect(mended["success"] as? Bool == true)
            let places = (mended["wrong"] as? [[String: Any]] ?? []).compactMap { $0["repaired"] as? String }
            #expect(places.count == 2)
            #expect(places.allSatisfy { FileManager.default.fileExists(atPath: $0) })
            // What somebody changed is theirs.
            #expect(try Data(contentsOf: files[1]) == bytes)
            #expect(try await result(["verify"], environment, workspace).status == 0)

            sandbox.setFaults([FaultRule(.expired)])
            try FileManager.default.removeItem(at: files[2])
            let list = try workspace.start(["list"], environment)
            #expect(await list.output.contains("file gone"))
            let show = try workspace.start(["show", files[2].path], environment)
            #expect(await show.output.contains("(gone)"))
            sandbox.setFaults([])
            let id = try #require((await show.output).split(separator: "\n").first?.split(separator: " ").last)
            let (poll, ended) = try await result(["poll", String(id)], environment, workspace)
            #expect(ended == 0)
            #expect((poll["files"] as? [String])?.allSatisfy { FileManager.default.fileExists(atPath: $0) } == true)
            #expect(try await result(["verify"], environment, workspace).status == 0)
        }
    }
}
