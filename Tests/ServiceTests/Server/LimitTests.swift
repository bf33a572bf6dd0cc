import Foundation
import History
import ReplicateAPI
import Sandbox
import Testing

@testable import Service

@Suite(.timeLimit(.minutes(10)))
struct LimitTests {
    @Test func `who has sent a minute's requests is told when to come again`() async throws {
        // One a minute: of more, some would come back while a busy machine takes its time.
        try await withService(token: nil, { $0.rateLimit = 1 }) { harness in
            try await check(harness.post("/api/generate/estimate-cost", [:]).status, 200)
            let refused = try await harness.post("/api/generate/estimate-cost", [:])
            #expect(refused.status == 429)
            #expect(refused.detail == "Rate limit exceeded: 1 per 1 minute")
            #expect(refused.headers["retry-after"].flatMap { Int($0) }.map { (1...60).contains($0) } == true)
            // What costs nothing is not counted.
            try await check(harness.get("/health").status, 200)
            try await check(harness.metric("darkroom_rate_limited_total"), "1")
        }
    }

    @Test(arguments: [
        "//api/generate/estimate-cost", "/api//generate/estimate-cost", "/api/generate/estimate-cost/",
        "///api///generate///estimate-cost///", "/api/generate/estimate-cost?a=b", "/%61pi/generate/estimate-cost",
        "/API/generate/estimate-cost", "/./api/generate/estimate-cost", "/x/../api/generate/estimate-cost",
        "/api/generate/estimate-cost#x", "/api/generate/estimate-cost;x", "http://other/api/generate/estimate-cost",
        "/api/generate%2festimate-cost", "/api/generate/estimate%2dcost", "\\api\\generate\\estimate-cost",
    ])
    func `a path that is written differently is limited as well, or leads nowhere`(path: String) async throws {
        try await withService(token: nil, { $0.rateLimit = 1 }) { harness in
            func ask(_ path: String) async throws -> String {
                let connection = try RawConnection(port: harness.port)
                await connection.send(
                    "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 2\r\nConnection: close\r\n\r\n{}"
                )
                return String(await connection.read().dropFirst("HTTP/1.1 ".count).prefix(3))
            }
            try await check(ask("/api/generate/estimate-cost"), "200")
            let status = try await ask(path)
            #expect(["429", "404", "400"].contains(status), "\(path): \(status)")
        }
    }

    @Test func `wrong keys are answered more and more slowly, and whoever works from there is not locked out`()
        async throws
    {
        let key = "the-right-key-of-the-tests"
        try await withService(token: nil, { $0.keys = [AccessKey(key)!] }) { harness in
            func ask(_ key: String) async throws -> Harness.Answer {
                try await harness.post(
                    "/api/generate/estimate-cost",
                    [:],
                    headers: [("Authorization", "Bearer \(key)")]
                )
            }
            try await check(ask(key).status, 200)
            var statuses: [Int] = []
            for number in 0..<30 { statuses.append(try await ask("wrong-key-of-the-tests-\(number)").status) }
            #expect(statuses.prefix(10).allSatisfy { $0 == 401 })
            #expect(statuses.contains(429))
            try await check(ask(key).status, 200)
            // Nothing was guessed where no key was sent.
            try await check(harness.post("/api/generate/estimate-cost", [:]).status, 401)
            for path in ["/", "/health", "/openapi.json"] {
                let headers = [("Authorization", "Bearer wrong-key-of-the-tests")]
                try await check(harness.get(path, headers: headers).status, 200)
            }
        }
    }

    @Test func `a request with two hosts is refused`() async throws {
        for keys in [[], [AccessKey("the-right-key-of-the-tests")!]] {
            try await withService(token: nil, { $0.keys = keys }) { harness in
                for hosts in ["localhost\r\nHost: evil.example", "localhost\r\nhost: localhost"] {
                    let connection = try RawConnection(port: harness.port)
                    await connection.send("GET /health HTTP/1.1\r\nHost: \(hosts)\r\nConnection: close\r\n\r\n")
                    #expect(await connection.read().hasPrefix("HTTP/1.1 400"))
                }
            }
        }
    }

    @Test func `each key has a limit of its own`() async throws {
        let keys = ["first-key-of-the-tests", "second-key-of-the-tests"]
        try await withService(
            token: nil,
            {
                $0.rateLimit = 1
                $0.keys = keys.compactMap(AccessKey.init)
            }
        ) { harness in
            for key in keys {
                let headers = [("Authorization", "Bearer \(key)")]
                try await check(harness.post("/api/generate/estimate-cost", [:], headers: headers).status, 200)
                try await check(harness.post("/api/generate/estimate-cost", [:], headers: headers).status, 429)
            }
            #expect(!harness.events.contains(keys[0]))
        }
    }

    @Test func `without a key nothing is answered but what is open to all`() async throws {
        try await withService(token: nil, { $0.keys = [AccessKey("the-only-key-there-is")!] }) { harness in
            for headers in [
                [], [("Authorization", "Bearer the-only-key-there-iz")],
                [("Authorization", "Basic the-only-key-there-is")],
                [("Authorization", "the-only-key-there-is")], [("Authorization", "Bearer ")],
            ] {
                let answer = try await harness.post("/api/generate/estimate-cost", [:], headers: headers)
                #expect(answer.status == 401)
                #expect(answer.json == ["detail": "Not authenticated"])
                #expect(answer.headers["www-authenticate"] == "Bearer")
                try await check(harness.get("/metrics", headers: headers).status, 401)
                try await check(harness.get("/api/jobs/x", headers: headers).status, 401)
                try await check(harness.get("/nowhere", headers: headers).status, 401)
            }
            for path in ["/", "/health", "/openapi.json"] { try await check(harness.get(path).status, 200) }
            let headers = [("authorization", "bearer the-only-key-there-is")]
            try await check(harness.post("/api/generate/estimate-cost", [:], headers: headers).status, 200)
        }
    }

    @Test func `without keys a page that gives this machine another name is not answered`() async throws {
        try await withService(token: nil) { harness in
            let evil = try await harness.get("/health", headers: [("Host", "evil.example")])
            #expect(evil.status == 400)
            #expect(evil.json == ["detail": "Invalid host header"])
            for host in ["localhost", "localhost:9", "127.0.0.1:9", "[::1]:8000"] {
                try await check(harness.get("/health", headers: [("Host", host)]).status, 200)
            }
        }
    }

    @Test func `the configuration is read anew while it runs`() async throws {
        try await withService(token: nil) { harness in
            try await check(harness.post("/api/generate/estimate-cost", [:]).status, 200)
            var changed = ServiceConfiguration()
            changed.port = 1
            changed.keys = [try #require(AccessKey("a-key-that-came-later"))]
            try harness.service.reload(changed)
            try await check(harness.post("/api/generate/estimate-cost", [:]).status, 401)
            #expect(harness.service.routes.live.current.port == 0)
        }
    }

    @Test func `a full queue is a 503, and who has had less than its share gets a place`() async throws {
        let keys = ["greedy-key-of-the-tests", "modest-key-of-the-tests"]
        let faults = [FaultRule(.stall, at: .create)]
        try await withService(
            sandbox: SandboxConfiguration(faults: faults),
            {
                $0.width = 1
                $0.queueLimit = 2
                $0.keys = keys.compactMap(AccessKey.init)
            }
        ) { harness in
            func ask(_ key: String, _ seed: JSONValue) async throws -> Harness.Answer {
                try await harness.post(
                    "/api/generate/image",
                    ["prompt": "x", "seed": seed],
                    headers: [("Authorization", "Bearer \(key)")]
                )
            }
            let dispatcher = harness.service.routes.generations.dispatcher
            try await withThrowingTaskGroup(of: Harness.Answer.self) { group in
                // The first is on its way for as long as the sandbox stalls; the others wait.
                group.addTask { try await ask(keys[0], 1) }
                try await harness.wait { harness.sandbox.statistics.faults[.stall] == 1 }
                group.addTask { try await ask(keys[0], 2) }
                try await harness.wait { dispatcher.depth == 1 }
                group.addTask { try await ask(keys[0], 3) }
                try await harness.wait { dispatcher.depth == 2 }
                let refused = try await ask(keys[0], 4)
                #expect(refused.status == 503)
                #expect(refused.detail == "The queue is full")
                #expect(refused.headers["retry-after"] != nil)

                group.addTask { try await ask(keys[1], 5) }
                let putOut = try await group.next()
                #expect(putOut?.status == 503)
                #expect(dispatcher.depth == 2)
                let page = try await harness.get("/metrics", headers: [("Authorization", "Bearer \(keys[0])")]).text
                #expect(page.contains("darkroom_queue_depth 2"))
                #expect(page.contains("darkroom_queue_rejected_total 2"))

                // Whoever waits when the service stops is let go, and nothing of it was started.
                await harness.service.shutDown()
                while let answer = try await group.next() { #expect(answer.status == 503) }
                #expect(try harness.store.runs().count == 1)
            }
        }
    }
}
