import Foundation
import TestSupport
import Testing

/// The studio and its editor under a shell with job control.
@Suite(.inTurns)
struct JobControlTests {
    private func shell(_ workspace: Workspace, _ more: [String: String] = [:]) async throws -> PseudoTerminal {
        let shell = try PseudoTerminal(
            "/bin/bash",
            arguments: ["--norc", "--noprofile", "-i"],
            environment: workspace.environment(["PS1": "shell> "].merging(more) { $1 }),
            columns: 120,
            rows: 36,
            directory: workspace.folder.path
        )
        try await shell.waitForText("shell>")
        return shell
    }

    /// Starts the demo as a job of the shell, waits for its screen and returns its id.
    private func demo(under shell: PseudoTerminal, _ workspace: Workspace) async throws -> pid_t {
        shell.send("\(Workspace.program) demo & echo $! > pid; fg\r")
        try await shell.waitForText("num_outputs")
        let text = try String(contentsOf: workspace.folder.appending(path: "pid"), encoding: .utf8)
        return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    private func leave(_ shell: PseudoTerminal) async throws {
        shell.press("ctrl+q")
        try await shell.waitUntil("the shell is back") { !$0.modes.contains(1049) && $0.contains("shell>") }
        shell.send("exit\r")
        try await shell.waitForExit()
    }

    @Test func `an editor that is suspended stops the studio with it, and fg goes on with both`() async throws {
        let workspace = try Workspace()
        let editor = try workspace.script(
            "editor",
            "echo editor is up; read line; echo \"$line\" > \"$1\""
        )
        let shell = try await shell(workspace, ["EDITOR": editor])
        shell.send("\(Workspace.program) demo\r")
        try await shell.waitForText("num_outputs")
        shell.press("f4")
        try await shell.waitForText("editor is up")
        shell.press("ctrl+z")
        try await shell.waitForText("Stopped")
        shell.send("echo the shell\" is\" alive\r")
        try await shell.waitForText("the shell is alive")
        shell.send("fg\r")
        try await shell.waitUntil("it goes on") {
            // What is typed before it would still be read in the shell's own mode.
            $0.screenText.split(separator: "shell> fg").dropFirst().last?.contains("demo") == true
        }
        shell.send("from the editor\r")
        try await shell.waitUntil("the studio is back") { $0.modes.contains(1049) && $0.contains("from the editor") }
        try await leave(shell)
    }

    @Test func `interrupt in an editor is the editor's alone`() async throws {
        let workspace = try Workspace()
        let editor = try workspace.script(
            "editor",
            "echo >> starts; echo editor $(wc -l < starts) is up; while read line; do :; done"
        )
        let shell = try await shell(workspace, ["EDITOR": editor])
        shell.send("\(Workspace.program) demo\r")
        try await shell.waitForText("num_outputs")
        shell.send("kept")
        try await shell.waitForText("kept")
        shell.press("f4")
        try await shell.waitForText("editor 1 is up")
        shell.press("ctrl+c")
        try await shell.waitForText("did not end well")
        shell.send(" and alive")
        try await shell.waitForText("kept and alive")
        shell.press("f4")
        // Before it has started, the key would quit the studio.
        try await shell.waitForText("editor 2 is up")
        shell.press("ctrl+\\")
        try await shell.waitUntil("the studio is back") { $0.modes.contains(1049) && $0.contains("did not end well") }
        try await leave(shell)
    }

    @Test func `STOP and fg: the modes are set again`() async throws {
        let workspace = try Workspace()
        let shell = try await shell(workspace)
        let process = try await demo(under: shell, workspace)
        shell.send("before")
        try await shell.waitForText("before")
        kill(process, SIGSTOP)
        try await shell.waitUntil("the shell has the terminal") { $0.contains("Stopped") }
        // In the background it leaves the terminal alone, and stops again.
        kill(process, SIGCONT)
        shell.send("echo the shell\" is\" alive; jobs\r")
        try await shell.waitForText("the shell is alive")
        shell.send("fg\r")
        try await shell.waitUntil("the studio is back") { $0.contains("before") && $0.contains("num_outputs") }
        try await shell.waitUntil("raw") { !$0.isCooked && $0.modes.contains(2004) && $0.modes.contains(1049) }
        shell.send(" and after")
        try await shell.waitForText("before and after")
        shell.press("ctrl+c")
        try await shell.waitUntil("the prompt is empty") { !$0.contains("before and after") }
        try await leave(shell)
    }

    @Test func `what was typed ahead for the shell is not read by a studio in the background`() async throws {
        let workspace = try Workspace()
        let shell = try await shell(workspace)
        shell.send("mkfifo gate\r")
        let process = try await demo(under: shell, workspace)
        kill(process, SIGSTOP)
        try await shell.waitUntil("the shell has the terminal") { $0.contains("Stopped") }
        shell.send("read line < gate; clear\r")
        try await shell.waitForText("read line < gate")
        shell.send("fg # typed ahead\r")
        try await shell.waitForText("# typed ahead")
        kill(process, SIGCONT)
        try await shell.waitUntil(elsewhere: "it has stopped again") { state(process) == "T" }
        try Data("open\n".utf8).write(to: workspace.folder.appending(path: "gate"))
        try await shell.waitUntil("the studio is back") { !$0.isCooked && $0.modes.contains(1049) }
        try await leave(shell)
    }

    /// The letter of `/proc/PID/stat`: T is stopped.
    private func state(_ process: pid_t) -> Character? {
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return text?.split(separator: ")").last?.split(separator: " ").first?.first
    }
}
