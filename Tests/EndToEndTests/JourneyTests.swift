import Foundation
import TestSupport
import Testing

@Suite(.inTurns)
struct JourneyTests {
    @Test func `the demo goes from an empty prompt to a saved picture and a saved video with keys alone`() async throws
    {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", "--speed", "10")
        try await studio.waitForText("nothing is billed")
        try await studio.waitForText("num_outputs")
        studio.send("a red fox asleep in a hollow oak")
        try await studio.waitForText("Run $0.003")
        studio.press("alt+enter")
        try await studio.waitForText("✓ a red fox")
        try await studio.waitUntil(elsewhere: "the picture is saved") { workspace.outputs("webp").count == 1 }
        try await studio.waitForText("$0.003 today")
        let picture = try #require(workspace.outputs("webp").first)
        #expect(try Data(contentsOf: picture).prefix(4) == Data("RIFF".utf8))
        // The picture itself is on the screen.
        try await studio.waitForText("▀")

        studio.press("alt+5", "u")
        studio.press("alt+m")
        try await studio.waitForText("Esc")
        studio.send("skyreels")
        try await studio.waitForText("fofr/skyreels-2")
        studio.press("enter")
        try await studio.waitForText("1 of 1 sent")
        try await studio.waitForText("Run ≈ $0.20")
        studio.press("alt+enter")
        try await studio.waitForText("Run this?")
        // The focus is on Cancel: a careless Enter spends nothing.
        studio.press("tab", "enter")
        try await studio.waitUntil(elsewhere: "the film is saved") { workspace.outputs("mp4").count == 1 }
        try await studio.waitUntil("both are done") { $0.screenText.split(separator: "✓ a red fox").count == 3 }
        let video = try #require(workspace.outputs("mp4").first)
        #expect(try Data(contentsOf: video).dropFirst(4).prefix(4) == Data("ftyp".utf8))

        studio.press("ctrl+q")
        try await studio.waitForExit(as: .exited(0))
        #expect(studio.attributesAreRestored)
        #expect(studio.modes.isDisjoint(with: [1000, 1002, 1003, 1004, 1006, 1049, 2004, 2031]))
    }

    @Test func `a question before a dear run is answered no by Enter`() async throws {
        let workspace = try Workspace()
        let studio = try workspace.terminal("demo", "--speed", "10")
        try await studio.waitForText("num_outputs")
        studio.send("x")
        studio.press("alt+m")
        try await studio.waitForText("Esc")
        studio.send("imagen-4")
        try await studio.waitForText("google/imagen-4")
        studio.press("enter")
        try await studio.waitForText("Run $0.04")
        studio.press("alt+=", "alt+=", "alt+=")
        try await studio.waitForText("Run $0.16")
        studio.press("alt+enter")
        try await studio.waitForText("Run these 4?")
        studio.press("enter")
        try await studio.waitUntil("the question is gone") { !$0.contains("Run these 4?") }
        try await studio.waitForText("No predictions yet")
        studio.press("ctrl+q")
        try await studio.waitForExit()
    }
}
