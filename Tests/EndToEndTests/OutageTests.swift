import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(.inTurns)
struct OutageTests {
    @Test func `a studio that was opened while the API was away finds it when it is back`() async throws {
        let workspace = try Workspace()
        let nobody = try LoopbackSocket(isListening: false)
        let url = try #require(URL(string: "http://127.0.0.1:\(nobody.port)/v1"))
        let studio = try workspace.terminal(environment: workspace.environment(for: url))
        try await studio.waitForText("offline")
        nobody.close()
        try await withSandbox(SandboxConfiguration(port: nobody.port, speed: 20)) { _, _ in
            try await studio.waitForText("num_outputs")
            try await studio.waitForText("online")
            studio.press("ctrl+q")
            try await studio.waitForExit()
        }
    }

    @Test func `a token that is not accepted is called so`() async throws {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(token: "r8_another")) { _, url in
            let studio = try workspace.terminal(environment: workspace.environment(for: url))
            try await studio.waitForText("token refused")
            studio.press("ctrl+q")
            try await studio.waitForExit()
        }
    }

    @Test func `what a demo left running is closed when the next one opens`() async throws {
        let workspace = try Workspace()
        let first = try workspace.terminal("demo", "--speed", "0.01")
        try await first.waitForText("num_outputs")
        first.send("a fox")
        try await first.waitForText("Run $0.003")
        first.press("alt+enter")
        try await first.waitForText("starting")
        first.press("ctrl+q")
        try await first.waitForText("ends with the demo")
        first.press("tab", "enter")
        try await first.waitForExit()

        let second = try workspace.terminal("demo", "--speed", "0.01")
        try await second.waitForText("the demo that ran it has ended")
        #expect(!second.contains("running"))
        second.press("ctrl+q")
        try await second.waitForExit()
    }
}
