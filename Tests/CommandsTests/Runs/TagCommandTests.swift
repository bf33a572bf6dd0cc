import Foundation
import ReplicateAPI
import TestSupport
import Testing

@testable import Commands

struct TagCommandTests {
    @Test func `what is added to a run is printed, listed and found`() async throws {
        let commands = try CommandHarness()
        try commands.settle("first", ended: Date(timeIntervalSinceNow: -60))
        try commands.settle("second", ended: Date(timeIntervalSinceNow: -30))
        let result = try await commands.run(
            "tag",
            "first",
            "--add",
            "print",
            "--add",
            "big fox",
            "--rating",
            "4",
            "--favourite",
            "--note",
            "for the wall"
        )
        #expect(result.status == 0)
        #expect(result.output == "first  favourite  4 of 5  #print  #big fox  for the wall\n")
        for terms in ["tag:print", "fav:", "rating:>3", "wall", "tag:\"big fox\""] {
            #expect(try await commands.run("list", terms, "--json").documents.map { $0["id"] } == ["first"], "\(terms)")
        }
        let shown = try #require(try await commands.run("show", "first", "--json").documents.first)
        #expect(shown["tags"] == ["print", "big fox"])
        #expect(shown["rating"] == 4 && shown["favourite"] == true && shown["user_note"] == "for the wall")
    }

    @Test func `what was added can be taken away`() async throws {
        let commands = try CommandHarness()
        try commands.settle("first", ended: Date(timeIntervalSinceNow: -60))
        _ = try await commands.run(
            "tag",
            "first",
            "--add",
            "a",
            "--add",
            "b",
            "--rating",
            "5",
            "--favourite",
            "--note",
            "x"
        )
        let result = try await commands.run(
            "tag",
            "first",
            "--remove",
            "a",
            "--rating",
            "0",
            "--no-favourite",
            "--note",
            "",
            "--json"
        )
        let document = try #require(result.documents.first)
        #expect(document["tags"] == ["b"])
        #expect(document["rating"] == .null && document["user_note"] == .null && document["favourite"] == false)
    }

    @Test(arguments: [["tag", "x", "--rating", "6"], ["tag", "x", "--add", ""], ["tag"]])
    func `wrong usage ends with 64`(arguments: [String]) async throws {
        #expect(try await CommandHarness().run(arguments).status == 64)
    }

    @Test func `a run that is not there is named`() async throws {
        let result = try await CommandHarness().run("tag", "nowhere", "--favourite")
        #expect(result.status == 66)
        #expect(result.messages.contains("nowhere: there is no such run"))
    }
}
