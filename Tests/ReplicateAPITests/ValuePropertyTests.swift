import Foundation
import ReplicateAPI
import TestSupport
import Testing

/// Laws of values and their fields: what is shown can be typed, what is typed fits or says why not, and no pattern of a
/// stranger holds the program.
struct ValuePropertyTests {
    private static let kinds: [InputField.Kind] = [
        .text, .integer(minimum: 1, maximum: 4), .integer(minimum: nil, maximum: nil), .number(minimum: 0, maximum: 1),
        .number(minimum: nil, maximum: nil), .boolean, .choice(["1:1", "16:9"]), .choice([1, 2, 3]), .file,
        .files(most: 2), .texts,
        .list(ValueType(.integer(minimum: 0, maximum: 9))), .object([]), .json,
        .union([ValueType(.integer(minimum: 1, maximum: nil)), ValueType(.text)]),
    ]

    private static func value(_ random: inout SeededGenerator, depth: Int = 0) -> JSONValue {
        switch Int.random(in: 0..<(depth > 2 ? 6 : 8), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: .integer([-1, 0, 1, 2, 4, 9, 100, .max, .min].randomElement(using: &random)!)
        case 3: .number([0.5, 0.1, -2.25, 1e20, 3.0].randomElement(using: &random)!)
        case 4: .string(["", "1:1", "16:9", "fox", "7", "true", "狐\n狐"].randomElement(using: &random)!)
        case 5:
            .string(["https://h/a.png", "data:image/png;base64,AA", "ftp://x", "/x"].randomElement(using: &random)!)
        case 6: .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default: .object(["k": value(&random, depth: depth + 1)])
        }
    }

    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func `whatever is typed is a value with an issue or without, or a sentence says what would be one`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "1", "-", ".", "e", "9", " ", "true", "null", "[", "]", "{", "}", "\"", ",", "a", "狐", "\n", "://", ":",
        ]
        for _ in 0..<600 {
            let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let field = InputField(name: "x", kind: Self.kinds.randomElement(using: &random)!)
            if let value = field.value(typed: text) {
                if let issue = field.issue(with: value) { #expect(!issue.isEmpty && issue.count < 400) }
            } else {
                #expect(!field.issue(typed: text).isEmpty)
            }
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `same is the same both ways, and whatever is written reads as the same`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let (one, other) = (Self.value(&random), Self.value(&random))
            #expect(one.isSame(as: one) && one.isSame(as: other) == other.isSame(as: one))
            #expect(try JSONValue(parsing: one.serialized()).isSame(as: one))
            if one == other { #expect(one.isSame(as: other)) }
        }
        #expect(JSONValue.integer(3).isSame(as: .number(3.0)) && !JSONValue.integer(3).isSame(as: "3"))
    }

    @Test(arguments: [
        "(a+)+$", "(a*)*b", "(a|aa)+$", "(.*a){20}", "([a-z]+)*!", "(a?){30}a{30}", "\\1(a)", "(?<n>a)\\k<n>",
        "a*a*a*a*a*a*b", "((a+)+)+$",
        String(repeating: "a?", count: 60), String(repeating: "x", count: 501), "(", "[", "*",
    ])
    func `a pattern that could take for ever, or is none, refuses nothing`(pattern: String) {
        var limits = ValueLimits()
        limits.pattern = pattern
        let field = InputField(name: "x", kind: .text, limits: limits)
        // Each of these would take longer than anybody lives.
        let text = String(repeating: "a", count: 5_000)
        #expect(field.issue(with: .string(text)) == nil)
    }

    @Test(arguments: [
        ("^[a-z]+$", "fox", true), ("^[a-z]+$", "Fox", false), ("^\\d{4}-\\d{2}$", "2026-11", true),
        ("^\\d{4}-\\d{2}$", "26-11", false),
        ("fox|owl", "an owl", true), ("fox|owl", "a cat", false), ("^(png|jpg)$", "png", true),
        ("^(png|jpg)$", "gif", false),
        ("", "anything", true), ("^$", "", true), ("狐", "a 狐", true),
    ])
    func `an ordinary pattern is checked`(pattern: String, text: String, fits: Bool) {
        var limits = ValueLimits()
        limits.pattern = pattern
        let field = InputField(name: "x", kind: .text, limits: limits)
        #expect((field.issue(with: .string(text)) == nil) == fits)
    }

    @Test(
        arguments: [
            (["image/*"], "image/png", "a.bin", true), (["image/*"], "video/mp4", "a.png", false),
            (["image/png", "image/jpeg"], "IMAGE/PNG", "a", true),
            ([".png"], nil, "A.PNG", true), ([".png"], nil, "a.jpg", false),
            ([".png", "image/*"], "image/gif", "a", true), (["*/*"], "x/y", "a", true),
            (["*"], "x/y", "a", true), ([], "x/y", "a", true), (["image/*"], nil, "a", true),
            (["image/*", ".png"], nil, "a.gif", false),
        ] as [([String], String?, String, Bool)]
    )
    func `what a model takes is told by type or by ending`(accepted: [String], type: String?, name: String, fits: Bool)
    {
        var limits = ValueLimits()
        limits.accepted = accepted
        #expect(limits.accepts(type: type, name: name) == fits)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `an output is its files and the rest, and nothing of it is lost or doubled`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let output = Self.value(&random)
            let content = OutputContent(output)
            #expect(
                content.files.allSatisfy {
                    $0.hasPrefix("https://") || $0.hasPrefix("http://") || $0.hasPrefix("data:")
                }
            )
            let strings = output.strings
            for file in Set(content.files) {
                #expect(content.files.count { $0 == file } <= strings.count { $0 == file })
            }
            // What is no file stays among the values.
            let rest = content.values?.strings ?? []
            for text in strings where !text.isEmpty && !content.files.contains(text) {
                #expect(rest.contains(text), "\(text)")
            }
            #expect(content.isEmpty == (content.files.isEmpty && content.values == nil))
        }
    }
}
