import Foundation
import ReplicateAPI
import TestSupport
import Testing

@testable import Service

/// Fields of a body, as leniently as the reference reads them and no more.
struct FieldReaderTests {
    private func reader(_ value: JSONValue?) -> FieldReader { FieldReader(value.map { ["x": $0] } ?? [:]) }

    @Test func `a field that was sent and not asked for is an issue, unless it is null`() {
        let body: JSONObject = ["prompt": "x", "seed": 7, "input": [:], "promt": "y", "image_urls": ["a"], "z": .null]
        var reader = FieldReader(body)
        _ = ImageRequest(&reader)
        reader.refuseUnknown()
        #expect(reader.issues.map(\.path) == [["image_urls"], ["promt"]])
        #expect(reader.issues.allSatisfy { $0.type == "extra_forbidden" })
        var cost = FieldReader(["num_images": 1, "video_duration": "2.5"])
        _ = CostRequest(&cost)
        cost.refuseUnknown()
        #expect(cost.issues.isEmpty)
    }

    @Test(
        arguments: [
            (12, 12), (-3, -3), (12.0, 12), ("12", 12), (" 12 ", 12), ("1_000", 1_000), ("12.0", 12), ("12.000", 12),
            ("-5", -5),
            (.integer(.max), .max), (.unsigned(.max), .max), (.number(1e300), .max), (.number(-1e300), .min), (nil, 7),
        ] as [(JSONValue?, Int64)]
    )
    func `a whole number in every form that is one`(value: JSONValue?, number: Int64) {
        var reader = reader(value)
        let found = reader.integer("x", standard: 7)
        #expect(found == number)
        #expect(reader.issues.isEmpty)
    }

    @Test(
        arguments: [
            (1.5, "int_from_float"), ("1.5", "int_parsing"), ("", "int_parsing"), ("twelve", "int_parsing"),
            ("1e3", "int_parsing"),
            ("0x10", "int_parsing"), ("99999999999999999999", "int_parsing"), (true, "int_type"), (.null, "int_type"),
            (.array([1]), "int_type"), (.object([:]), "int_type"),
        ] as [(JSONValue, String)]
    )
    func `what is no whole number is an issue of the reference's kind`(value: JSONValue, type: String) {
        var reader = reader(value)
        let found = reader.integer("x", standard: 7)
        #expect(found == nil)
        #expect(reader.issues.map(\.type) == [type])
        #expect(reader.issues.first?.path == [.string("x")])
    }

    @Test(
        arguments: [
            (1, "1"), (0.1, "0.1"), (2.675, "2.675"), ("0.1", "0.1"), (" 1.50 ", "1.5"), ("1e2", "100"), ("-2", "-2"),
            ("+3", "3"),
            (.unsigned(.max), "18446744073709551615"), (nil, "9"),
        ] as [(JSONValue?, String)]
    )
    func `a decimal keeps the digits that were sent`(value: JSONValue?, text: String) {
        var reader = reader(value)
        let found = reader.decimal("x", standard: 9)
        #expect(found == Decimal(string: text))
        #expect(reader.issues.isEmpty)
    }

    @Test(
        arguments: [
            ("", "float_parsing"), ("one", "float_parsing"), ("nan", "float_parsing"), ("inf", "float_parsing"),
            ("0x1p3", "float_parsing"),
            ("1,5", "float_parsing"), ("1e999", "float_parsing"), (false, "float_type"), (.null, "float_type"),
            (.array([]), "float_type"),
        ] as [(JSONValue, String)]
    )
    func `what is no decimal is an issue`(value: JSONValue, type: String) {
        var reader = reader(value)
        let found = reader.decimal("x", standard: 9)
        #expect(found == nil)
        #expect(reader.issues.map(\.type) == [type])
    }

    @Test func `a text is required or optional, and null is a text nowhere`() {
        var missing = reader(nil)
        let none = missing.string("x")
        #expect(none == nil && missing.issues.map(\.type) == ["missing"])
        var optional = reader(.null)
        let null = optional.string("x", isOptional: true)
        #expect(null == nil && optional.issues.isEmpty)
        var required = reader(.null)
        let wrong = required.string("x")
        #expect(wrong == nil && required.issues.map(\.type) == ["string_type"])
        var given = reader("狐")
        let text = given.string("x")
        #expect(text == "狐" && given.issues.isEmpty)
    }

    @Test func `a list names each element that is none, and one that is too long is refused unseen`() {
        var good = reader(.array(["a", "b"]))
        let texts = good.strings("x", most: 2)
        #expect(texts == ["a", "b"] && good.issues.isEmpty)
        var mixed = reader(.array(["a", 1, .null, "b"]))
        let wrong = mixed.strings("x", most: 9)
        #expect(wrong == nil)
        #expect(mixed.issues.map(\.path) == [[.string("x"), .integer(1)], [.string("x"), .integer(2)]])
        var long = reader(.array(Array(repeating: 1, count: 1_000)))
        let refused = long.strings("x", most: 10)
        #expect(refused == nil && long.issues.count == 1, "one issue, not a thousand")
        for value in [JSONValue.string("a"), .object([:]), 3] {
            var reader = reader(value)
            let found = reader.strings("x", most: 3)
            #expect(found == nil && reader.issues.map(\.type) == ["list_type"])
        }
    }

    @Test func `an object is optional, and has no more members than it may`() {
        var good = reader(.object(["a": 1]))
        let members = good.object("x", most: 1)
        #expect(members == ["a": 1] && good.issues.isEmpty)
        var missing = reader(nil)
        let none = missing.object("x", most: 1)
        #expect(none == nil && missing.issues.isEmpty)
        var long = reader(.object(["a": 1, "b": 2]))
        let refused = long.object("x", most: 1)
        #expect(refused == nil && long.issues.count == 1)
        var wrong = reader(.array([]))
        let found = wrong.object("x", most: 1)
        #expect(found == nil && wrong.issues.map(\.type) == ["dict_type"])
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `what one reader takes the other takes too, and as the same value`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "1", "-", "0", "1.5", "1e3", "true", "false", "null", " ",
            "\n", "\\u0041",
            "\\ud83e\\udd8a", "\\", "狐", "\t", "01", "NaN", "\u{1}",
        ]
        for _ in 0..<1_500 {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let strict = try? JSONText.parse(Array(text.utf8))
            let lenient = try? JSONValue(parsing: Data(text.utf8))
            // The strict one judges callers: it never takes what the other does not.
            if let strict { #expect(lenient == strict, "\(text.debugDescription)") }
            let foundation = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            if strict != nil { #expect(foundation != nil, "\(text.debugDescription)") }
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `values that were written are read as they were, however deep within the limit`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func value(_ depth: Int) -> JSONValue {
            switch Int.random(in: 0..<(depth > 5 ? 4 : 6), using: &random) {
            case 0: .null
            case 1: .bool(.random(using: &random))
            case 2: .integer([.min, -1, 0, 1, .max].randomElement(using: &random)!)
            case 3: .string(["", "fox", "\"\\/\n\t\u{1}", "🦊", "\u{2028}"].randomElement(using: &random)!)
            case 4: .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth + 1) })
            default:
                .object(
                    Dictionary(
                        uniqueKeysWithValues: (0..<Int.random(in: 0...4, using: &random)).map {
                            ("k\($0)", value(depth + 1))
                        }
                    )
                )
            }
        }
        for _ in 0..<100 {
            let made = value(0)
            #expect(try JSONText.parse(Array(made.serialized())) == made)
        }
        let deep = String(repeating: "[", count: JSONText.deepest) + String(repeating: "]", count: JSONText.deepest)
        #expect(throws: Never.self) { try JSONText.parse(Array(deep.utf8)) }
        #expect(throws: JSONTextError.self) { try JSONText.parse(Array(("[" + deep + "]").utf8)) }
        let many = "[" + Array(repeating: "0", count: JSONText.most).joined(separator: ",") + "]"
        #expect(throws: JSONTextError.self) { try JSONText.parse(Array(many.utf8)) }
    }
}
