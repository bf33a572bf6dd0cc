import Foundation
import Synchronization
import Testing

@testable import Sandbox

/// Who gets in: tokens, limits, and addresses that do not exist.
struct AccessTests {
    private static let closed = [
        "/v1/account", "/v1/models", "/v1/models/black-forest-labs/flux-schnell", "/v1/predictions", "/v1/files",
        "/v1/hardware", "/v1/collections", "/v1/deployments", "/v1/trainings", "/v1/webhooks/default/secret",
        "/v1/predictions/nobody",
    ]

    @Test(arguments: closed)
    func `without a token every route but the search is closed`(path: String) async throws {
        try await withRawSandbox { client, _ in
            var anonymous = client
            anonymous.token = nil
            let answer = await anonymous.get(path)
            #expect(answer.status == 401)
            #expect(answer.contentType == "application/problem+json")
            #expect(answer.json?["title"] == "Unauthenticated")
            #expect(answer.json?["status"] == 401)
            #expect(answer.json?["detail"]?.stringValue?.isEmpty == false)
            #expect(await anonymous.get("/v1/search?query=flux").status == 200)
        }
    }

    @Test(arguments: [
        ("Bearer r8_one", 200), ("bearer r8_one", 200), ("Token r8_one", 200), ("Bearer r8_two", 401), ("r8_one", 401),
        ("Basic r8_one", 401), ("Bearer", 401), ("Bearer ", 401),
    ])
    func `only the token that was named is accepted`(header: String, status: Int) async throws {
        try await withRawSandbox({ $0.token = "r8_one" }) { client, _ in
            var client = client
            client.token = nil
            #expect(await client.get("/v1/account", headers: ["authorization": header]).status == status)
        }
    }

    @Test func `a token that goes to the files' host is counted as leaked`() async throws {
        try await withRawSandbox { client, sandbox in
            let prediction = try await client.prediction(client.create().id)
            let path = try #require(prediction.at("output.0")?.path)
            var anonymous = client
            anonymous.token = nil
            #expect(await anonymous.get(path).status == 200)
            #expect(sandbox.statistics.leakedTokens == 0)
            #expect(await client.get(path).status == 200)
            #expect(sandbox.statistics.leakedTokens == 1)
        }
    }

    @Test(arguments: [
        ("GET", "/v1/predictions/nobody"), ("POST", "/v1/predictions/nobody/cancel"),
        ("GET", "/v1/models/nobody/nothing"), ("GET", "/v1/models/nobody/nothing/versions"),
        ("GET", "/v1/models/black-forest-labs/flux-schnell/versions/none"), ("GET", "/v1/collections/none"),
        ("GET", "/v1/files/none"), ("GET", "/v1/nothing"), ("POST", "/v1/models/nobody/nothing/predictions/more"),
        ("GET", "/nothing"), ("GET", "/"), ("GET", "/delivery/none/out-0.webp"), ("GET", "/stream/none"),
    ])
    func `what does not exist is a 404 with a detail`(method: String, path: String) async throws {
        try await withRawSandbox { client, _ in
            let answer = await client.send(method, path)
            #expect(answer.status == 404)
            #expect(answer.json?["detail"]?.stringValue?.isEmpty == false)
            #expect(answer.isWhole)
        }
    }

    @Test func `above its limit a request is throttled, with the time to wait in body and header`() async throws {
        try await withRawSandbox({
            // A minute for each: what takes its time refills nothing.
            $0.requestLimit = RateLimit(perMinute: 1, burst: 2)
            $0.creationLimit = RateLimit(perMinute: 1, burst: 1)
        }) { client, sandbox in
            let first = await client.get("/v1/account")
            #expect(first.headers["ratelimit-remaining"] == "1")
            _ = await client.get("/v1/account")
            let throttled = await client.get("/v1/account")
            #expect(throttled.status == 429)
            let wait = try #require(throttled.json?["retry_after"]?.integerValue)
            #expect(wait >= 1)
            #expect(throttled.headers["retry-after"] == "\(wait)")
            #expect(throttled.json?["status"] == 429)
            #expect(
                throttled.json?["detail"]?.stringValue?.contains("1 requests per minute with a burst of 2") == true
            )
            // Creations have a limit of their own.
            _ = try await client.create()
            let creation = await client.post("/v1/predictions", ["version": "a/b", "input": [:]])
            #expect(creation.status == 429)
            #expect(sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test func `requests are counted by route and by kind, and told to the log`() async throws {
        let seen = Mutex<[String]>([])
        try await withRawSandbox({
            $0.requestLog = { record in
                seen.withLock { $0.append("\(record.method) \(record.path) \(record.status ?? 0)") }
            }
        }) { client, sandbox in
            let id = try await client.create().id
            _ = try await client.prediction(id)
            _ = await client.get("/v1/predictions?cursor=none")
            #expect(sandbox.statistics.count("POST /v1/predictions") == 1)
            #expect(sandbox.statistics.count("GET /v1/predictions/{id}") >= 1)
            #expect(sandbox.statistics.requestsByKind[.create] == 1)
            #expect(sandbox.statistics.requestsByKind[.list] == 1)
            #expect(seen.withLock { $0 }.contains("POST /v1/predictions 201"))
            #expect(seen.withLock { $0 }.contains("GET /v1/predictions 400"))
        }
    }

    @Test func `a taken port is an error of the start`() async throws {
        try await withRawSandbox { client, _ in
            let second = SandboxServer(configuration: SandboxConfiguration(port: client.port))
            await #expect(throws: (any Error).self) { try await second.start() }
        }
    }
}
