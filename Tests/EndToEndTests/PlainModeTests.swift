import Foundation
import TestSupport
import Testing

/// The studio in lines.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct PlainModeTests {
    @Test func `a pipe goes from a prompt to a saved picture, in sentences`() async throws {
        let workspace = try Workspace()
        let lines = "a red fox\nset num_outputs 2\nset num_outputs nine\nestimate\nrun\nspend\n"
        let studio = try workspace.plainDemo(lines)
        #expect(await studio.status == 0)
        let output = await studio.output
        #expect(output.contains("It costs $0.003, 1 image × $0.003."))
        #expect(output.contains("num_outputs is 2"))
        #expect(output.contains("Error: num_outputs must be"))
        #expect(output.contains("It costs $0.006"))
        #expect(output.contains("Run 1: done, $0.006, saved "))
        #expect(workspace.outputs("webp").count == 2)
        // No borders, no colours, nothing that moves the cursor.
        #expect(!output.contains("\u{1B}") && !output.contains("╭") && !output.contains("\r"))
    }

    @Test func `a question that nobody answers is answered with no`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.plainDemo("a fox\ncount 40\nrun\n")
        #expect(await studio.status == 0)
        let output = await studio.output
        #expect(output.contains("Type yes or no."))
        #expect(workspace.outputs("webp").isEmpty)
    }
}

extension Workspace {
    fileprivate func plainDemo(_ input: String) throws -> RunningCommand {
        try RunningCommand(
            Self.program,
            ["demo", "--speed", "20", "--plain"],
            environment([:]),
            directory: folder,
            input: input
        )
    }
}
