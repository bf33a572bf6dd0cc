import Foundation
import TestSupport
import Testing

@testable import Commands

struct CompletionScriptTests {
    /// What bash completes after the script of the program has added `words` for `current`, and whether a file was made.
    private func completed(_ words: String, for current: String) async throws -> (replies: [String], isHarmed: Bool) {
        let folder = try TemporaryFolder()
        let text = try #require(CompletionScript.wanted(by: ["--generate-completion-script", "bash"]))
        let script = try folder.write(text, to: "completion.bash")
        let program = """
            source \(script.path)
            cur=$CURRENT
            COMPREPLY=()
            __darkroom_add_completions -W "$WORDS"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let bash = try RunningCommand(
            "/bin/bash",
            ["--norc", "--noprofile", "-c", program],
            ["PATH": "/usr/bin:/bin", "WORDS": words, "CURRENT": current, "LC_ALL": "C.UTF-8"],
            directory: folder.url
        )
        _ = await bash.status
        let replies = await bash.output.split(separator: "\n").map(String.init)
        return (replies, FileManager.default.fileExists(atPath: folder.file("harm").path))
    }

    @Test(arguments: [
        "$(touch${IFS}harm)", "`touch harm`", "$((harm=1))${x:=$(touch harm)}", "a;touch harm", "<(touch harm)",
    ])
    func `what a model's author writes into a choice is completed as text and never run`(choice: String) async throws {
        let (replies, isHarmed) = try await completed("style=plain\nstyle=\(choice)\nother=x", for: "style=")
        #expect(!isHarmed)
        #expect(replies.count == 2)
        #expect(replies.first == "style=plain")
        // In the line that is edited it is quoted, so that Enter does not run it either.
        #expect(replies.last?.contains("\\") == true, "\(replies)")
    }

    @Test func `only words that begin so are completed, and none is a pattern`() async throws {
        #expect(try await completed("style=a\nstyle=b\nmode=a", for: "sty").replies == ["style=a", "style=b"])
        #expect(try await completed("style=a\n*", for: "*").replies == ["\\*"])
        #expect(try await completed("a\nb", for: "[a").replies.isEmpty)
    }
}
