import Terminal
import Testing

@testable import Commands

struct TableTests {
    private static let table: Table = {
        var table = Table(RunLine.columns)
        table.add([
            "x3k9q2abcdefghijklmnopqrst", "succeeded", "2026-11-27 16:30:20", "black-forest-labs/flux-schnell",
            "$0.003",
            "$0.003", "a red fox in the snow, early morning, 狐",
        ])
        return table
    }()

    @Test(arguments: [20, 40, 60, 80, 100, 120, 200])
    func `no line is longer than the screen is wide`(width: Int) {
        let lines = Self.table.lines(width: width)
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= width })
    }

    @Test func `on a narrow screen the id and the status stay, and a pipe gets everything`() {
        let narrow = Self.table.lines(width: 60)[1]
        #expect(narrow.hasPrefix("x3k9q2abcdefghijklmnopqrst  succeeded"))
        #expect(Self.table.lines(width: nil)[0].hasSuffix("a red fox in the snow, early morning, 狐"))
    }

    @Test func `text of several lines keeps its lines and tabs, and nothing else that is no text`() {
        #expect(Console.harmless("a\tb\r\nc\u{1B}[2J\n") == "a\tb\nc␛[2J\n")
    }

    @Test(
        arguments: [
            (["image", "a", "--json"], "image", true), (["--json", "list"], "list", true),
            (["run", "--", "--json"], "run", false),
            ([], nil, false),
        ] as [([String], String?, Bool)]
    )
    func `what a command line asks for is known before it is parsed`(arguments: [String], command: String?, json: Bool)
    {
        let invocation = Invocation(arguments)
        #expect(invocation.command == command)
        #expect(invocation.wantsJSON == json)
    }
}
