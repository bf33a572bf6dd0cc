import TestSupport
import Testing

@testable import Terminal

/// Whole tables of what terminals send, one row for each key and each modifier.
struct DecoderTableTests {
    private static func events(_ bytes: String) -> [InputEvent] {
        var parser = InputParser()
        return parser.feed(bytes.utf8)
    }

    private static let numbered: [(Int, KeyCode)] = [
        (1, .home), (2, .insert), (3, .delete), (4, .end), (5, .pageUp), (6, .pageDown), (7, .home), (8, .end),
        (11, .function(1)), (12, .function(2)), (13, .function(3)), (14, .function(4)), (15, .function(5)),
        (17, .function(6)), (18, .function(7)), (19, .function(8)), (20, .function(9)), (21, .function(10)),
        (23, .function(11)), (24, .function(12)), (25, .function(13)), (26, .function(14)), (28, .function(15)),
        (29, .function(16)), (31, .function(17)), (32, .function(18)), (33, .function(19)), (34, .function(20)),
    ]
    private static let lettered: [(Character, KeyCode)] = [
        ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end), ("P", .function(1)),
        ("Q", .function(2)), ("R", .function(3)), ("S", .function(4)),
    ]

    /// xterm's second parameter and its modifiers: one more than shift 1, alt 2, control 4.
    private static let modifiers: [(Int, KeyModifiers)] = (0..<8).map { ($0 + 1, KeyModifiers(rawValue: UInt8($0))) }

    @Test func `every numbered key with every modifier`() {
        for (number, code) in Self.numbered {
            #expect(Self.events("\u{1B}[\(number)~") == [.key(Key(code))], "\(number)")
            // rxvt: a caret for control.
            #expect(Self.events("\u{1B}[\(number)^") == [.key(Key(code, modifiers: .control))], "\(number)")
            for (parameter, held) in Self.modifiers {
                #expect(Self.events("\u{1B}[\(number);\(parameter)~") == [.key(Key(code, modifiers: held))])
                // An Esc before it is alt.
                let alt = held.union(.alt)
                #expect(Self.events("\u{1B}\u{1B}[\(number);\(parameter)~") == [.key(Key(code, modifiers: alt))])
            }
        }
        let known = Set(Self.numbered.map(\.0))
        for number in 0...99 where !known.contains(number) && number != 27 {
            #expect(Self.events("\u{1B}[\(number)~").isEmpty, "\(number) is no key")
        }
    }

    @Test func `every lettered key with every modifier`() {
        for (letter, code) in Self.lettered {
            #expect(Self.events("\u{1B}[\(letter)") == [.key(Key(code))], "\(letter)")
            #expect(Self.events("\u{1B}O\(letter)") == [.key(Key(code))], "\(letter)")
            #expect(Self.events("\u{1B}\u{1B}O\(letter)") == [.key(Key(code, modifiers: .alt))], "\(letter)")
            for (parameter, held) in Self.modifiers {
                #expect(Self.events("\u{1B}[1;\(parameter)\(letter)") == [.key(Key(code, modifiers: held))])
                // The kitty protocol tells press and repetition, which are keys, from release, which is none.
                #expect(Self.events("\u{1B}[1;\(parameter):1\(letter)") == [.key(Key(code, modifiers: held))])
                #expect(Self.events("\u{1B}[1;\(parameter):2\(letter)") == [.key(Key(code, modifiers: held))])
                #expect(Self.events("\u{1B}[1;\(parameter):3\(letter)") == [])
            }
        }
    }

    @Test func `every control character, with and without alt`() {
        let named: [UInt8: KeyCode] = [0x08: .backspace, 0x09: .tab, 0x0D: .enter, 0x7F: .backspace]
        for byte in UInt8(0)...0x7F where byte != 0x1B {
            let key: Key
            if let code = named[byte] {
                key = Key(code)
            } else if byte == 0 {
                key = Key(.character(" "), modifiers: .control)
            } else if byte < 0x20 {
                let letter = Character(Unicode.Scalar(byte < 0x1B ? byte + 0x60 : byte + 0x40))
                key = Key(.character(letter), modifiers: .control)
            } else {
                key = Key(.character(Character(Unicode.Scalar(byte))))
            }
            var parser = InputParser()
            #expect(parser.feed([byte]) == [.key(key)], "\(byte)")
            // What Esc and this byte begin is told from a key only by what follows.
            guard ![0x03, 0x11, 0x4F, 0x50, 0x5B, 0x5D, 0x5F].contains(byte) else { continue }
            let alt = Key(key.code, modifiers: key.modifiers.union(.alt))
            #expect(parser.feed([0x1B, byte]) == [.key(alt)], "alt and \(byte)")
        }
    }

    @Test func `the numeric keypad in application mode`() {
        for (letter, character) in zip("jklmnopqrstuvwxy", "*+,-./0123456789") {
            #expect(Self.events("\u{1B}O\(letter)") == [.key(Key(.character(character)))], "\(letter)")
        }
        #expect(Self.events("\u{1B}OX") == [.key(Key(.character("=")))])
        #expect(Self.events("\u{1B}OM") == [.key(Key(.enter))])
        // rxvt: small letters are arrows with control, or with shift.
        for (letter, code) in zip("abcd", [KeyCode.up, .down, .right, .left]) {
            #expect(Self.events("\u{1B}O\(letter)") == [.key(Key(code, modifiers: .control))])
            #expect(Self.events("\u{1B}[\(letter)") == [.key(Key(code, modifiers: .shift))])
        }
    }

    @Test func `the keys of the kitty protocol`() {
        for digit in 0...9 {
            let key = Key(.character(Character("\(digit)")))
            #expect(Self.events("\u{1B}[\(57_399 + digit)u") == [.key(key)])
        }
        for number in 13...35 {
            #expect(Self.events("\u{1B}[\(57_363 + number)u") == [.key(Key(.function(number)))])
        }
        let others: [(Int, KeyCode)] = [
            (9, .tab), (13, .enter), (27, .escape), (127, .backspace), (57_409, .character(".")),
            (57_410, .character("/")), (57_411, .character("*")), (57_412, .character("-")), (57_413, .character("+")),
            (57_414, .enter), (57_415, .character("=")), (57_417, .left), (57_418, .right), (57_419, .up),
            (57_420, .down), (57_421, .pageUp), (57_422, .pageDown), (57_423, .home), (57_424, .end),
            (57_425, .insert), (57_426, .delete),
        ]
        for (number, code) in others {
            #expect(Self.events("\u{1B}[\(number)u") == [.key(Key(code))], "\(number)")
            #expect(Self.events("\u{1B}[\(number);5u") == [.key(Key(code, modifiers: .control))], "\(number)")
        }
        // Caps lock, media and volume keys, and the modifiers themselves type nothing.
        for number in [57_358, 57_361, 57_363, 57_428, 57_440, 57_441, 57_454, 63_743] {
            #expect(Self.events("\u{1B}[\(number)u") == [], "\(number)")
        }
        for number in [1_114_112, 55_296, 57_343, 128, 159, 999_999_999] {
            #expect(Self.events("\u{1B}[\(number)u") == [], "\(number) is no character")
        }
    }

    @Test func `a letter with control arrives the same by every protocol`() {
        for letter in "abcdefghklnopqrstuvwxyz" where letter != "m" {
            let key = InputEvent.key(Key(.character(letter), modifiers: .control))
            let code = letter.asciiValue!
            #expect(Self.events("\u{1B}[\(code);5u") == [key])
            #expect(Self.events("\u{1B}[27;5;\(code)~") == [key])
            var parser = InputParser()
            if letter != "h" { #expect(parser.feed([code - 0x60]) == [key]) }
        }
        // Locks are no modifiers: caps lock 64, num lock 128.
        #expect(Self.events("\u{1B}[97;65u") == [.key(Key(.character("a")))])
        #expect(Self.events("\u{1B}[97;133u") == [.key(Key(.character("a"), modifiers: .control))])
        #expect(Self.events("\u{1B}[1;129A") == [.key(Key(.up))])
    }
}

struct MouseTableTests {
    /// What bits without modifiers mean for a press.
    private static let actions: [Int: Mouse.Action] = [
        0: .press(.left), 1: .press(.middle), 2: .press(.right), 3: .release(.left), 32: .drag(.left),
        33: .drag(.middle), 34: .drag(.right), 35: .move, 64: .scrollUp, 65: .scrollDown, 66: .scrollLeft,
        67: .scrollRight,
    ]

    private func mouse(_ bytes: [UInt8]) -> Mouse? {
        var parser = InputParser()
        let events = parser.feed(bytes)
        guard events.count == 1, case .mouse(let mouse) = events[0] else { return nil }
        return mouse
    }

    @Test func `every button with every modifier, in both forms`() {
        for (bits, action) in Self.actions {
            for held in 0..<8 {
                let modifiers = KeyModifiers(rawValue: UInt8(held))
                let sent =
                    bits | (modifiers.contains(.shift) ? 4 : 0) | (modifiers.contains(.alt) ? 8 : 0)
                    | (modifiers.contains(.control) ? 16 : 0)
                let expected = Mouse(action, at: Point(column: 9, row: 4), modifiers: modifiers)
                #expect(mouse(Array("\u{1B}[<\(sent);10;5M".utf8)) == expected, "\(sent)")
                #expect(mouse([0x1B, 0x5B, 0x4D, UInt8(32 + sent), 42, 37]) == expected, "\(sent)")
            }
        }
        for (bits, button) in [(0, Mouse.Button.left), (1, .middle), (2, .right)] {
            #expect(mouse(Array("\u{1B}[<\(bits);1;1m".utf8)) == Mouse(.release(button), at: .zero))
        }
    }

    @Test func `places count from one, and one that is no place is the first`() {
        #expect(mouse(Array("\u{1B}[<0;999;500M".utf8))?.position == Point(column: 998, row: 499))
        #expect(mouse(Array("\u{1B}[<0;0;0M".utf8))?.position == .zero)
        // The largest place that the old form can say, which is not text in UTF-8.
        #expect(mouse([0x1B, 0x5B, 0x4D, 32, 255, 255])?.position == Point(column: 222, row: 222))
        #expect(mouse([0x1B, 0x5B, 0x4D, 32, 33, 33])?.position == .zero)
    }

    @Test(arguments: ["<128;1;1M", "<0;1M", "<0M", "<;1;1M", "<0;;1M", "<x;1;1M", "<9999999999;1;1M"])
    func `a report that makes no sense is dropped as a whole`(body: String) {
        var parser = InputParser()
        let events = parser.feed("\u{1B}[\(body)".utf8)
        #expect(!events.contains { if case .mouse = $0 { true } else { false } })
        #expect(parser.feed("q".utf8).last == .key(Key(.character("q"))))
    }
}

struct ReplyTableTests {
    private func reply(_ bytes: String) -> TerminalReply? {
        var parser = InputParser()
        let events = parser.feed(bytes.utf8)
        guard events.count == 1, case .reply(let reply) = events[0] else { return nil }
        return reply
    }

    @Test(arguments: [
        ("\u{1B}[?997;1n", TerminalReply.colorScheme(isDark: true)), ("\u{1B}[?997;2n", .colorScheme(isDark: false)),
        ("\u{1B}[?1;0;256S", .sixelColors(256)), ("\u{1B}[?2;0;800;600S", .sixelSize(width: 800, height: 600)),
        ("\u{1B}[4;600;800t", .textAreaSize(width: 800, height: 600)),
        ("\u{1B}[6;20;10t", .cellSize(width: 10, height: 20)), ("\u{1B}[?u", .keyboard(flags: 0)),
        ("\u{1B}[?c", .primaryAttributes([])), ("\u{1B}[?64;;4c", .primaryAttributes([64, 4])),
        ("\u{1B}]1337;ReportCellSize=17.0;8.0;2.0\u{7}", .inlineImageCell), ("\u{1B}P>|\u{1B}\\", .version("")),
        ("\u{1B}P>|a\u{E9}b\u{1B}\\", .version("ab")),
    ])
    func `answers are read`(bytes: String, expected: TerminalReply) {
        #expect(reply(bytes) == expected)
    }

    @Test(arguments: [
        "\u{1B}[?996n", "\u{1B}[?997n", "\u{1B}[?1;3;0S", "\u{1B}[?9;0;1S", "\u{1B}[?1;0S", "\u{1B}[6;20t",
        "\u{1B}[9;1;1t",
        "\u{1B}[?2026$y", "\u{1B}]1337;File=x\u{7}", "\u{1B}]12;rgb:ff/ff/ff\u{7}", "\u{1B}]11;red\u{7}",
        "\u{1B}]11;\u{7}",
        "\u{1B}]11\u{7}", "\u{1B}P0$r\u{1B}\\", "\u{1B}[>1;2c", "\u{1B}[=1c",
    ])
    func `what is no answer to a question of ours says nothing`(bytes: String) {
        var parser = InputParser()
        #expect(parser.feed(bytes.utf8) == [])
        #expect(!parser.isIncomplete)
    }

    @Test func `a channel of one to four digits becomes one of eight bits`() {
        func red(_ digits: String) -> Int? {
            guard case .background(let red, let green, let blue)? = reply("\u{1B}]11;rgb:\(digits)/0/0\u{7}") else {
                return nil
            }
            #expect(green == 0 && blue == 0)
            return Int(red)
        }
        for digits in ["f", "ff", "fff", "ffff"] { #expect(red(digits) == 255) }
        for digits in ["0", "00", "000", "0000"] { #expect(red(digits) == 0) }
        for value in 0...255 {
            let two = value < 16 ? "0" + String(value, radix: 16) : String(value, radix: 16)
            #expect(red(two) == value)
            // As xterm doubles the byte of its 16 bits.
            #expect(red(two + two) == value)
            #expect(red(two.uppercased()) == value)
        }
        var before = -1
        for value in stride(from: 0, through: 0xFFF, by: 7) {
            let hex = String(value, radix: 16)
            let now = red(String(repeating: "0", count: 3 - hex.count) + hex) ?? -1
            #expect(now >= before)
            before = now
        }
        for digits in ["", "fffff", "g", "-1", "f f"] { #expect(red(digits) == nil, "\(digits)") }
        #expect(reply("\u{1B}]11;rgba:ffff/8080/0000/4040\u{1B}\\") == .background(red: 255, green: 128, blue: 0))
        #expect(reply("\u{1B}]10;rgb:1/2\u{7}") == nil)
    }

    @Test func `a string that never ends is not kept beyond its limit, and the next key arrives`() {
        for start in ["\u{1B}]11;", "\u{1B}P>|", "\u{1B}_G"] {
            var parser = InputParser()
            #expect(parser.feed(start.utf8) == [])
            for _ in 0..<20 { #expect(parser.feed([UInt8](repeating: 0x61, count: 10_000)) == []) }
            let events = parser.feed("\u{1B}\\q".utf8)
            #expect(events.last == .key(Key(.character("q"))))
            for case .reply(let reply) in events { #expect("\(reply)".utf8.count < 70_000) }
        }
        var parser = InputParser()
        // Parameters without an end.
        #expect(parser.feed([0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 256)) == [])
        _ = parser.feed([UInt8](repeating: 0x31, count: 10))
        #expect(parser.feed("\u{3}".utf8).last == .key(Key("ctrl+c")!))
    }
}
