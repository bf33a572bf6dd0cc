import Foundation
import History
import Money
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

/// Text that strangers put into a history: nothing of it reaches a terminal or a message as anything but text.
struct HistoryTextTests {
    private static let hostile = "x" + HostileText.sample

    /// A history whose every text is hostile: one run that has ended, one that waits.
    private func hostileHistory() throws -> CommandHarness {
        let commands = try CommandHarness()
        let text = Self.hostile
        let file = try commands.folder.write("x", to: "gone.webp").path
        try FileManager.default.removeItem(atPath: file)
        for (id, stage) in [("evil", RunRecord.Stage.settled), ("waiting", .queued)] {
            var run = RunRecord(
                id: "run-\(id)",
                model: "a/\(text)",
                input: ["prompt": .string(text), "other": .string(text)],
                prompt: text,
                origin: .command,
                createdAt: Date(timeIntervalSinceNow: -600),
                estimate: .exact(Money("0.02")!, because: text)
            )
            run.stage = stage
            run.key = text.filter { !$0.isNewline }
            run.tags = [text]
            run.note = text
            if stage == .settled {
                run.failure = text
                run.finishedAt = Date(timeIntervalSinceNow: -300)
                run.cost = .counted(Money("0.02")!, because: text)
                run.outputs = [.init(url: "https://x.y/\(text)", path: file, failure: text)]
                run.prediction = Prediction(json: [
                    "id": .string(id), "status": "failed", "model": .string("a/\(text)"), "error": .string(text),
                    "logs": .string(text), "output": .string(text), "input": ["prompt": .string(text)],
                ])
            }
            try commands.store().journal([run])
        }
        return commands
    }

    /// Scalars that no terminal may get, after what the program itself says to redraw a line.
    private static func dangers(in text: String) -> [String] {
        text.replacing("\u{1B}[K", with: "").unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case ..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }.map { String($0.value, radix: 16) }
    }

    private static let commands = [
        ["list"], ["list", hostile], ["list", "--status", hostile], ["list", "--tag", hostile], ["show", "evil"],
        ["show", "evil", "--raw"], ["show", "evil", "--json"], ["show", hostile], ["spend", "--by", "model"],
        ["spend", "--by", "day,model"], ["spend", "--by", "model", "--csv"], ["tag", "evil"],
        ["tag", "evil", "--add", hostile], ["tag", hostile], ["verify"], ["verify", "--look-in", hostile],
        ["delete", "evil", "--dry-run"], ["delete", hostile], ["delete", "evil"], ["licenses", hostile],
        ["prices", hostile], ["schema", hostile], ["cost", hostile], ["batch", hostile], [hostile],
    ]

    @Test func `no command lets it out, neither on a terminal nor in a message`() async throws {
        let harness = try hostileHistory()
        for arguments in Self.commands {
            let shown = try await harness.run(arguments, streams: .terminal(columns: 120))
            #expect(Self.dangers(in: shown.output).isEmpty, "\(arguments.first ?? "")")
            #expect(Self.dangers(in: shown.messages).isEmpty, "\(arguments.first ?? "")")
        }
    }

    @Test(arguments: [["list"], ["show", "evil"], ["tag", "evil"], ["spend", "--by", "model"], ["verify"]])
    func `as JSON it comes escaped, and whole`(arguments: [String]) async throws {
        let result = try await hostileHistory().run(arguments + ["--json"])
        #expect(Self.dangers(in: result.output).isEmpty)
        #expect(try !result.documents.isEmpty)
        let texts = try result.documents.map { JSONValue.object($0) }.map(Self.texts).joined()
        if arguments[0] != "verify" { #expect(texts.contains { $0.contains(Self.hostile) }) }
    }

    private static func texts(_ value: JSONValue) -> [String] {
        if let text = value.string { return [text] }
        if let elements = value.array { return elements.flatMap(texts) }
        return value.object?.values.flatMap(texts) ?? []
    }

    @Test func `a name with a quote and a comma is one cell of a sheet`() async throws {
        let commands = try CommandHarness()
        try commands.settle("one", model: "a/\"b\",c")
        let sheet = try await commands.run("spend", "--by", "model", "--csv")
        #expect(sheet.lines.count == 2)
        #expect(sheet.lines[1].hasPrefix("\"a/\"\"b\"\",c\",1,0.02,"))
        for (text, cell) in [("a", "a"), ("a\r\nb", "\"a\r\nb\""), ("a,b", "\"a,b\""), ("\"", "\"\"\"\"")] {
            #expect(SpendCommand.cell(text) == cell)
        }
    }
}
