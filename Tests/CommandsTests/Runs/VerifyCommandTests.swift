import Foundation
import ReplicateAPI
import TestSupport
import Testing

@testable import Commands

struct VerifyCommandTests {
    /// A history with two saved pictures, and where they are.
    private func withPictures(_ body: (CommandHarness, [URL]) async throws -> Void) async throws {
        try await withSandbox(CommandHarness.immediate()) { _, url in
            let commands = try CommandHarness(api: url)
            let saved = try await commands.run("image", "a {red|blue} fox")
            #expect(saved.status == 0)
            try await body(commands, saved.lines.map { URL(filePath: $0) })
        }
    }

    @Test func `nothing saved is nothing wrong`() async throws {
        let result = try await CommandHarness().run("verify")
        #expect(result.status == 0)
        #expect(result.messages == "0 files: 0 right.\n")
    }

    @Test func `files that are as they were saved are right`() async throws {
        try await withPictures { commands, _ in
            let text = try await commands.run("verify")
            #expect(text.status == 0)
            #expect(text.output.isEmpty)
            #expect(text.messages == "2 files: 2 right.\n")
            let document = try await commands.run("verify", "--json").document
            #expect(document["success"] == true)
            #expect(document["checked"] == 2)
            #expect(document["wrong"] == [])
        }
    }

    @Test func `a missing and a changed file are told apart, and fetched again on demand`() async throws {
        try await withPictures { commands, files in
            try FileManager.default.removeItem(at: files[0])
            // As long as before, with another byte in it.
            var data = try Data(contentsOf: files[1])
            data[data.count / 2] ^= 1
            try data.write(to: files[1])
            let text = try await commands.run("verify")
            #expect(text.status == 1)
            #expect(text.lines.sorted() == ["changed  \(files[1].path)", "missing  \(files[0].path)"])
            #expect(text.messages.contains("2 files: 0 right, 1 missing, 1 changed."))
            #expect(text.messages.contains("--repair"))
            let repaired = try await commands.run("verify", "--repair", "--json")
            #expect(repaired.status == 0)
            let wrong = try #require(try repaired.document["wrong"]?.array).compactMap(\.object)
            #expect(wrong.allSatisfy { $0["repaired"]?.string.map(FileManager.default.fileExists(atPath:)) == true })
            // What was changed by somebody is not overwritten.
            #expect(try Data(contentsOf: files[1]) == data)
            #expect(try await commands.run("verify").status == 0)
        }
    }

    @Test func `a repair needs a token`() async throws {
        let commands = try CommandHarness()
        try commands.settle("first", files: ["/gone/first.webp"])
        #expect(try await commands.run("verify", "--repair", "--json").status == 77)
        #expect(try await commands.run("verify", "everything").status == 64)
    }
}
