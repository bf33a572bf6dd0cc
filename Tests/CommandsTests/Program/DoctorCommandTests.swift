import Foundation
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct DoctorCommandTests {
    @Test func `with a token and an API that knows it everything is well`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let result = try await CommandHarness(api: url).run("doctor")
            #expect(result.status == 0)
            #expect(!result.lines.contains { $0.hasPrefix("!") })
            #expect(result.output.contains("127.0.0.1 knows"))
            #expect(!result.output.contains(CommandHarness.token))
        }
    }

    @Test func `without a token it says what to do, and ends with 1`() async throws {
        let result = try await CommandHarness().run("doctor")
        #expect(result.status == 1)
        #expect(result.lines.contains { $0.hasPrefix("!    token") && $0.contains("REPLICATE_API_TOKEN") })
    }

    @Test func `a token that is refused is a fault of the network's line`() async throws {
        try await withSandbox(CommandHarness.immediate { $0.token = "r8_another" }) { _, url in
            let result = try await CommandHarness(api: url).run("doctor")
            #expect(result.status == 1)
            #expect(result.lines.contains { $0.hasPrefix("!    network") })
        }
    }

    @Test func `settings that cannot be read are told, and the usual host is not asked`() async throws {
        let commands = try CommandHarness()
        try commands.configure("colour: red\n")
        let result = try await commands.run("doctor")
        #expect(result.status == 1)
        #expect(result.lines.contains { $0.hasPrefix("!    settings") && $0.contains("config.yaml, line 1") })
        #expect(result.lines.contains { $0.hasPrefix("-    network") })
    }

    @Test func `a terminal that cannot show the studio is told of, and a pipe is none`() async throws {
        var commands = try CommandHarness()
        #expect(try await commands.run("doctor").output.contains("none was looked at"))
        commands.environment["TERM"] = "dumb"
        let dumb = try await commands.run(["doctor"], streams: .terminal(columns: 120))
        #expect(dumb.lines.contains { $0.hasPrefix("!    terminal") })
        commands.environment["TERM"] = "xterm-256color"
        let good = try await commands.run(["doctor"], streams: .terminal(columns: 120))
        #expect(good.lines.contains { $0.hasPrefix("ok   terminal") })
    }

    @Test func `what is in flight and what was set aside is told`() async throws {
        let commands = try CommandHarness()
        try commands.queue("waiting")
        try commands.folder.write("", to: ".local/share/darkroom/history.sqlite.damaged-20261101")
        let result = try await commands.run("doctor")
        #expect(result.output.contains("1 in flight: `darkroom resume` finishes them"))
        #expect(result.output.contains("history.sqlite.damaged-20261101"))
    }
}

struct PathsCommandTests {
    @Test func `every place is told, as text and as JSON`() async throws {
        let commands = try CommandHarness()
        let text = try await commands.run("paths")
        #expect(text.status == 0)
        #expect(text.lines.count == 6)
        let document = try await commands.run("paths", "--json").document
        #expect(Set(document.keys) == ["config", "prices", "history", "outputs", "cache", "log"])
        #expect(document["history"] == .string(commands.paths.database.path))
        for (name, path) in document {
            #expect(text.lines.contains { $0.hasPrefix(name) && $0.hasSuffix(path.string ?? "?") })
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: commands.folder.url.path).isEmpty)
    }

    @Test func `one folder may hold history, outputs and log`() async throws {
        let commands = try CommandHarness()
        let document = try await commands.run("paths", "--json", "--data-dir", "~/mine").document
        #expect(document["history"] == .string(commands.folder.file("mine/history.sqlite").path))
        #expect(document["log"] == .string(commands.folder.file("mine/darkroom.log").path))
        #expect(document["config"]?.string?.hasSuffix(".config/darkroom/config.yaml") == true)
    }
}

struct SandboxCommandTests {
    @Test(arguments: [
        (["--speed", "-1"], "--speed"), (["--spread", "2"], "--spread"), (["--creations", "0"], "above zero"),
        (["--fault", "gremlin"], "gremlin"), (["--fault", "500=2"], "is no rate"), (["--port", "many"], "many"),
    ])
    func `wrong usage ends with 64`(options: [String], sentence: String) async throws {
        let result = try await CommandHarness().run(["sandbox"] + options)
        #expect(result.status == 64)
        #expect(result.messages.contains(sentence), "\(result.messages)")
    }

    @Test func `it serves until it is ended, and says where`() async throws {
        let command = try CommandHarness().start(["sandbox", "--port", "0", "--speed", "0"])
        var address: Substring?
        while address == nil {
            try await Task.sleep(for: .milliseconds(5))
            address = command.output.written.split(separator: "\n").first?.split(separator: " ").last
        }
        let url = try #require(URL(string: String(address ?? "")))
        let commands = try CommandHarness(api: url)
        #expect(try await commands.run("models", "flux", "--json").status == 0)
        let port = try #require(url.port)
        let taken = try await CommandHarness().run("sandbox", "--port", "\(port)")
        #expect(taken.status == 1)
        #expect(taken.messages.contains("Port \(port)"))
        command.cancel()
        _ = await command.result
    }
}
