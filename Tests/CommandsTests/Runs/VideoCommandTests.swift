import Foundation
import ReplicateAPI
import Sandbox
import TestSupport
import Testing

@testable import Commands

struct VideoCommandTests {
    @Test func `without an address nothing is asked or made`() async throws {
        let commands = try CommandHarness()
        let text = try await commands.run("video")
        #expect(text.status == 64)
        #expect(text.messages == "darkroom: At least one image URL is required\n")
        let document = try await commands.run("video", "--json").document
        #expect(document["video_url"] == .null)
        #expect(document["duration_seconds"] == .null)
        #expect(document["error"] == "At least one image URL is required")
    }

    @Test(arguments: [
        ("one\nhttps://h/2.png", 2), ("# mine\n\n  \"https://h/1.png\", \n'https://h/2.png';\n", 2),
        ("\u{FEFF}https://h/1.png\r\nhttps://h/2.png\r\n", 2), ("", 0), ("#\n,\n", 0),
    ])
    func `a list of addresses is read line by line`(text: String, count: Int) async throws {
        let commands = try CommandHarness()
        let streams = StandardStreams(input: .pipe(text))
        // Without a token it ends when all was read, and before anything is sent.
        let result = try await commands.run(["video", "--urls-from", "-"], streams: streams)
        #expect(result.status == (count == 0 ? 64 : text.hasPrefix("one") ? 64 : 77), "\(result.messages)")
        let file = try commands.folder.write(text, to: "urls")
        #expect(try await commands.run("video", "--urls-from", file.path).status == result.status)
    }

    @Test func `what cannot be read is refused by its name`() async throws {
        let commands = try CommandHarness()
        let missing = try await commands.run("video", "--urls-from", "/nowhere/urls")
        #expect(missing.status == 66)
        #expect(missing.messages.contains("/nowhere/urls"))
        let both = try await commands.run("video", "--urls-from", "-", "--prompt", "-")
        #expect(both.status == 64)
        let folder = try await commands.run("video", "--urls-from", commands.folder.url.path)
        #expect(folder.status == 64)
    }

    @Test func `a picture becomes a film, and a file is uploaded first`() async throws {
        try await withSandbox(CommandHarness.immediate()) { sandbox, url in
            let commands = try CommandHarness(api: url)
            let picture = try await commands.run("image", "a fox", "--json").document
            let address = try #require(picture["image_url"]?.string)
            let file = try #require(picture["files"]?.array?.first?.string)
            let film = try await commands.run("video", address, "@\(file)", "--json")
            #expect(film.status == 0)
            let document = try film.document
            #expect(document["success"] == true)
            #expect(document["video_url"]?.string?.hasPrefix("http://127.0.0.1") == true)
            #expect(document["duration_seconds"] == 4)
            #expect(document["files"]?.array?.count == 1)
            #expect(sandbox.statistics.count("POST /v1/files") == 1)
            let lost = try await commands.run("video", "@/nowhere/fox.png")
            #expect(lost.status == 64)
            #expect(lost.messages.contains("/nowhere/fox.png"))
            #expect(sandbox.statistics.predictionsCreated == 2)
        }
    }
}
