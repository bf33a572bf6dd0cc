import Foundation
import ReplicateAPI
import Testing

struct ModelTests {
    private static let hash = String(repeating: "0123456789abcdef", count: 4)

    private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Data(text.utf8)) }

    @Test func `a model is read with its sample and version, and the raw object is kept`() throws {
        let text = """
            {"owner":"a","name":"b","description":"Draws","visibility":"public","is_official":true,"run_count":12,
             "cover_image_url":"https://c","default_example":{"id":"e","input":{"prompt":"x"}},
             "latest_version":{"id":"v","created_at":"2026-11-24T16:16:28Z","cog_version":"0.9","openapi_schema":{}}}
            """
        let model = try #require(Model(json: try json(text)))
        #expect(model.path == "a/b")
        #expect(model.summary == "Draws")
        #expect(model.isOfficial)
        #expect(model.isPublic)
        #expect(model.runCount == 12)
        #expect(model.defaultExample?.input == ["prompt": "x"])
        #expect(model.latestVersion?.id == "v")
        #expect(model.latestVersion?.createdAt == Date(timeIntervalSince1970: 1_795_536_988))
        #expect(model.latestVersion?.inputSchema.fields == [])
        #expect(model.raw == (try json(text)))
    }

    @Test func `a private model without versions is a model`() throws {
        let model = try #require(
            Model(json: ["owner": "a", "name": "b", "visibility": "private", "latest_version": .null, "run_count": 1.5])
        )
        #expect(!model.isPublic)
        #expect(!model.isOfficial)
        #expect(model.latestVersion == nil)
        #expect(model.runCount == nil)
    }

    private static let strangers: [JSONValue] = [
        [:], ["owner": "a"], ["owner": "", "name": "b"], ["owner": "a", "name": 7], [], .null,
    ]

    @Test(arguments: strangers)
    func `an object without owner or name is not a model`(stranger: JSONValue) {
        #expect(Model(json: stranger) == nil)
    }

    @Test(arguments: [
        ("a/b", "a/b", nil),
        ("  black-forest-labs/flux-1.1-pro\n", "black-forest-labs/flux-1.1-pro", nil),
        ("https://replicate.com/google/veo-3", "google/veo-3", nil),
        ("replicate.com/google/veo-3", "google/veo-3", nil),
        ("a_b/C.d:\(hash)", "a_b/C.d", hash),
    ])
    func `a reference has an owner, a name and optionally a version`(text: String, path: String, version: String?)
        throws
    {
        let reference = try #require(ModelReference(text))
        #expect(reference.path == path)
        #expect(reference.version == version)
        #expect(reference.description == version.map { "\(path):\($0)" } ?? path)
    }

    @Test(arguments: [
        "", "a", "a/", "/b", "a/b/c", "a/b:", "a/b:latest", "a/b:\(hash)0", "a/b:\(hash.uppercased())", "../b", "a/..",
        "a b/c", "a/b?x", "a/b#x", "a/%2e", "ä/b", "a/\u{1B}[2J", "a//b", "https://evil.example/a/b",
    ])
    func `a text that cannot stand in a path is not a reference`(text: String) {
        #expect(ModelReference(text) == nil)
    }

    @Test func `an uploaded file needs an id and an address`() throws {
        let whole: JSONValue = [
            "id": "f", "content_type": "image/png", "size": 12, "checksums": ["sha256": "ab"],
            "expires_at": "2026-11-24T16:16:28Z", "urls": ["get": "https://api/v1/files/f"],
        ]
        let file = try #require(StoredFile(json: whole))
        #expect(file.url == "https://api/v1/files/f")
        #expect(file.size == 12)
        #expect(file.sha256 == "ab")
        #expect(file.expiresAt == Date(timeIntervalSince1970: 1_795_536_988))
        #expect(StoredFile(json: ["id": "f"]) == nil)
        #expect(StoredFile(json: ["urls": ["get": "x"]]) == nil)
    }

    @Test func `an account needs a username`() {
        #expect(Account(json: ["username": "u", "type": "organization"])?.type == "organization")
        #expect(Account(json: ["name": "U"]) == nil)
    }
}
