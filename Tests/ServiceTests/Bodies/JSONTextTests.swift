import Foundation
import ReplicateAPI
import TestSupport
import Testing

@testable import Service

struct JSONTextTests {
    @Test(arguments: [
        #"{"a":[1,-2,3.5,true,false,null,"x"],"b":{}}"#, #"  [ ]  "#, #""""#, "0", "-0", "-1.5e-3",
        "123456789012345678",
        #""\u00e9\ud83e\udd8a\/\b\f\n\r\t\"\\""#, "\"é🦊\"", "[[[[1]]]]",
    ])
    func `what is JSON is read as Foundation reads it`(text: String) throws {
        let expected = try JSONValue(parsing: Data(text.utf8))
        #expect(try JSONText.parse(Array(text.utf8)) == expected)
    }

    @Test func `a byte order mark is no mistake`() throws {
        #expect(try JSONText.parse([0xEF, 0xBB, 0xBF] + Array("{}".utf8)) == .object([:]))
    }

    @Test(arguments: [
        "NaN", "Infinity", "-Infinity", "1e400", #""\ud800""#, #""\udc00x""#, "'x'", "01", "+1", ".5", "0x1",
    ])
    func `what is no JSON is refused, even where others take it`(text: String) {
        #expect(throws: JSONTextError.self) { try JSONText.parse(Array(text.utf8)) }
    }

    @Test func `depth has an end`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONTextError(message: "Too deeply nested", position: JSONText.deepest)) {
            try JSONText.parse(Array(deep.utf8))
        }
    }

    @Test(arguments: 1...40) func `spoilt documents are judged as Foundation judges them`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var bytes = Array(Self.document(&generator, depth: 3).text().utf8)
            for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
                let place = bytes.indices.randomElement(using: &generator)!
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = Array("{}[]\",:\\u0123456789eE+-. tfn".utf8).randomElement(using: &generator)!
                default: bytes.insert(bytes[place], at: place)
                }
            }
            guard String(validating: bytes, as: UTF8.self) != nil else { continue }
            let isOurs = (try? JSONText.parse(bytes)) != nil
            let isTheirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            #expect(isOurs == isTheirs, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    static func document(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: -1_000_000...1_000_000, using: &generator))
        case 3: return .number(Double.random(in: -1_000...1_000, using: &generator))
        case 4, 5:
            let characters = Array("aé\"\\/\n\t\u{1}🦊 xyz0")
            let length = Int.random(in: 0...6, using: &generator)
            return .string(String((0..<length).map { _ in characters.randomElement(using: &generator)! }))
        case 6:
            let count = Int.random(in: 0...3, using: &generator)
            return .array((0..<count).map { _ in document(&generator, depth: depth - 1) })
        default:
            var members: JSONObject = [:]
            for index in 0..<Int.random(in: 0...3, using: &generator) {
                members["k\(index)"] = document(&generator, depth: depth - 1)
            }
            return .object(members)
        }
    }
}
