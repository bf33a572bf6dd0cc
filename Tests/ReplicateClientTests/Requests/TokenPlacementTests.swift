import Foundation
import ReplicateAPI
import ReplicateClient
import Testing

struct TokenPlacementTests {
    private static let bearer = "Bearer r8_secret"

    private func follow(_ next: String, base: String = ClientConfiguration.official) async throws -> ScriptedTransport {
        let transport = ScriptedTransport(.status(200, "{\"results\":[],\"next\":null}"))
        _ = try await client(transport, base: base).predictions(after: Page(results: [], next: next))
        return transport
    }

    @Test(arguments: [
        "https://api.replicate.com/v1/predictions?cursor=a%2Bb",
        "https://API.replicate.com:443/v1/predictions?cursor=a",
    ])
    func `a link to the API is followed unchanged, with the token`(next: String) async throws {
        let transport = try await follow(next)
        #expect(transport.requests.map(\.url) == [next])
        #expect(transport.header("authorization") == [Self.bearer])
    }

    @Test func `a link of the API written with http is followed over https`() async throws {
        let transport = try await follow("http://api.replicate.com/v1/predictions?cursor=a")
        #expect(transport.requests.map(\.url) == ["https://api.replicate.com/v1/predictions?cursor=a"])
    }

    @Test(arguments: [
        "https://evil.example/v1/predictions", "https://api.replicate.com.evil.example/",
        "https://evilapi.replicate.com/",
        "https://api.replicate.com:8443/v1/predictions", "https://api.replicate.com@evil.example/",
        "https://user@api.replicate.com/", "https://u:p@api.replicate.com/", "ftp://api.replicate.com/",
        "//api.replicate.com/v1", "/v1/predictions?cursor=a", "https://evil.example#@api.replicate.com/",
        "https://evil.example?@api.replicate.com/", "https://evil.example\\@api.replicate.com/", "",
    ])
    func `a link to another host is not followed`(next: String) async throws {
        let transport = ScriptedTransport()
        let error = await #expect(throws: APIError.self) {
            try await client(transport).predictions(after: Page(results: [], next: next))
        }
        #expect(error?.code == .foreignURL)
        #expect(transport.requests.isEmpty)
        #expect(error?.description.contains("evil") == false)
    }

    private static let climbing = [
        "/../f/a.png", "/./../f", "/%2e%2e/f", "/%2E./f", "/.%2e/f", "/..%2ff", "/%252e%252e/f", "/x/..\\..\\f",
        "/x%5c..%5cf",
        "/..", "/predictions/..", "/..?a", "/predictions/%2e%2e%2f%2e%2e%2ff", "/x/../../v1x/f",
    ]

    @Test(arguments: climbing)
    func `a path with dot segments does not count as the API's`(path: String) async throws {
        let url = ClientConfiguration.official + path
        let link = ScriptedTransport()
        let error = await #expect(throws: APIError.self) {
            try await client(link).predictions(after: Page(results: [], next: url))
        }
        #expect(error?.code == .foreignURL)
        #expect(link.requests.isEmpty)
        try await withFolder { folder in
            let file = ScriptedTransport(.status(200, "abcd"))
            _ = try await client(file).download(url, into: PartialDownload(path: folder + "/a"))
            #expect(file.header("authorization") == [nil])
        }
        let probe = ScriptedTransport(.status(200, "abcd"))
        _ = try await client(probe).probe(url)
        #expect(probe.header("authorization") == [nil])
    }

    @Test(arguments: ["/predictions/a..b", "/predictions/...", "/files/.x", "/predictions?x=/../y"])
    func `dots inside a segment, or in a query, are allowed`(path: String) async throws {
        let transport = try await follow(ClientConfiguration.official + path)
        #expect(transport.header("authorization") == [Self.bearer])
    }

    @Test func `a redirect of the API is an error and is not followed`() async throws {
        let transport = ScriptedTransport(.status(302, "", ["location": "https://evil.example/"]))
        let error = await #expect(throws: APIError.self) { try await client(transport).account() }
        #expect(error?.code == .unexpectedStatus)
        #expect(transport.requests.count == 1)
    }

    @Test func `an output's host gets no token`() async throws {
        try await withFolder { folder in
            let transport = ScriptedTransport(.status(200, "abcd"))
            _ = try await client(transport).download(
                "https://replicate.delivery/x/a.png",
                into: PartialDownload(path: folder + "/a")
            )
            #expect(transport.header("authorization") == [nil])
            #expect(transport.header("user-agent") == ["darkroom/0.1"])
        }
    }

    @Test func `the token is sent to the API's own files and not to the targets of redirects`() async throws {
        try await withFolder { folder in
            let transport = ScriptedTransport(
                .status(302, "", ["location": "https://storage.example/f?signature=x"]),
                .status(307, "", ["location": "/g"]),
                .status(200, "abcd")
            )
            let file = try await client(transport).download(
                "https://api.replicate.com/v1/files/f",
                into: PartialDownload(path: folder + "/a")
            )
            #expect(file.bytes == 4)
            #expect(
                transport.requests.map(\.url) == [
                    "https://api.replicate.com/v1/files/f", "https://storage.example/f?signature=x",
                    "https://storage.example/g",
                ]
            )
            #expect(transport.header("authorization") == [Self.bearer, nil, nil])
        }
    }

    @Test func `a probe of another host has no token`() async throws {
        let transport = ScriptedTransport(
            .status(302, "", ["location": "https://api.replicate.com.evil.example/"]),
            .status(206, "abcd", ["content-range": "bytes 0-3/90", "content-type": "Image/PNG; x=y"])
        )
        let probe = try await client(transport).probe("https://h.example/a.png")
        #expect(transport.header("authorization") == [nil, nil])
        #expect(probe.status == 206)
        #expect(probe.contentType == "image/png")
        #expect(probe.length == 90)
        #expect(probe.head == Data("abcd".utf8))
    }

    @Test func `a token that the server repeats is removed from the message`() async throws {
        let body = """
            {"title":"Unauthenticated","detail":"No such token: r8_secret",
             "invalid_fields":[{"field":"input.x","description":"r8_secret is wrong"}]}
            """
        let transport = ScriptedTransport(.status(401, body))
        let error = await #expect(throws: APIError.self) { try await client(transport).account() }
        #expect(error.map { "\($0)\($0.invalidFields)".contains("r8_secret") } == false)
        #expect(error?.message.contains("<token>") == true)
    }

    @Test(arguments: [
        ("https://api.replicate.com/v1/files/abc/download", true),
        ("https://API.replicate.com:443/v1/files/abc/download", true),
        // What a model's author may write for an output, so that it is read with the person's token.
        ("https://api.replicate.com/v1/account", false), ("https://api.replicate.com/v1/predictions", false),
        ("https://api.replicate.com/v1/webhooks/default/secret", false),
        ("https://api.replicate.com/v1/files/../account", false),
        ("https://api.replicate.com/v1/files/%2e%2e/account", false),
        ("https://api.replicate.com/v1/filesystem", false),
        ("https://replicate.delivery/v1/files/abc", false), ("http://api.replicate.com/v1/files/abc", false),
    ])
    func `an output is fetched with the token only where the API stores it`(url: String, isIdentified: Bool)
        async throws
    {
        try await withFolder { folder in
            let transport = ScriptedTransport(.status(200, "bytes"))
            _ = try await client(transport).download(url, into: PartialDownload(path: folder + "/a"))
            #expect(transport.header("authorization") == [isIdentified ? Self.bearer : nil])
            let probe = ScriptedTransport(.status(200, "bytes"))
            _ = try await client(probe).probe(url)
            #expect(probe.header("authorization") == [isIdentified ? Self.bearer : nil])
        }
    }
}
