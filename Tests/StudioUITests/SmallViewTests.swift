import Foundation
import Studio
import Terminal
import TestSupport
import Testing

@testable import StudioUI

struct ClockTextTests {
    private let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    @Test(arguments: [
        (0.0, "0 s"), (-5, "0 s"), (59.9, "59 s"), (60, "1 m 00 s"), (61, "1 m 01 s"), (3_599, "59 m 59 s"),
        (3_600, "1 h 00 m"),
        (3_660, "1 h 01 m"), (359_999, "99 h 59 m"), (1e12, "99 h 59 m"), (.infinity, "99 h 59 m"),
    ])
    func `durations fit their column`(seconds: Double, text: String) {
        #expect(ClockText.duration(seconds) == text)
        #expect(text.count <= ClockText.durationColumns)
    }

    @Test func `any duration fits its column`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            let text = ClockText.duration(Double.random(in: -10...500_000, using: &random))
            #expect(text.count <= ClockText.durationColumns, "\(text)")
        }
    }

    @Test func `today has a time, and another day a date`() {
        let now = Date(timeIntervalSince1970: 1_795_529_531)
        #expect(ClockText.moment(now, now: now, calendar: calendar) == "14:12")
        #expect(ClockText.moment(now - 5 * 60, now: now, calendar: calendar) == "14:07")
        #expect(ClockText.moment(now - 86_400, now: now, calendar: calendar) == "Nov 23")
        #expect(ClockText.moment(now - 15 * 3_600, now: now, calendar: calendar) == "Nov 23")
        #expect(ClockText.moment(now + 40 * 86_400, now: now, calendar: calendar) == "Jan 3")
    }
}

struct DisplayPathTests {
    private static let path = "replicate.delivery/xezq/Hk2l9f/a/rather/long/path/out-0.webp"

    @Test(arguments: [
        (80, path), (40, "replicate.delivery/…/long/path/out-0.webp"), (33, "replicate.delivery/…/out-0.webp"),
    ])
    func `the host and the name stay as long as they fit`(columns: Int, text: String) {
        let short = DisplayPath.shortened(Self.path, columns: columns, ellipsis: "…")
        #expect(TextWidth.columns(of: short) <= columns)
        if columns != 40 { #expect(short == text) } else { #expect(short.hasPrefix("replicate.delivery/…/")) }
    }

    @Test func `no address is wider than its column`() {
        let glyphs = Glyphs(isUnicode: true)
        for text in [
            Self.path, "a", "", "/", "//", "a/b", "漢字/漢字/漢字漢字漢字漢字", String(repeating: "x", count: 300),
            "https://h/" + String(repeating: "y/", count: 90),
            "data:image/png;base64," + String(repeating: "A", count: 9_000),
        ] {
            for columns in 0...40 {
                #expect(TextWidth.columns(of: DisplayPath.shortened(text, columns: columns, ellipsis: "…")) <= columns)
                #expect(TextWidth.columns(of: glyphs.address(text, columns: columns)) <= columns)
            }
        }
        #expect(glyphs.address("https://h/a.png", columns: 20) == "h/a.png")
        #expect(glyphs.address("http://h/a.png", columns: 20) == "h/a.png")
    }
}

struct GlyphsTests {
    @Test func `without Unicode every sign is ASCII, and bars keep their width`() {
        for isUnicode in [true, false] {
            let glyphs = Glyphs(isUnicode: isUnicode)
            for columns in [0, 1, 7, 30] {
                for fraction in [-1, 0, 0.01, 0.33, 0.5, 0.999, 1, 2] {
                    let bar = glyphs.bar(fraction, columns: columns)
                    #expect((bar.filled + bar.rest).count == columns, "\(fraction) of \(columns)")
                    if !isUnicode { #expect((bar.filled + bar.rest).allSatisfy { $0.isASCII }) }
                }
            }
            for frame in -50...300 {
                for columns in [5, 12, 40] {
                    let bar = glyphs.wandering(frame: frame, columns: columns)
                    #expect((bar.before + bar.block + bar.after).count == columns, "\(frame)")
                    #expect(!bar.block.isEmpty)
                }
            }
            #expect((-2...12).map { glyphs.column($0).count } == Array(repeating: 1, count: 15))
        }
    }

    @Test func `a bar is full only at its end, and never full before`() {
        let glyphs = Glyphs(isUnicode: true)
        #expect(glyphs.bar(1, columns: 10).filled == String(repeating: "█", count: 10))
        #expect(glyphs.bar(0, columns: 10).filled == "")
        let lengths = (0...100).map { glyphs.bar(Double($0) / 100, columns: 10).filled.count }
        #expect(lengths == lengths.sorted())
    }
}

struct ClipboardTests {
    private func text(_ text: String) throws -> (text: String, isCut: Bool) {
        let (bytes, isCut) = Clipboard.sequence(for: text)
        let sequence = String(decoding: bytes, as: UTF8.self)
        #expect(sequence.hasPrefix("\u{1B}]52;c;") && sequence.hasSuffix("\u{07}"))
        let content = try #require(Data(base64Encoded: String(sequence.dropFirst(7).dropLast())))
        return (String(decoding: content, as: UTF8.self), isCut)
    }

    @Test(arguments: ["", "a fox", "漢字\n\u{1B}]52;c;x\u{7}", "https://h/?a=b&c=d"])
    func `a text arrives as it is, and cannot end the sequence`(given: String) throws {
        let (copied, isCut) = try text(given)
        #expect(copied == given)
        #expect(!isCut)
    }

    @Test func `a text that is too long is cut at a whole character, and said to be`() throws {
        let (copied, isCut) = try text(String(repeating: "漢", count: 40_000))
        #expect(isCut)
        #expect(!copied.contains("\u{FFFD}"))
        #expect(copied.utf8.count <= Clipboard.mostBytes)
        #expect(copied.utf8.count > Clipboard.mostBytes - 6)
        #expect(try !text(String(repeating: "a", count: Clipboard.mostBytes)).isCut)
    }
}

struct WrappedLinesTests {
    @Test func `no row is wider than its place, and no word is lost where there is room`() {
        let text =
            "A red fox asleep in a hollow oak, 漢字漢字漢字 morning fog\n\nand moss. " + String(repeating: "x", count: 90)
        for columns in 1...60 {
            let rows = WrappedLines.of(text, columns: columns, rows: 400)
            #expect(rows.allSatisfy { TextWidth.columns(of: $0) <= max(columns, 2) }, "\(columns)")
            if columns > 1 {
                #expect(rows.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace }, "\(columns)")
            }
            #expect(WrappedLines.of(text, columns: columns, rows: 3).count <= 3)
        }
        #expect(WrappedLines.of("", columns: 10).count <= 1)
    }
}

struct MailboxTests {
    @Test func `actions come in the order in which they were posted, each once`() {
        let mailbox = Mailbox()
        #expect(mailbox.drain().isEmpty)
        for number in 0..<100 { mailbox.post(.imageUploadFailed(number, path: "", reason: "")) }
        #expect(mailbox.drain() == (0..<100).map { .imageUploadFailed($0, path: "", reason: "") })
        #expect(mailbox.drain().isEmpty)
    }

    @Test func `nothing is lost between threads, and each thread keeps its order`() async {
        let mailbox = Mailbox()
        await withTaskGroup(of: Void.self) { group in
            for sender in 0..<8 {
                group.addTask {
                    for number in 0..<200 {
                        mailbox.post(.imageUploadFailed(sender * 1_000 + number, path: "", reason: ""))
                    }
                }
            }
        }
        var counts: [Int] = []
        for action in mailbox.drain() { if case .imageUploadFailed(let count, _, _) = action { counts.append(count) } }
        #expect(counts.count == 1_600)
        for sender in 0..<8 { #expect(counts.filter { $0 / 1_000 == sender } == (0..<200).map { sender * 1_000 + $0 }) }
    }
}
