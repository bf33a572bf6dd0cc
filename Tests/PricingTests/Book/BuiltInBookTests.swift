import Foundation
import ReplicateAPI
import Testing

@testable import Pricing

/// The built-in book is written as YAML and compiled in as JSON.
struct BuiltInBookTests {
    private static let resources = URL(filePath: #filePath)
        .appending(path: "../../../../Sources/Pricing/Resources").standardized

    private static func source() throws -> BookNode {
        let yaml = try String(contentsOf: resources.appending(path: "prices.yaml"), encoding: .utf8)
        return try #require(try PriceBook.compose(yaml, origin: "prices.yaml"))
    }

    /// One entry a line, so that a change of a price is a change of one line.
    private static func compiled(_ book: BookNode) throws -> String {
        let sections = try #require(book.json.object).sorted { $0.key < $1.key }
        let texts = try sections.map { name, section in
            let entries = try #require(section.object).sorted { $0.key < $1.key }
                .map { "\(JSONValue.string($0.key).text()): \($0.value.text())" }
            return "\(JSONValue.string(name).text()): {\n\(entries.joined(separator: ",\n"))\n}"
        }
        return "{\n\(texts.joined(separator: ",\n"))\n}\n"
    }

    /// `RECORD_PRICES=1` writes the file anew, and fails, so that it is never left on.
    @Test func `the compiled book is the one that is written in YAML`() throws {
        let text = try Self.compiled(Self.source())
        let file = Self.resources.appending(path: "prices.json")
        guard ProcessInfo.processInfo.environment["RECORD_PRICES"] == nil else {
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("prices.json is written; run the test again without RECORD_PRICES")
            return
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "run `make prices`")
    }

    @Test func `both forms are read to the same book`() throws {
        let node = try Self.source()
        let written = try PriceBook(node, origin: "built in")
        let compiled = try PriceBook(BookNode(node.json), origin: "built in")
        #expect(written.models == compiled.models)
        #expect(written.hardware == compiled.hardware)
        #expect(written.models == PriceBook.builtIn.models)
        #expect(written.hardware == PriceBook.builtIn.hardware)
        #expect(written.models.count > 20)
    }
}
