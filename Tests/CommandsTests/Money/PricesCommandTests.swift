import Foundation
import ReplicateAPI
import Testing

@testable import Commands

struct PricesCommandTests {
    @Test func `every price of a model is a line of JSON with its unit, its source and its age`() async throws {
        let result = try await CommandHarness().run("prices", "flux-schnell", "--json")
        #expect(result.status == 0)
        let documents = try result.documents
        #expect(!documents.isEmpty)
        for document in documents {
            #expect(document["model"] == "black-forest-labs/flux-schnell")
            #expect(document["per"] == "image")
            #expect(document["low"] == 0.003)
            #expect(document["origin"] == "built in")
            #expect(document["source"]?.string?.isEmpty == false)
            #expect((document["read_days_ago"]?.integer ?? -1) >= 0)
        }
    }

    @Test func `hardware is listed beside models, and words must all be in the name`() async throws {
        let commands = try CommandHarness()
        let hardware = try await commands.run("prices", "gpu-l40s", "--json").documents
        #expect(hardware.allSatisfy { $0["hardware"] != nil && $0["model"] == nil })
        #expect(!hardware.isEmpty)
        let none = try await commands.run("prices", "flux", "nobody")
        #expect(none.status == 0)
        #expect(none.output.isEmpty)
        #expect(none.messages.contains("No price of that name is known"))
        #expect(try await commands.run("prices", "flux", "nobody", "--json").output.isEmpty)
    }

    @Test func `into a pipe goes everything uncut, and on a terminal what fits, under a heading`() async throws {
        let commands = try CommandHarness()
        let piped = try await commands.run("prices")
        let shown = try await commands.run(["prices"], streams: .terminal(columns: 100))
        #expect(shown.lines.count == piped.lines.count + 1)
        #expect(shown.lines[0].hasPrefix("Model"))
        #expect(shown.lines.allSatisfy { $0.count <= 100 })
        #expect(piped.lines.contains { $0.count > 100 })
    }

    @Test func `an own price stands in the place of the built-in one`() async throws {
        let commands = try CommandHarness()
        try Paths.make(commands.paths.config)
        try Data(
            """
            models:
              black-forest-labs/flux-schnell:
                prices: [{amount: 0.5, per: image, source: my contract, read: 2026-11-20}]
            """.utf8
        ).write(to: commands.paths.pricesFile)
        let document = try await commands.run("prices", "flux-schnell", "--json").document
        #expect(document["low"] == 0.5)
        #expect(document["origin"] == .string(commands.paths.pricesFile.path))
    }

    @Test func `a price file with a mistake is refused with its line`() async throws {
        let commands = try CommandHarness()
        try Paths.make(commands.paths.config)
        try Data("models:\n  a/b:\n    prices: [{amount: 0.5, per: moon}]\n".utf8).write(to: commands.paths.pricesFile)
        let result = try await commands.run("prices")
        #expect(result.status == 64)
        #expect(result.messages.contains("prices.yaml, line 3"), "\(result.messages)")
    }
}
