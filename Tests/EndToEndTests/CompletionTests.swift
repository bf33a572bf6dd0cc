import Foundation
import Sandbox
import TestSupport
import Testing

/// A shell that completes commands, as a person uses it.
enum CompletingShell: String, CaseIterable, CustomStringConvertible, Sendable {
    case bash, zsh, fish

    var description: String { rawValue }
    var program: String { "/usr/bin/\(rawValue)" }
    var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    var arguments: [String] {
        switch self {
        case .bash: ["--norc", "--noprofile", "-i"]
        case .zsh: ["-f", "-i"]
        case .fish: ["-i"]
        }
    }

    /// Where the script lies that the program prints, below the home folder: as packages install it.
    var file: String {
        switch self {
        case .bash: "completions/darkroom"
        case .zsh: "completions/_darkroom"
        case .fish: ".config/fish/completions/darkroom.fish"
        }
    }

    /// What a person's own start file says.
    var setUp: [String] {
        switch self {
        case .bash: ["source completions/darkroom", "bind 'set bell-style none'"]
        case .zsh: ["fpath=($HOME/completions $fpath); autoload -Uz compinit; compinit -u -D", "unsetopt beep"]
        // fish loads it by itself.
        case .fish: ["set fish_greeting"]
        }
    }
}

/// Completion in the shells themselves, on a terminal: what is typed before Tab, what is shown after it.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct CompletionTests {
    @Test(
        .enabled(if: CompletingShell.bash.isInstalled, "bash is not installed: `Scripts/packages test` installs it")
    )
    func `bash completes options, models, inputs and their values`() async throws { try await complete(in: .bash) }

    @Test(.enabled(if: CompletingShell.zsh.isInstalled, "zsh is not installed: `Scripts/packages test` installs it"))
    func `zsh completes options, models, inputs and their values`() async throws { try await complete(in: .zsh) }

    @Test(
        .enabled(if: CompletingShell.fish.isInstalled, "fish is not installed: `Scripts/packages test` installs it")
    )
    func `fish completes options, models, inputs and their values`() async throws { try await complete(in: .fish) }

    private func complete(in shell: CompletingShell) async throws {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 0)) { _, url in
            var environment = workspace.environment(for: url)
            // With a run in the history its model's inputs are known, and its id, and its tag.
            let run = try workspace.start(
                ["run", "black-forest-labs/flux-schnell", "prompt=a fox", "--no-download", "--tag", "printed"],
                environment
            )
            #expect(await run.status == 0)
            let script = await (try workspace.start(["--generate-completion-script", shell.rawValue], environment))
                .output
            let file = workspace.folder.appending(path: shell.file)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(script.utf8).write(to: file)
            let programs = URL(filePath: Workspace.program).deletingLastPathComponent().path
            environment["PATH"] = "\(programs):/usr/bin:/bin"
            environment["PS1"] = "ready> "
            let terminal = try PseudoTerminal(
                shell.program,
                arguments: shell.arguments,
                environment: environment,
                columns: 120,
                rows: 50,
                directory: workspace.folder.path
            )
            for line in shell.setUp { terminal.send(line + "\r") }
            // What is typed meanwhile does not hold the result.
            terminal.send("expr 4000 + 242\r")
            try await terminal.waitForText("4242")
            try await clear(terminal)

            try await expect("darkroom image fox --mo", becomes: "darkroom image fox --model", terminal)
            try await expect("darkroom image --model black-forest-labs/flux-sch", becomes: "flux-schnell", terminal)
            try await expect("darkroom run black-forest-labs/flux-schnell asp", becomes: "aspect_ratio=", terminal)
            try await expect(
                "darkroom run black-forest-labs/flux-schnell output_format=w",
                becomes: "output_format=webp",
                terminal
            )
            try await expect("darkroom list --tag pri", becomes: "--tag printed", terminal)
            try await expect("darkroom lice", becomes: "darkroom licenses", terminal)
            try await expect("darkroom image fox --input megap", becomes: "--input megapixels=", terminal)
            // Several that fit are listed.
            try await offers(
                ["output_format=", "output_quality="],
                after: "darkroom run black-forest-labs/flux-schnell out",
                terminal
            )
            terminal.send("exit\r")
        }
    }

    /// Types `text` on an empty line, and Tab until the line has what is expected.
    private func expect(_ text: String, becomes whole: String, _ terminal: PseudoTerminal) async throws {
        try await type(text, terminal)
        terminal.send("\t")
        try await terminal.waitUntil("\(text)⇥ becomes \(whole)") { $0.contains(whole) }
        try await clear(terminal)
    }

    private func offers(_ words: [String], after text: String, _ terminal: PseudoTerminal) async throws {
        try await type(text, terminal)
        // bash adds what all have in common at the first, and lists at the third.
        terminal.send("\t\t\t")
        try await terminal.waitUntil("\(text)⇥ offers \(words)") { shown in words.allSatisfy { shown.contains($0) } }
        try await clear(terminal)
    }

    private func type(_ text: String, _ terminal: PseudoTerminal) async throws {
        terminal.send(text)
        try await terminal.waitUntil("\(text) is typed") { $0.contains(text) }
    }

    /// An empty line on an empty screen.
    private func clear(_ terminal: PseudoTerminal) async throws {
        terminal.send("\u{15}clear\r")
        try await terminal.waitUntil("the screen is empty") { !$0.contains("darkroom") && !$0.contains("expr") }
    }
}
