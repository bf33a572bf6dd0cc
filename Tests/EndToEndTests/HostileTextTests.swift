import Foundation
import Sandbox
import TestSupport
import Testing

/// Nothing that a stranger or an argument says reaches a terminal as anything but text.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct HostileTextTests {
    private static let hostile = "x" + HostileText.sample

    /// Every command, with the hostile text wherever it takes one.
    private static func commands(_ id: String) -> [[String]] {
        [
            ["image", "a fox \(hostile)"], ["image", hostile, "--model", hostile], ["image", "a", "--input", hostile],
            ["image", "a", "--input", "\(hostile)=1"], ["image", "a", "--input", "seed=\(hostile)"],
            ["image", "a", "--output-dir", "/dev/null/\(hostile)"], ["image", "a", "--\(hostile)"],
            ["image", "a", "--count", hostile], ["image", "a", "--max-cost", hostile],
            ["image", "a", "--hardware", hostile],
            ["video", hostile], ["video", "--urls-from", hostile],
            ["run", "replicate/hello-world", "prompt=\(hostile)"],
            ["run", "meta/meta-llama-3-8b-instruct", "prompt=\(hostile)"], ["run", hostile],
            ["run", "lab/shapes", "shape=object"], ["run", "lab/shapes", "shape=transcription"],
            ["run", "lab/shapes", "shape=text"], ["run", "lab/shapes", "shape=failed-late"],
            ["run", "lab/shapes", "shape=empty"], ["run", "lab/shapes", "shape=@\(hostile)"],
            ["run", "lab/always-fails"],
            ["poll", id], ["poll", hostile], ["cancel", id], ["cancel", hostile], ["list"], ["list", "--remote"],
            ["list", "--status", hostile], ["list", "--remote", "--status", hostile], ["list", "--json"],
            ["list", "--limit", hostile], ["show", id], ["show", id, "--raw"], ["show", id, "--json"],
            ["show", hostile],
            ["resume"], ["cost", "replicate/hello-world", "prompt=\(hostile)"], ["cost", hostile], ["prices", hostile],
            ["spend"], ["spend", "--by", hostile], ["models", "fox"], ["models", hostile],
            ["schema", "black-forest-labs/flux-schnell"], ["schema", hostile], ["serve", "--host", hostile],
            ["sandbox", "--fault", hostile], ["verify"], ["doctor"], ["paths"], [hostile], ["help", hostile],
            ["image", "--help", hostile], ["demo", hostile],
        ]
    }

    /// Scalars that no terminal may get, after what the program itself says to redraw a line.
    private static func dangers(in output: [UInt8]) -> [String] {
        let text = String(decoding: output, as: UTF8.self).replacing("\u{1B}[K", with: "")
        return text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case ..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }.map { String($0.value, radix: 16) }
    }

    @Test func `whatever a command prints on a terminal, it is harmless`() async throws {
        let workspace = try Workspace()
        let configuration = SandboxConfiguration(speed: 0, faults: [FaultRule(.hostile)])
        try await withSandbox(configuration) { _, url in
            let environment = workspace.environment(for: url)
            let first = try workspace.start(["run", "replicate/hello-world", "prompt=a", "--json"], environment)
            let document = try JSONSerialization.jsonObject(with: Data(await first.output.utf8)) as? [String: Any]
            let id = try #require(document?["prediction_id"] as? String)
            for arguments in Self.commands(id) {
                // Other terminals are asked by it what they are, with sequences of its own.
                let type = arguments == ["doctor"] ? ["TERM": "linux"] : [:]
                let terminal = try workspace.terminal(arguments, environment: environment.merging(type) { $1 })
                // To whom is asked before a run of unknown price.
                try await terminal.waitUntil("it asks or ends") { !$0.isRunning || $0.contains("[y/N]") }
                if terminal.isRunning { terminal.send("y\r") }
                try await terminal.waitForExit()
                let dangers = Self.dangers(in: Array(terminal.output))
                #expect(dangers.isEmpty, "\(arguments.map(\.debugDescription)) printed \(dangers)")
            }
        }
    }

    @Test func `a pipe gets a text as it is, and JSON is harmless wherever it goes`() async throws {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 0, faults: [FaultRule(.hostile)])) { _, url in
            let environment = workspace.environment(for: url)
            let plain = try workspace.start(["run", "lab/shapes", "shape=text"], environment)
            #expect(await plain.output == "plain words\nin two lines\(HostileText.sample)\n")
            let json = try workspace.start(["run", "lab/shapes", "shape=text", "--json"], environment)
            let line = await json.output
            #expect(Self.dangers(in: Array(line.utf8)).isEmpty)
            let members = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(members?["output"] as? String == "plain words\nin two lines\(HostileText.sample)")
        }
    }
}
