import Foundation
import Testing

@testable import Sandbox

struct FileRoutesTests {
    @Test func `what was uploaded comes back byte for byte, with its type and its checksum`() async throws {
        let bytes = Data((0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try await withRawSandbox { client, _ in
            let answer = await client.upload(bytes, name: "fox.bin", type: "image/png")
            #expect(answer.status == 201)
            #expect(answer.json?["size"] == .integer(bytes.count))
            #expect(answer.json?["content_type"] == "image/png")
            #expect(answer.json?.at("checksums.sha256")?.stringValue == SHA256.hex(of: bytes))
            let path = try #require(answer.json?.at("urls.get")?.path)
            #expect(path == "/v1/files/\(answer.json?.id ?? "")")
            let back = await client.get(path + "/download")
            #expect(back.body == bytes)
            #expect(back.headers["content-type"] == "image/png")
        }
    }

    @Test func `the parts of the form name the file and describe it`() async throws {
        try await withRawSandbox { client, _ in
            let fields = [(name: "filename", text: "other.txt"), ("type", "text/csv"), ("metadata", "{\"a\":[1]}")]
            let answer = await client.upload(Data("1,2".utf8), name: "fox.txt", type: "text/plain", fields: fields)
            #expect(answer.json?["content_type"] == "text/csv")
            #expect(answer.json?["metadata"] == ["a": [1]])
            let plain = await client.upload(Data("1,2".utf8), name: "fox.txt")
            #expect(plain.json?["content_type"] == "application/octet-stream")
            #expect(plain.json?["metadata"] == [:])
        }
    }

    @Test func `what is no form, or has no content, is a bad request`() async throws {
        try await withRawSandbox { client, _ in
            let json = await client.post("/v1/files", ["content": "x"])
            #expect(json.status == 400)
            let form = "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--edge--\r\n"
            let headers = ["content-type": "multipart/form-data; boundary=edge"]
            let named = await client.send("POST", "/v1/files", headers: headers, body: Data(form.utf8))
            #expect(named.status == 400)
            #expect(named.json?["detail"] == "Missing content")
            let long = await client.upload(Data("x".utf8), name: String(repeating: "a", count: 256))
            #expect(long.status == 400)
            for metadata in ["[1]", "{", "3"] {
                let answer = await client.upload(Data("x".utf8), name: "a", fields: [("metadata", metadata)])
                #expect(answer.status == 400, "\(metadata)")
            }
        }
    }

    @Test func `a file that is too large is refused as the document says`() async throws {
        let document = try OpenAPIDocument.replicate()
        try await withRawSandbox { client, _ in
            let answer = await client.upload(Data(count: (100 << 20) + 1), name: "large")
            #expect(document.differences(of: answer, to: "POST", "/files") == [])
            #expect(answer.status == 413)
            #expect(await client.get("/v1/files").json?["results"] == [])
        }
    }

    @Test func `a file is gone when its time is over`() async throws {
        let clock = ManualTime()
        try await withRawSandbox({ $0.outputLifetime = .seconds(60) }, time: clock.time) { client, _ in
            let id = try #require(await client.upload(Data("x".utf8), name: "a").json?.id)
            clock.advance(by: 59)
            #expect(await client.get("/v1/files/\(id)").status == 200)
            clock.advance(by: 2)
            #expect(await client.get("/v1/files/\(id)").status == 404)
            #expect(await client.get("/v1/files").json?["results"] == [])
        }
    }

    @Test func `an uploaded picture may be an input`() async throws {
        try await withRawSandbox { client, _ in
            let picture = try await client.prediction(client.create().id)
            let bytes = await client.get(try #require(picture.at("output.0")?.path)).body
            let uploaded = await client.upload(bytes, name: "fox.webp", type: "image/webp")
            let url = try #require(uploaded.json?.at("urls.get"))
            let film = try await client.create("fofr/skyreels-2", ["image_urls": [url]])
            let ended = try await client.prediction(film.id)
            #expect(ended.status == "succeeded", "\(ended["error"]?.plain ?? "")")
        }
    }
}
