import Foundation
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct ReportCommandTests {
    @Test func `it tells what an issue needs, and nothing private`() async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            var commands = try CommandHarness(api: url)
            commands.environment["https_proxy"] = "http://person:password@proxy.example:3128"
            try commands.folder.write(
                """
                2026-11-28T00:00:00Z info client: asked with r8_AbCdEfGhIjKlMnOp
                2026-11-28T00:00:01Z info client: saved \(commands.folder.url.path)/Pictures/fox.webp
                2026-11-28T00:00:02Z info client: \(CommandHarness.token) stood here
                """,
                to: ".local/state/darkroom/darkroom.log"
            )
            let result = try await commands.run("report")
            #expect(result.status == 0)
            #expect(result.lines.first == "# Darkroom \(Version.text)")
            #expect(result.output.contains("System: ") && result.output.contains("LC_ALL=C.UTF-8"))
            #expect(result.output.contains("ok   network   the API answers"))
            #expect(result.output.contains("saved ~/Pictures/fox.webp"))
            for secret in [CommandHarness.token, "r8_AbC", "person", "password", commands.folder.url.path, "knows"] {
                #expect(!result.output.contains(secret), "\(secret)")
            }
        }
    }

    @Test func `as many lines of the log as are asked for`() async throws {
        let commands = try CommandHarness()
        let log = (1...300).map { "line \($0) of the log" }.joined(separator: "\n")
        try commands.folder.write(log, to: ".local/state/darkroom/darkroom.log")
        #expect(
            try await commands.run("report", "--lines", "3").lines.suffix(3).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
                == ["line 298 of the log", "line 299 of the log", "line 300 of the log"]
        )
        #expect(try await commands.run("report", "--lines", "0").output.contains("The end of the log") == false)
        #expect(try await commands.run("report", "--lines", "-1").status == 64)
    }

    @Test func `a machine that lacks something is reported all the same`() async throws {
        let result = try await CommandHarness().run("report")
        #expect(result.status == 0)
        #expect(result.output.contains("!    token"))
    }
}

/// Each thing that doctor looks at, in a machine where it is wrong.
struct CheckupTests {
    private func findings(_ commands: CommandHarness) async throws -> [Finding] {
        let result = try await commands.run("doctor")
        return result.lines.map { line in
            let state: Finding.State = line.hasPrefix("!") ? .fault : line.hasPrefix("-") ? .note : .fine
            let words = line.dropFirst(5)
            let subject = words.prefix { $0 != " " }
            return Finding(state, String(subject), words.dropFirst(subject.count).trimmingCharacters(in: .whitespaces))
        }
    }

    @Test func `a locale without UTF-8 is told with what mends it`() async throws {
        var commands = try CommandHarness()
        commands.environment["LC_ALL"] = "C"
        let found = try await findings(commands).first { $0.subject == "locale" }
        #expect(found == Finding(.note, "locale", "the locale C is not UTF-8: LC_ALL=C.UTF-8 shows every sign"))
        commands.environment["LC_ALL"] = "de_DE.utf8"
        #expect(try await !findings(commands).contains { $0.subject == "locale" })
    }

    @Test func `the proxy is named without its password`() async throws {
        var commands = try CommandHarness()
        commands.environment["HTTPS_PROXY"] = "http://me:secret@proxy.example:3128"
        let found = try await findings(commands).first { $0.subject == "proxy" }
        #expect(found?.text.hasPrefix("proxy.example:3128") == true)
    }

    @Test func `a folder that cannot be written is a fault`() async throws {
        let commands = try CommandHarness()
        // The system's own folder, which nobody can write to.
        try commands.configure("outputs: /proc/darkroom\n")
        let found = try await findings(commands).first { $0.subject == "disk" }
        #expect(found?.state == .fault && found?.text.contains("/proc") == true)
    }

    @Test func `prices that are old are told, with where newer ones are`() async throws {
        let commands = try CommandHarness()
        #expect(try await findings(commands).first { $0.subject == "prices" }?.text == "the built-in ones")
    }

    @Test func `a clock that is wrong is told`() {
        #expect(Checkup.clock(skew: nil) == nil && Checkup.clock(skew: 100) == nil)
        #expect(Checkup.clock(skew: 86_400)?.text.hasPrefix("this machine is 24 hours behind the server") == true)
        #expect(Checkup.clock(skew: -600)?.text.hasPrefix("this machine is 10 minutes ahead of the server") == true)
        #expect(Checkup.clock(skew: -600)?.state == .fault)
    }
}
