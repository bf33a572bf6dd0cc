import Foundation
import TestSupport
import Testing

@testable import Studio

/// The same keys, typed into the prompt and into vim.
struct VimComparisonTests {
    private static let vim = "/usr/bin/vim"

    /// What is left of a text, and where the caret stands, from 0.
    private struct Outcome: Decodable, Hashable {
        let text: String
        let line: Int
        let column: Int
    }

    /// `VIM_SCRIPTS` asks for another number of scripts, `VIM_SEED` for others.
    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: vim),
            "vim is not installed: `Scripts/packages test` installs it"
        )
    )
    func `two hundred random edits leave the text and the caret as vim leaves them`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let scripts = EditScript.scripts(
            environment["VIM_SCRIPTS"].flatMap { Int($0) } ?? 200,
            seed: environment["VIM_SEED"].flatMap { UInt64($0) } ?? 14
        )
        let folder = FileManager.default.temporaryDirectory.appending(path: "vim-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for script in scripts {
            let expected = try await Self.outcome(inVim: script, folder)
            #expect(Self.outcome(of: script) == expected, "\(script.shownKeys) in \(script.text.debugDescription)")
        }
    }

    private static func outcome(of script: EditScript) -> Outcome {
        var bench = Bench(prompt: script.text)
        bench.state.vim = VimEditing()
        bench.press(.normalMode)
        for key in "gg0" { bench.send(.typed(String(key))) }
        for key in script.keys {
            let inserts = bench.state.contexts.contains(.insert)
            switch key {
            case "\u{1B}": bench.press(inserts ? .normalMode : .back)
            case "\r": bench.press(.newline)
            case "\u{8}": bench.press(.deleteBackward)
            case "\u{12}": bench.press(.redo)
            case "\u{15}": bench.press(.killToLineStart)
            case "\u{17}": bench.press(.deleteWordBackward)
            default: bench.send(.typed(String(key)))
            }
        }
        let editor = bench.state.compose.prompt
        return Outcome(text: editor.text, line: editor.cursor.line, column: editor.cursor.column)
    }

    /// Each script has a vim of its own, because one remembers much, and a terminal. A timer types one key whenever vim waits for
    /// one: keys that come together are dropped after a command that cannot be done, and those of `vim -s` are one undo step.
    private static func outcome(inVim script: EditScript, _ folder: URL) async throws -> Outcome {
        let answer = folder.appending(path: "outcome.json")
        try? FileManager.default.removeItem(at: answer)
        try Data((script.text + "\n").utf8).write(to: folder.appending(path: "text"))
        try Data("gg0\(script.keys)".utf8).write(to: folder.appending(path: "keys"))
        try Data(program.utf8).write(to: folder.appending(path: "program.vim"))
        let terminal = try PseudoTerminal(
            vim,
            arguments: ["-u", "NONE", "-i", "NONE", "-N", "-n", "-S", "program.vim", "text"],
            environment: ["TERM": "dumb", "HOME": folder.path, "LC_ALL": "C.UTF-8"],
            columns: 120,
            rows: 36,
            directory: folder.path
        )
        try await terminal.waitForExit()
        return try JSONDecoder().decode(Outcome.self, from: Data(contentsOf: answer))
    }

    /// Nobody's settings, but for blanks in the place of tabs; a pattern is literal text.
    private static let program = #"""
        set noautoindent expandtab shiftwidth=2 nojoinspaces startofline nomagic backspace=indent,eol,start belloff=all nomore
        set encoding=utf-8
        let s:keys = split(join(readfile('keys', 'b'), "\n"), '\zs')
        function s:Next(timer)
          if !empty(s:keys)
            call feedkeys(remove(s:keys, 0), 't')
            return
          endif
          let s:text = join(getline(1, '$'), "\n")
          let s:outcome = {'text': s:text, 'line': line('.') - 1, 'column': charcol('.') - 1}
          call writefile([json_encode(s:outcome)], 'outcome.json')
          qa!
        endfunction
        call timer_start(1, function('s:Next'), {'repeat': -1})
        """#
}
