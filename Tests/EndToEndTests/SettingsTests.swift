import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// Settings that cannot be read, and settings that a stranger wrote.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct SettingsTests {
    enum Damage: CaseIterable {
        case latin1, folder, pipe, brokenLink

        func apply(to file: URL) throws {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            switch self {
            case .latin1: try Data(Array("budget: {run: 0.001} # f".utf8) + [0xFC, 0x72]).write(to: file)
            case .folder: try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
            case .pipe: mkfifo(file.path, 0o600)
            case .brokenLink:
                try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/nowhere/at/all")
            }
        }
    }

    @Test(arguments: Damage.allCases, ["config.yaml", "prices.yaml"])
    func `nothing runs with settings or prices that cannot be read, and doctor goes on`(
        damage: Damage,
        name: String
    ) async throws {
        let workspace = try Workspace()
        let file = workspace.configFile.deletingLastPathComponent().appending(path: name)
        try damage.apply(to: file)
        try await withSandbox { sandbox, url in
            let environment = workspace.environment(for: url)
            for arguments in [["image", "a fox"], ["resume"], ["serve", "--port", "0"], ["cost", "--model", "a/b"]] {
                let command = try workspace.start(arguments, environment)
                #expect(await command.status == 64, "\(arguments)")
                #expect(await command.messages.contains(file.path), "\(arguments)")
            }
            #expect(sandbox.statistics.predictionsCreated == 0)
            let doctor = try workspace.start(["doctor"], environment)
            #expect(await doctor.status == 1)
            let report = await doctor.output
            #expect(report.contains("!    \(name == "config.yaml" ? "settings" : "prices")"))
            for word in ["token", "network", "history", "video"] { #expect(report.contains(word), "\(word)") }
        }
    }

    @Test func `the environment's token does not go where a folder's .env wants it`() async throws {
        let workspace = try Workspace()
        let foreign = try CallbackListener()
        let host = foreign.address.replacing("/done", with: "/v1")
        try Data("REPLICATE_BASE_URL=\(host)\nDARKROOM_DATA_DIR=\(workspace.folder.path)/moved\n".utf8)
            .write(to: workspace.folder.appending(path: ".env"))
        let environment = workspace.environment(["REPLICATE_API_TOKEN": Workspace.token])
        for arguments in [
            ["image", "a fox"], ["doctor"], ["models"], ["list", "--remote"], ["serve", "--port", "0"],
        ] {
            let command = try workspace.start(arguments, environment)
            #expect(await command.status != 0, "\(arguments)")
            let said = await command.output + command.messages
            #expect(said.contains(".env names \(host)"), "\(arguments): \(said)")
        }
        #expect(foreign.requests.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "\(workspace.folder.path)/moved"))
    }

    @Test func `the studio and doctor say that the token is from a .env`() async throws {
        let workspace = try Workspace()
        try await withSandbox { sandbox, url in
            let file = workspace.folder.appending(path: ".env")
            try Data("REPLICATE_API_TOKEN=\(Workspace.token)\nREPLICATE_BASE_URL=\(url.absoluteString)".utf8)
                .write(to: file)
            let doctor = try workspace.start(["doctor"], workspace.environment())
            #expect(await doctor.output.contains("found in \(file.path), for \(url.absoluteString)"))
            let studio = try workspace.terminal()
            try await studio.waitForText("token from")
            try await studio.waitForText("for 127.0.0.1")
            studio.press("ctrl+q")
            try await studio.waitForExit()
            _ = sandbox
        }
    }
}
