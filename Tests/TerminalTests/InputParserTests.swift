import Terminal
import TestSupport
import Testing

struct InputParserTests {
    private static let esc = "\u{1B}"

    static let keys: [(String, String)] = [
        ("a", "a"), ("A", "A"), (" ", "space"), ("é", "é"), ("漢", "漢"), ("🦊", "🦊"), ("\r", "enter"), ("\t", "tab"),
        ("\u{7F}", "backspace"), ("\u{8}", "backspace"), ("\u{0}", "ctrl+space"), ("\u{1}", "ctrl+a"),
        ("\n", "ctrl+j"), ("\u{1A}", "ctrl+z"), ("\u{1F}", "ctrl+_"), ("\u{1C}", "ctrl+\\"),
        ("\(esc)[A", "up"), ("\(esc)OA", "up"), ("\(esc)[1;5A", "ctrl+up"), ("\(esc)[1;3B", "alt+down"),
        ("\(esc)\(esc)[A", "alt+up"), ("\(esc)[1;2D", "shift+left"), ("\(esc)[H", "home"), ("\(esc)OF", "end"),
        ("\(esc)[1~", "home"), ("\(esc)[8~", "end"), ("\(esc)[3~", "delete"), ("\(esc)[2;5~", "ctrl+insert"),
        ("\(esc)[5~", "pageup"), ("\(esc)[6;3~", "alt+pagedown"), ("\(esc)OP", "f1"), ("\(esc)[[E", "f5"),
        ("\(esc)[15~", "f5"), ("\(esc)[24;2~", "shift+f12"), ("\(esc)[1;5R", "ctrl+f3"), ("\(esc)[Z", "shift+tab"),
        ("\(esc)\r", "alt+enter"), ("\(esc)x", "alt+x"), ("\(esc)X", "alt+X"), ("\(esc)é", "alt+é"),
        ("\(esc)\u{7F}", "alt+backspace"), ("\(esc)^", "alt+^"), ("\(esc)OM", "enter"), ("\(esc)Oj", "*"),
        ("\(esc)[a", "shift+up"), ("\(esc)Oc", "ctrl+right"), ("\(esc)[3^", "ctrl+delete"),
        ("\(esc)[27;5;13~", "ctrl+enter"), ("\(esc)[27;3;13~", "alt+enter"), ("\(esc)[27;6;80~", "ctrl+shift+p"),
        ("\(esc)[13;5u", "ctrl+enter"), ("\(esc)[27u", "esc"), ("\(esc)[97;5u", "ctrl+a"), ("\(esc)[120;4u", "alt+X"),
        ("\(esc)[45:95;4u", "alt+_"), ("\(esc)[97;1:1u", "a"), ("\(esc)[57414u", "enter"), ("\(esc)[57404u", "5"),
        ("\(esc)[9;2u", "shift+tab"), ("\(esc)[233u", "é"), ("\(esc)[1;1:1A", "up"),
    ]

    @Test(arguments: keys) func `bytes become their key, at any cut`(bytes: String, key: String) {
        let expected: [InputEvent] = [.key(try! #require(Key(key)))]
        Self.expect(bytes, expected)
    }

    @Test(arguments: [
        ("\u{1B}", ["esc"]), ("\u{1B}\u{1B}", ["esc", "esc"]), ("\u{1B}[", ["alt+["]), ("\u{1B}O", ["alt+O"]),
        ("\u{1B}]", ["alt+]"]), ("\u{1B}P", ["alt+P"]), ("\u{1B}_", ["alt+_"]),
    ]) func `bytes that may be a key of their own wait, and become the key after the timeout`(
        bytes: String,
        keys: [String]
    ) {
        var parser = InputParser()
        #expect(parser.feed(bytes.utf8) == [])
        #expect(parser.isWaiting)
        #expect(parser.flush() == keys.map { .key(Key($0)!) })
        #expect(!parser.isWaiting)
        #expect(parser.feed("x".utf8) == [.key(Key("x")!)])
    }

    @Test(arguments: [
        ("\u{1B}_x", ["alt+_", "x"]), ("\u{1B}Pq", ["alt+P", "q"]), ("\u{1B}]x", ["alt+]", "x"]),
        ("\u{1B}\u{1B}x", ["esc", "alt+x"]), ("\u{1B}O\u{1B}[A", ["alt+O", "up"]),
    ]) func `bytes that are not a sequence are typed`(bytes: String, keys: [String]) {
        Self.expect(bytes, keys.map { .key(Key($0)!) })
    }

    @Test(arguments: [
        ("\u{1B}[<0;5;3M", Mouse(.press(.left), at: Point(column: 4, row: 2))),
        ("\u{1B}[<2;5;3m", Mouse(.release(.right), at: Point(column: 4, row: 2))),
        ("\u{1B}[<32;300;1M", Mouse(.drag(.left), at: Point(column: 299, row: 0))),
        ("\u{1B}[<35;1;1M", Mouse(.move, at: .zero)),
        ("\u{1B}[<64;1;1M", Mouse(.scrollUp, at: .zero)),
        ("\u{1B}[<81;1;1M", Mouse(.scrollDown, at: .zero, modifiers: .control)),
        ("\u{1B}[<13;2;2M", Mouse(.press(.middle), at: Point(column: 1, row: 1), modifiers: [.shift, .alt])),
        ("\u{1B}[M !!", Mouse(.press(.left), at: .zero)),
    ]) func `mouse reports become events`(bytes: String, mouse: Mouse) {
        Self.expect(bytes, [.mouse(mouse)])
    }

    @Test(arguments: [
        ("\u{1B}[?62;22c", TerminalReply.primaryAttributes([62, 22])),
        ("\u{1B}[?2026;2$y", .mode(2026, state: 2)),
        ("\u{1B}[?5u", .keyboard(flags: 5)),
        ("\u{1B}]11;rgb:1414/1515/ffff\u{1B}\\", .background(red: 0x14, green: 0x15, blue: 0xFF)),
        ("\u{1B}]10;rgb:f/0/8\u{7}", .foreground(red: 255, green: 0, blue: 136)),
        ("\u{1B}P>|tmux 3.3a\u{1B}\\", .version("tmux 3.3a")),
        ("\u{1B}_Gi=31;OK\u{1B}\\", .graphics("i=31;OK")),
    ]) func `answers of the terminal are parsed`(bytes: String, reply: TerminalReply) {
        Self.expect(bytes, [.reply(reply)])
    }

    @Test(arguments: [
        "\u{1B}[>41;354;0c", "\u{1B}]52;c;aGVsbG8=\u{7}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[8;24;80t", "\u{1B}[0n",
        "\u{1B}[97;1:3u", "\u{1B}[57441;2u", "\u{1B}[201~", "\u{1B}[99;99;99~", "\u{1B}[<0;5M", "\u{1B}[<999;1;1M",
        "\u{1B}[99999999999999999999A\u{1B}[?1;$y", "\u{1B}]11;rgb:zz/1/1\u{7}",
    ]) func `an unknown sequence is dropped as a whole`(bytes: String) {
        var parser = InputParser()
        let events = parser.feed(bytes.utf8).filter { $0 != .key(Key(.up)) }
        #expect(events == [])
        #expect(parser.feed("x".utf8) == [.key(Key("x")!)])
    }

    @Test func `changes of the focus are reported`() {
        Self.expect("\u{1B}[I\u{1B}[O", [.focus(true), .focus(false)])
    }

    @Test(arguments: [
        ("plain", "plain"), ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"), ("x\u{1B}[31my\u{7}\u{0}", "x[31my"), ("", ""),
        ("é漢🦊\u{9B}31m", "é漢🦊31m"), ("q\u{1B}[20", "q[20"), ("\u{1B}[200~nested", "[200~nested"), ("\u{3}ctrl", "ctrl"),
    ]) func `a paste is one piece of clean text without keys`(bytes: String, text: String) {
        Self.expect("\u{1B}[200~\(bytes)\u{1B}[201~", [.paste(text)])
    }

    @Test func `a paste beyond the limit is cut at a whole character`() {
        var parser = InputParser()
        let long = String(repeating: "é", count: InputParser.pasteLimit / 2 - 1)
        _ = parser.feed("\u{1B}[200~".utf8)
        _ = parser.feed(long.utf8)
        _ = parser.feed("漢字".utf8)
        #expect(parser.feed("\u{1B}[201~".utf8) == [.paste(long), .pasteCut(bytes: 4)])
        #expect(parser.feed("\u{1B}[200~x\u{1B}[201~".utf8) == [.paste("x")])
    }

    @Test(arguments: [
        ("\u{1B}[200~half a pas", [InputEvent.paste("half a pas")]), ("\u{1B}[200~x\u{1B}[20", [.paste("x[20")]),
        ("\u{1B}]11;rgb:ff", []), ("\u{1B}P>|tm", []), ("\u{1B}_Gi=3", []), ("\u{1B}[1;", []), ("\u{1B}[M !", []),
        ("\u{1B}]11;rgb\u{1B}", [.key(Key(.escape))]), ("\u{1B}[[", []), ("\u{C3}", []),
    ]) func `an incomplete event is dropped, and an incomplete paste is reported as far as it arrived`(
        bytes: String,
        events: [InputEvent]
    ) {
        var parser = InputParser()
        #expect(parser.feed(bytes == "\u{C3}" ? [0xC3] : Array(bytes.utf8)) == [])
        #expect(parser.isIncomplete && !parser.isWaiting)
        #expect(parser.finishIncomplete() == events)
        #expect(!parser.isIncomplete)
        #expect(parser.feed("x".utf8) == [.key(Key("x")!)])
    }

    @Test(arguments: [
        "\u{1B}]11;rgb", "\u{1B}P>|", "\u{1B}_G", "\u{1B}[1;", "\u{1B}[M", "\u{1B}[[", "\u{1B}]11;x\u{1B}", "\u{1B}",
    ])
    func `interrupt is reported inside any incomplete sequence`(bytes: String) {
        var parser = InputParser()
        let events = parser.feed((bytes + "\u{3}").utf8)
        #expect(events.last == .key(Key("ctrl+c")!))
        #expect(parser.feed((bytes + "\u{11}").utf8).last == .key(Key("ctrl+q")!))
    }

    @Test(arguments: [
        ("\u{1B}dd", ["esc", "d", "d"]), ("\u{1B}\r", ["esc", "enter"]), ("\u{1B}[A", ["up"]), ("\u{1B}OA", ["up"]),
        ("\u{1B}Ohi", ["esc", "O", "h", "i"]), ("\u{1B}\u{1B}x", ["esc", "esc", "x"]), ("\u{1B}]x", ["esc", "]", "x"]),
        ("\u{1B}é", ["esc", "é"]), ("\u{1B}[1;3A", ["alt+up"]), ("\u{1B}[100;3u", ["alt+d"]),
    ]) func `where Esc is treated as a key, sequences keep their meaning`(bytes: String, keys: [String]) {
        var parser = InputParser()
        parser.treatsEscapeAsKey = true
        #expect(parser.feed(bytes.utf8) == keys.map { .key(Key($0)!) })
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `any bytes are parsed without harm, with the same result at any cut`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = [
            0x1B, 0x1B, 0x5B, 0x5B, 0x4F, 0x3B, 0x3A, 0x31, 0x32, 0x7E, 0x4D, 0x3C, 0x5D, 0x50, 0x07,
        ]
        let bytes = (0..<400).map { _ in
            Bool.random(using: &random)
                ? alphabet.randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random)
        }
        var whole = InputParser()
        let expected = whole.feed(bytes)
        for offset in 0...bytes.count {
            var parser = InputParser()
            #expect(parser.feed(bytes[..<offset]) + parser.feed(bytes[offset...]) == expected)
        }
    }

    /// The same events for the bytes in one piece, in two cut at every offset, and one by one.
    private static func expect(_ text: String, _ expected: [InputEvent]) {
        let bytes = Array(text.utf8)
        for offset in 0...bytes.count {
            var parser = InputParser()
            #expect(parser.feed(bytes[..<offset]) + parser.feed(bytes[offset...]) == expected, "cut at \(offset)")
            #expect(!parser.isWaiting)
        }
        var parser = InputParser()
        #expect(bytes.flatMap { parser.feed(CollectionOfOne($0)) } == expected)
    }
}
