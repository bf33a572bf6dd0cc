import Terminal
import Testing

struct TextTests {
    @Test(arguments: [
        ("plain", "plain", 5), ("漢字", "漢字", 4), ("e\u{301}", "e\u{301}", 1), ("❤️", "❤", 1), ("👍🏽", "👍", 2),
        ("👨‍👩‍👧", "👨", 2), ("🇩🇪", "DE", 2), ("1️⃣", "1", 1), ("क्षि", "क्षि", 3), ("한", "한", 2),
        ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2), ("\u{301}x", "◌\u{301}x", 2),
        ("\u{1B}[31m", "␛[31m", 5), ("\u{7}\u{7F}", "␇␡", 2), ("\u{9B}31m", "\u{FFFD}31m", 4),
        ("a\u{202E}b", "a\u{FFFD}b", 3), ("a\r\nb\nc", "a↵b↵c", 5), ("a\tb", "a b", 3), ("\u{200B}", "\u{FFFD}", 1),
        ("\u{10EEEE}\u{305}\u{30D}", "\u{10EEEE}\u{305}\u{30D}", 1), ("\u{A0}", " ", 1),
        ("a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}", "a\u{300}\u{301}\u{302}\u{303}", 1),
        ("\u{E0001}", "\u{FFFD}", 1),
    ]) func `shown text is safe and has the stated width`(text: String, shown: String, columns: Int) {
        let safe = DisplayText.sanitise(text)
        #expect(Array(safe.unicodeScalars) == Array(shown.unicodeScalars))
        #expect(TextWidth.columns(of: text) == columns)
        #expect(TextWidth.columns(of: safe) == columns)
        var surface = Surface(size: Size(columns: 20, rows: 1))
        #expect(surface.write(text, at: .zero, style: Style()) == columns)
    }

    @Test func `no scalar is shown as a control character or as nothing`() {
        for value in (0...0x10FFFF as ClosedRange<UInt32>) where value % 7 == 0 || value < 0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let safe = DisplayText.sanitise(String(scalar))
            let isBad =
                safe.isEmpty
                || safe.unicodeScalars.contains {
                    [.control, .format, .unassigned, .lineSeparator].contains($0.properties.generalCategory)
                }
            if isBad { Issue.record("U+\(String(value, radix: 16)) is shown as \(safe.debugDescription)") }
        }
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("漢字漢", 5, "漢字…"), ("漢字漢", 4, "漢…"), ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 3, ""),
    ]) func `a text that is too long ends with an ellipsis`(text: String, limit: Int, expected: String) {
        #expect(TextWidth.truncate(text, to: limit) == expected)
    }

    @Test(arguments: [
        ("https://example.org/a.png", 13, "https:…/a.png"), ("abc", 3, "abc"), ("abcdef", 2, "a…"), ("漢字漢字", 5, "漢…字"),
    ]) func `the middle is cut where both ends matter`(text: String, limit: Int, expected: String) {
        #expect(TextWidth.truncateMiddle(text, to: limit) == expected)
    }

    @Test func `padding is exact`() {
        #expect(TextWidth.pad("ab", to: 4) == "ab  ")
        #expect(TextWidth.pad("ab", to: 4, alignment: .right) == "  ab")
        #expect(TextWidth.pad("ab", to: 5, alignment: .center) == " ab  ")
        #expect(TextWidth.pad("漢字", to: 3) == "漢…")
        #expect(TextWidth.pad("漢字", to: 2) == "… ")
    }
}
