import Foundation
import ReplicateAPI
import TestSupport
import Testing

/// The parser and the writer against Foundation's, and against themselves.
struct JSONPropertyTests {
    private static let texts = [
        "", "a", "é", "漢", "🦊", "\"", "\\", "/", "\n\r\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{9B}", "\u{202E}",
        "\u{2028}", "\u{2066}",
        "e\u{301}", "👨‍👩‍👧", "\u{FFFD}", "a\u{200E}b", "\u{E2}", "\u{D8}\u{C2}", "\u{2FFF}", "\u{10FFFF}",
    ]

    private func value(_ random: inout SeededGenerator, depth: Int = 0) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 9 : 7), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer([0, -1, 7, .max, .min, 9_007_199_254_740_993].randomElement(using: &random) ?? 0)
        case 3: return .unsigned([.max, UInt64(Int64.max) + 1].randomElement(using: &random) ?? .max)
        case 4:
            return .number(
                [0.5, -1.25, 1e-9, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0.1].randomElement(using: &random)
                    ?? 0.5
            )
        case 5, 6:
            return .string(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in Self.texts.randomElement(using: &random) ?? "" }
                    .joined()
            )
        case 7: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            var members: JSONObject = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                members[Self.texts.randomElement(using: &random) ?? ""] = value(&random, depth: depth + 1)
            }
            return .object(members)
        }
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `what was written is read as it was, in both forms, and harmless in both`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<800 {
            let value = value(&random)
            for isPretty in [false, true] {
                let data = value.serialized(pretty: isPretty)
                #expect(try JSONValue(parsing: data) == value)
                let text = String(decoding: data, as: UTF8.self)
                #expect(!text.contains("\n") || isPretty)
                let isHarmless = text.unicodeScalars.allSatisfy {
                    ($0.value >= 0x20 || $0 == "\n") && !(0x7F...0x9F).contains($0.value)
                        && !(0x2028...0x202E).contains($0.value)
                        && !(0x2066...0x2069).contains($0.value)
                }
                #expect(isHarmless, "\(text.debugDescription)")
                #expect(JSONEscape.apply(to: text) == text)
            }
        }
    }

    @Test(arguments: 6..<9 as Range<UInt64>)
    func `another parser reads what was written`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let value = value(&random)
            let other = try JSONSerialization.jsonObject(with: value.serialized(), options: .fragmentsAllowed)
            let again = try JSONSerialization.data(withJSONObject: other, options: .fragmentsAllowed)
            #expect(try JSONValue(parsing: again).isSame(as: value) || hasExtremes(value), "\(value.text())")
        }
    }

    /// Numbers that the other parser rounds.
    private func hasExtremes(_ value: JSONValue) -> Bool {
        switch value {
        case .number, .unsigned, .integer: true
        case .array(let values): values.contains(where: hasExtremes)
        case .object(let members): members.values.contains(where: hasExtremes)
        case .null, .bool, .string: false
        }
    }

    @Test(arguments: 9..<12 as Range<UInt64>)
    func `a document that is cut, or has a wrong byte, is an error or a value, and never the end of the program`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let bytes = Array(value(&random).serialized())
            for length in 0..<bytes.count {
                let cut = Data(bytes.prefix(length))
                // Only a number is still a number when it is cut.
                if let read = try? JSONValue(parsing: cut) {
                    #expect(
                        read.double != nil || read.whole != nil || read.isNull,
                        "\(String(decoding: cut, as: UTF8.self))"
                    )
                }
            }
            guard !bytes.isEmpty else { continue }
            for _ in 0..<20 {
                var wrong = bytes
                wrong[Int.random(in: 0..<wrong.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                _ = try? JSONValue(parsing: Data(wrong))
            }
        }
    }

    @Test(arguments: [
        "", " ", "[", "]", "{", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "[1 2]", "\"", "\"\\\"",
        "\"\\x\"", "\"\\u12\"",
        "tru", "nulls", "01", "1.", ".5", "1e", "+1", "--1", "1 1", "[1]]", "'a'",
    ])
    func `what is no document is an error with its place`(text: String) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Data(text.utf8)) }
        #expect((0...text.utf8.count).contains(error?.offset ?? -1))
        #expect(error?.reason.isEmpty == false)
    }

    @Test func `nesting ends at 512 levels, and before the stack does`() {
        func nested(_ depth: Int) -> Data {
            Data((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect((try? JSONValue(parsing: nested(512))) != nil)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(513)) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(200_000)) }
        #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: Data(String(repeating: "{\"a\":", count: 200_000).utf8))
        }
    }
}

struct TimestampPropertyTests {
    @Test func `a time that was written is read as it was, from the year 1 to 9999`() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<5_000 {
            let milliseconds = Int.random(in: -62_135_596_800_000..<253_402_300_800_000, using: &random)
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
            let read = try #require(Timestamp.parse(Timestamp.format(date)), "\(Timestamp.format(date))")
            #expect(abs(read.timeIntervalSince(date)) < 0.001, "\(Timestamp.format(date))")
        }
    }

    @Test func `whole seconds are written as Foundation writes them`() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<1_000 {
            let date = Date(timeIntervalSince1970: Double(Int.random(in: 0..<4_102_444_800, using: &random)))
            #expect(Timestamp.format(date) == date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
    }

    @Test func `days are counted as the calendar counts them`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for year in [1970, 1999, 2000, 2026, 2100, 2400] {
            for month in 1...12 {
                for day in [1, 28] {
                    let date = calendar.date(from: DateComponents(year: year, month: month, day: day)) ?? .distantPast
                    #expect(
                        Timestamp.daysSince1970(year: year, month: month, day: day)
                            == Int(date.timeIntervalSince1970 / 86_400)
                    )
                }
            }
        }
    }
}

struct FailureCodeTests {
    @Test(arguments: [
        ("Prediction interrupted; please retry (code: E6716)", "E6716: the model did not start"),
        ("E005", "E005: the input or the output"),
        ("CUDA out of memory (E1001)", "E1001: the model ran out"), ("(E042) something", "E042: the provider behind"),
        ("NSFW content detected", "The safety filter"), ("It violates our Content Policy", "The safety filter"),
    ])
    func `a known code is explained`(text: String, beginning: String) {
        #expect(
            FailureCode.explanation(in: text)?.hasPrefix(beginning) == true,
            "\(FailureCode.explanation(in: text) ?? "nil")"
        )
    }

    @Test(arguments: ["", "it broke", "E1", "E12345", "xE005", "E99999 and E12", "size 0xE005"])
    func `what is no code is not explained`(text: String) { #expect(FailureCode.explanation(in: text) == nil) }

    @Test func `an unknown code of four digits does not hide a known one behind it`() {
        #expect(FailureCode.explanation(in: "E9999 then E1001")?.hasPrefix("E1001") == true)
    }
}

struct ImageURLTests {
    @Test(arguments: [
        "https://h/a.png", "HTTP://h", "https://h:8080/a?b#c", "data:image/png;base64,AAAA", "https://[::1]/a",
        "https://münchen.de/a",
    ])
    func `an address that can be sent has no issue`(text: String) { #expect(ImageURL.issue(with: text) == nil) }

    @Test(arguments: [
        ("", "is empty"), ("a.png", "is not a URL (https://…)"), ("ftp://h/a", "must begin with https:// or http://"),
        ("https://", "has no host"),
        ("https:///a", "has no host"), ("https://h/a b", "has spaces or control characters"),
        ("https://h/\u{1B}", "has spaces or control characters"),
        ("data:image/png", "is not a whole data: URI"), ("https://h:0/", "has an impossible port"),
        ("https://h:70000/", "has an impossible port"),
        ("https://h/" + String(repeating: "a", count: 1_000_000), "is too long"),
        ("javascript://h", "must begin with https:// or http://"),
    ])
    func `what cannot be sent says why`(text: String, issue: String) { #expect(ImageURL.issue(with: text) == issue) }
}
