import Foundation
import Sandbox
import TestSupport
import Testing

/// `darkroom` where nobody has a token yet.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct FirstStartTests {
    private func mode(_ file: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    }

    /// Everything that lies in the workspace as text, apart from one file.
    private func texts(in workspace: Workspace, but kept: URL) -> String {
        let files = FileManager.default.enumerator(at: workspace.folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? [])
            .filter { $0.standardizedFileURL != kept.standardizedFileURL }
            .compactMap { try? Data(contentsOf: $0) }.map { String(decoding: $0, as: UTF8.self) }.joined()
    }

    @Test func `a token is asked for, checked, kept for its owner alone, and works`() async throws {
        let workspace = try Workspace(isFirstStart: true)
        try await withSandbox(SandboxConfiguration(speed: 0, token: Workspace.token)) { sandbox, url in
            let environment = workspace.environment(["REPLICATE_BASE_URL": url.absoluteString])
            let studio = try workspace.terminal(environment: environment)
            try await studio.waitForText("Welcome to Darkroom")
            studio.paste("r8_notTheRightOne")
            try await studio.waitForText("•••••")
            studio.press("enter")
            try await studio.waitForText("✗")
            let file = workspace.configFile.deletingLastPathComponent().appending(path: "token")
            #expect(!FileManager.default.fileExists(atPath: file.path))

            studio.paste(Workspace.token + "\n")
            try await studio.waitForText("•••••")
            #expect(!studio.contains(Workspace.token))
            studio.press("enter")
            try await studio.waitForText("What may be spent")
            #expect(try String(contentsOf: file, encoding: .utf8) == Workspace.token + "\n")
            #expect(try mode(file) == 0o600)

            studio.press("down", "down", "ctrl+u")
            studio.send("3.25")
            studio.press("enter")
            try await studio.waitForText("To begin with")
            #expect(try String(contentsOf: workspace.configFile, encoding: .utf8).contains("day: 3.25"))
            studio.press("enter")
            // Another sitting, with the account.
            try await studio.waitForText("num_outputs")
            studio.send("a red fox")
            try await studio.waitForText("Run $0.003")
            studio.press("alt+enter")
            try await studio.waitForText("✓ a red fox")
            studio.press("ctrl+q")
            try await studio.waitForExit(as: .exited(0))
            #expect(sandbox.statistics.predictionsCreated == 1)
            #expect(!texts(in: workspace, but: file).contains(Workspace.token))

            // It does not come again, and commands have the token too.
            let again = try workspace.terminal(environment: environment)
            try await again.waitForText("num_outputs")
            #expect(!again.contains("Welcome to Darkroom"))
            again.press("ctrl+q")
            try await again.waitForExit()
            let list = try workspace.start(["list", "--remote"], environment)
            #expect(await list.status == 0)
        }
    }

    @Test func `the demo is chosen, and the guide does not come again`() async throws {
        let workspace = try Workspace(isFirstStart: true)
        let studio = try workspace.terminal()
        try await studio.waitForText("Welcome to Darkroom")
        studio.press("enter")
        try await studio.waitForText("To begin with")
        studio.press("enter")
        try await studio.waitForText("nothing is billed")
        studio.press("ctrl+q")
        try await studio.waitForExit(as: .exited(0))
        #expect(studio.attributesAreRestored)
        let again = try workspace.terminal()
        try await again.waitForText("no token")
        #expect(!again.contains("Welcome to Darkroom"))
        again.press("ctrl+q")
        try await again.waitForExit()
    }

    @Test func `Esc leads past it to the studio without a token, and a key brings it back`() async throws {
        let workspace = try Workspace(isFirstStart: true)
        let studio = try workspace.terminal(columns: 80, rows: 24)
        try await studio.waitForText("Welcome to Darkroom")
        studio.press("escape")
        try await studio.waitForText("no token")
        try await studio.waitUntil("the guide is gone") { !$0.contains("Welcome to Darkroom") }
        studio.press("alt+g")
        try await studio.waitForText("Welcome to Darkroom")
        studio.press("ctrl+c")
        try await studio.waitForExit(as: .exited(0))
    }
}
