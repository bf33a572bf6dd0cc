import Foundation
import Testing

@testable import Sandbox

struct DeliveryTests {
    /// A picture's path and its bytes.
    private func withPicture(_ body: (RawClient, String, Data) async throws -> Void) async throws {
        try await withRawSandbox { client, _ in
            let prediction = try await client.prediction(client.create().id)
            let path = try #require(prediction.at("output.0")?.path)
            var anonymous = client
            anonymous.token = nil
            let whole = await anonymous.get(path)
            try #require(whole.status == 200)
            try await body(anonymous, path, whole.body)
        }
    }

    @Test func `a file comes whole, with its type, its length and a tag`() async throws {
        try await withPicture { client, path, bytes in
            let answer = await client.get(path)
            #expect(answer.isWhole)
            #expect(answer.headers["content-type"] == "image/webp")
            #expect(answer.headers["content-length"] == "\(bytes.count)")
            #expect(answer.headers["accept-ranges"] == "bytes")
            #expect(answer.headers["etag"]?.hasPrefix("\"") == true)
            #expect(bytes.prefix(4) == Data("RIFF".utf8))
            let head = await client.send("HEAD", path)
            #expect(head.status == 200)
            #expect(head.isWhole)
            #expect(head.headers["content-length"] == "\(bytes.count)")
        }
    }

    @Test func `a range is a part of the file, and the rest of it the other part`() async throws {
        try await withPicture { client, path, bytes in
            for place in [1, bytes.count / 2, bytes.count - 1] {
                let head = await client.get(path, headers: ["range": "bytes=0-\(place - 1)"])
                let tail = await client.get(path, headers: ["range": "bytes=\(place)-"])
                #expect([head.status, tail.status] == [206, 206])
                #expect(head.body + tail.body == bytes)
                #expect(tail.headers["content-range"] == "bytes \(place)-\(bytes.count - 1)/\(bytes.count)")
            }
            let last = await client.get(path, headers: ["range": "bytes=-10"])
            #expect(last.body == bytes.suffix(10))
            let beyond = await client.get(path, headers: ["range": "bytes=0-\(bytes.count * 2)"])
            #expect(beyond.body == bytes)
            #expect(beyond.status == 206)
        }
    }

    @Test(arguments: ["bytes=\(1 << 40)-", "bytes=5-4", "bytes=a-b", "bytes=-0", "bytes=0-1,3-4", "bytes=-"])
    func `a range that cannot be met is refused with the length`(range: String) async throws {
        try await withPicture { client, path, bytes in
            let answer = await client.get(path, headers: ["range": range])
            #expect(answer.status == 416)
            #expect(answer.headers["content-range"] == "bytes */\(bytes.count)")
        }
    }

    @Test func `a range of another version of the file is the whole file`() async throws {
        try await withPicture { client, path, bytes in
            let tag = try #require(await client.get(path).headers["etag"])
            let same = await client.get(path, headers: ["range": "bytes=1-", "if-range": tag])
            #expect(same.status == 206)
            let other = await client.get(path, headers: ["range": "bytes=1-", "if-range": "\"other\""])
            #expect(other.status == 200)
            #expect(other.body == bytes)
            let unit = await client.get(path, headers: ["range": "lines=1-2"])
            #expect(unit.status == 200)
        }
    }

    @Test func `covers and examples of models are there when they are first asked for`() async throws {
        try await withRawSandbox { client, _ in
            for model in Catalogue.standard.models where model.owner == "lab" || model.name.contains("schnell") {
                let document = try #require(await client.get("/v1/models/\(model.owner)/\(model.name)").json)
                guard let cover = document["cover_image_url"], cover != .null else { continue }
                let answer = await client.get(cover.path)
                #expect(answer.status == 200, "\(model.name)")
                #expect(answer.body.isEmpty == false)
            }
        }
    }

    @Test func `an hour after its end a prediction's files, input and logs are gone`() async throws {
        let clock = ManualTime()
        try await withRawSandbox({ $0.outputLifetime = .seconds(3_600) }, time: clock.time) { client, _ in
            let prediction = try await client.prediction(client.create().id)
            let path = try #require(prediction.at("output.0")?.path)
            clock.advance(by: 3_599)
            #expect(await client.get(path).status == 200)
            #expect(await client.get("/v1/predictions/\(prediction.id)").json?["data_removed"] == false)
            clock.advance(by: 2)
            #expect(await client.get(path).status == 404)
            let removed = try #require(await client.get("/v1/predictions/\(prediction.id)").json)
            #expect(removed["data_removed"] == true)
            #expect(removed["input"] == [:])
            #expect(removed["output"] == .null)
            #expect(removed["logs"] == "")
            #expect(removed.status == "succeeded")
            #expect(removed["metrics"]?.objectValue?.isEmpty == false)
        }
    }
}

struct StreamTests {
    private func events(_ text: String) -> [(name: String, id: String, data: String)] {
        text.components(separatedBy: "\n\n").filter { !$0.isEmpty && !$0.hasPrefix(":") }.map { block in
            var found = (name: "", id: "", data: "")
            for line in block.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
                let value = parts.count > 1 ? String(parts[1].dropFirst()) : ""
                switch parts[0] {
                case "event": found.name = value
                case "id": found.id = value
                case "data": found.data += (found.data.isEmpty ? "" : "\n") + value
                default: break
                }
            }
            return found
        }
    }

    @Test func `a text comes piece by piece, and then its end`() async throws {
        try await withRawSandbox { client, _ in
            let prediction = try await client.create("replicate/hello-world", ["prompt": "Ada\nL"])
            let answer = await client.get(try #require(prediction.at("urls.stream")?.path))
            #expect(answer.headers["content-type"] == "text/event-stream")
            let events = events(answer.text)
            #expect(events.map(\.name) == ["output", "output", "done"])
            #expect(events.prefix(2).map(\.data).joined() == "hello Ada\nL")
            #expect(events.last?.data == "{}")
            #expect(Set(events.map(\.id)).count == 3)
        }
    }

    @Test func `a stream goes on behind the last piece that was received`() async throws {
        try await withRawSandbox { client, _ in
            let prediction = try await client.create("replicate/hello-world", ["prompt": "Ada"])
            let path = try #require(prediction.at("urls.stream")?.path)
            let first = try #require(events(await client.get(path).text).first?.id)
            let rest = events(await client.get(path, headers: ["last-event-id": first]).text)
            #expect(rest.map(\.name) == ["output", "done"])
            #expect(rest.first?.data == "Ada")
        }
    }

    @Test func `a canceled text ends with the reason`() async throws {
        try await withRawSandbox({
            $0.speed = 0.01; $0.queueTime = .zero
        }) { client, _ in
            let prediction = try await client.create("replicate/hello-world", ["prompt": "Ada"])
            _ = await client.send("POST", "/v1/predictions/\(prediction.id)/cancel")
            let events = events(await client.get(try #require(prediction.at("urls.stream")?.path)).text)
            #expect(events.last?.name == "done")
            #expect(events.last?.data == #"{"reason": "canceled"}"#)
        }
    }

    @Test func `a picture has no stream`() async throws {
        try await withRawSandbox { client, _ in
            let prediction = try await client.create()
            #expect(prediction.at("urls.stream") == nil)
            #expect(await client.get("/stream/\(prediction.id)").status == 404)
        }
    }
}
