import Foundation
import TestSupport
import Testing

@testable import Search

struct SearchTextTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `folding twice changes nothing more, and leaves no blank but single ones within`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "A", "ß", "É", "E\u{301}", "İ", "漢", "🦊", " ", "\n", "\t", "\u{0}", "\u{1}", "\u{7F}", "\u{A0}", "\u{2028}",
            "\r\n", "Ä", "J\u{30C}", "한", "\u{1112}\u{1161}",
        ]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let folded = SearchText.folded(text)
            #expect(Array(SearchText.folded(folded).utf8) == Array(folded.utf8), "\(text.debugDescription)")
            #expect(!folded.contains("  ") && folded.first != " " && folded.last != " ")
            #expect(folded.unicodeScalars.allSatisfy { $0 == " " || !$0.properties.isWhitespace && $0.value > 0x20 })
            // Neither how accents are written nor case makes a difference.
            let other = text.decomposedStringWithCanonicalMapping
            #expect(Array(SearchText.folded(other).utf8) == Array(folded.utf8), "\(text.debugDescription)")
        }
    }

    @Test(arguments: [
        ("T\u{308}", "ẗ"), ("J\u{30C}", "ǰ"), ("H\u{331}", "ẖ"), ("W\u{30A}", "ẘ"), ("É", "e\u{301}"),
        ("ÅNGSTRÖM", "ångström"),
        ("\u{212B}", "å"), ("\u{212A}elvin", "kelvin"), ("ВОДА", "вода"), ("ΑΘΉΝΑ", "αθήνα"),
    ])
    func `a letter is found in either case, also one whose capital has no form of its own`(one: String, other: String) {
        #expect(Array(SearchText.folded(one).utf8) == Array(SearchText.folded(other).utf8))
    }

    @Test func `a part that is as long as a book is cut at a whole letter`() {
        for unit in ["a", "é", "漢", "🦊", "fox "] {
            let folded = SearchText.folded(String(repeating: unit, count: 40_000))
            #expect((SearchText.mostBytes - 1...SearchText.mostBytes + 3).contains(folded.utf8.count), "\(unit)")
            #expect(!folded.contains("\u{FFFD}"))
        }
        // The model is still found behind a prompt that was cut.
        let text = SearchText.of(prompt: String(repeating: "fox ", count: 40_000), model: "lab/flux", files: [])
        #expect(text.hasSuffix("\(SearchText.end)lab/flux\(SearchText.end)"))
    }

    @Test func `parts end where the next begins, whatever is in them`() {
        let text = SearchText.of(prompt: "a\nb\u{1}c", model: "m", files: ["/a/b.png", "", "/", "c.png"])
        #expect(text == "a b c\nm\nb.png\n\n\nc.png\n")
        #expect(SearchText.of(tags: [], note: nil).isEmpty)
        #expect(SearchText.of(tags: ["A  b"], note: "N") == "\u{1}a b\nn\n")
        // A note cannot pretend to be a tag.
        #expect(!SearchText.of(tags: [], note: "\u{1}print").contains(SearchText.tagged("print")))
    }
}
