import Composing
import Foundation
import History
import Money
import ReplicateAPI
import Sandbox
import Testing

@testable import Service

/// The client's own name for an order: paid once, however often it is sent.
@Suite(.timeLimit(.minutes(10)))
struct IdempotencyTests {
    private static let key = [("Idempotency-Key", "order-7")]

    @Test func `the same request under a key is one run, another one is refused, and a failed one is made again`()
        async throws
    {
        try await withService { harness in
            let first = try await harness.post("/api/generate/image", ["prompt": "a fox"], headers: Self.key)
            let second = try await harness.post("/api/generate/image", ["prompt": "a fox"], headers: Self.key)
            #expect(first.status == 200 && second.status == 200)
            #expect(first.json["prediction_id"] == second.json["prediction_id"])
            #expect(first.headers["x-cache"] == "miss")
            #expect(second.headers["x-cache"] == "hit")
            #expect(harness.sandbox.statistics.predictionsCreated == 1)
            let other = try await harness.post("/api/generate/image", ["prompt": "a hare"], headers: Self.key)
            #expect(other.status == 409)
            #expect(other.json["detail"]?.string?.contains(#"prompt was "a fox", now "a hare""#) == true)
            #expect(harness.sandbox.statistics.predictionsCreated == 1)
            for count in 2...3 {
                let failed = try await harness.post(
                    "/api/generate/image",
                    ["prompt": "a fox", "model": "lab/always-fails"],
                    headers: [("Idempotency-Key", "failing")]
                )
                #expect(failed.status == 500)
                #expect(harness.sandbox.statistics.predictionsCreated == count)
            }
            for keys in [["a", "b"], ["a", "a"], ["caf\u{E9}"]] {
                let headers = keys.map { ("Idempotency-Key", $0) }
                let refused = try await harness.post("/api/generate/image", ["prompt": "a fox"], headers: headers)
                #expect(refused.status == 400, "\(keys)")
            }
            #expect(harness.sandbox.statistics.predictionsCreated == 3)
            let long = [("Idempotency-Key", String(repeating: "x", count: 300))]
            #expect(try await harness.post("/api/generate/image", ["prompt": "a fox"], headers: long).status == 400)
        }
    }

    @Test func `requests under one key at the same time share a run`() async throws {
        try await withService { harness in
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let answer = try await harness.post(
                            "/api/generate/image",
                            ["prompt": "a fox"],
                            headers: Self.key
                        )
                        return answer.json["prediction_id"]?.string
                    }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(harness.sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test func `a job under a key is accepted once`() async throws {
        try await withService { harness in
            func accept(_ address: String) async throws -> Harness.Answer {
                try await harness.post(
                    "/api/generate/video/async",
                    ["image_urls": [.string(address)]],
                    headers: Self.key
                )
            }
            let picture = try await harness.picture()
            let (first, second) = (try await accept(picture), try await accept(picture))
            #expect(first.status == 202 && second.status == 202)
            #expect(first.json["job_id"] == second.json["job_id"])
            #expect(try await accept(picture + "?other").status == 409)
            // The picture, and one film of it.
            try await harness.wait { harness.sandbox.statistics.predictionsCreated == 2 }
        }
    }

    @Test func `simultaneous jobs under one key are one job, accepted for each request`() async throws {
        try await withService { harness in
            let picture = try await harness.picture()
            let before = harness.sandbox.statistics.predictionsCreated
            let answers = try await withThrowingTaskGroup(of: Harness.Answer.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await harness.post(
                            "/api/generate/video/async",
                            ["image_urls": [.string(picture)]],
                            headers: Self.key
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.map(\.status) == Array(repeating: 202, count: 8))
            #expect(Set(answers.map { $0.json["job_id"]?.string }).count == 1)
            try await harness.wait { harness.sandbox.statistics.predictionsCreated == before + 1 }
        }
    }

    @Test func `a job under a key is another one where it is to be answered at another address`() async throws {
        try await withService({ $0.callbacks.allowsPrivate = true }) { harness in
            let picture = try await harness.picture()
            func accept(_ callback: String?) async throws -> Int {
                var body: JSONObject = ["image_urls": [.string(picture)]]
                if let callback { body["callback_url"] = .string(callback) }
                return try await harness.post("/api/generate/video/async", .object(body), headers: Self.key).status
            }
            #expect(try await accept("http://127.0.0.1:1/one") == 202)
            #expect(try await accept("http://127.0.0.1:1/one") == 202)
            #expect(try await accept("http://127.0.0.1:1/two") == 409)
            #expect(try await accept(nil) == 409)
        }
    }

    @Test func `what a route does not take is refused before anything is paid`() async throws {
        try await withService { harness in
            let body: JSONValue = [
                "prompt": "make it blue", "model": "google/nano-banana", "image_urls": ["https://example.com/a.png"],
            ]
            let answer = try await harness.post("/api/generate/image", body)
            #expect(answer.status == 422)
            #expect(answer.json["detail"]?.array?.first?["loc"] == ["body", "image_urls"])
            #expect(harness.sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `what could not be saved is refused before anything is paid`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "outputs-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await withService(outputs: file, { $0.savesOutputs = true }) { harness in
            let answer = try await harness.post("/api/generate/image", ["prompt": "a fox"])
            #expect(answer.status == 503)
            #expect(answer.text.contains(file.lastPathComponent))
            #expect(answer.headers["retry-after"] == "60")
            #expect(harness.sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a job whose secret inputs are forgotten ends with that, and nothing is sent`() async throws {
        let store = try HistoryStore.inMemory()
        var job = ServiceJob(client: "x", model: "a/b", input: [:], callbackURL: nil, createdAt: Date())
        job.secretInputs = ["hf_token"]
        try store.jobs.journal(job)
        try await withService(store: store) { harness in
            try await harness.wait { try store.jobs.job(job.id)?.stage == .ended }
            #expect(try store.jobs.job(job.id)?.result?["error"]?.string?.contains("secret inputs") == true)
            #expect(harness.sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `an order is parted into what may be journaled and what may not`() {
        let request = RunRequest(
            model: "a/b",
            prompt: "x",
            input: ["prompt": "x", "hf_token": "hunter2"],
            estimate: .unknown(reason: ""),
            secretInputs: ["hf_token"]
        )
        let parts = GenerationOrder(kind: .video, request: request, key: nil).parts
        #expect(parts.kept == ["prompt": "x"])
        #expect(parts.secret == ["hf_token": "hunter2"])
    }

    @Test func `a key is its client's own`() async throws {
        let (one, other) = ("correct-horse-battery", "another-long-key-of-ours")
        try await withService({ $0.keys = [AccessKey(one)!, AccessKey(other)!] }) { harness in
            func post(_ client: String, _ prompt: String) async throws -> Harness.Answer {
                try await harness.post(
                    "/api/generate/image",
                    ["prompt": .string(prompt)],
                    headers: Self.key + [("Authorization", "Bearer \(client)")]
                )
            }
            let first = try await post(one, "a fox")
            // Neither its run nor that there is one is told.
            let second = try await post(other, "a hare")
            #expect(first.status == 200 && second.status == 200)
            #expect(first.json["prediction_id"] != second.json["prediction_id"])
            #expect(try await post(one, "a fox").json["prediction_id"] == first.json["prediction_id"])
            #expect(harness.sandbox.statistics.predictionsCreated == 2)
        }
    }

    @Test func `a key holds over a restart of the service`() async throws {
        let store = try HistoryStore.inMemory()
        var ids: [String?] = []
        for created in [1, 0] {
            try await withService(store: store) { harness in
                let answer = try await harness.post("/api/generate/image", ["prompt": "a fox"], headers: Self.key)
                #expect(answer.status == 200)
                ids.append(answer.json["prediction_id"]?.string)
                #expect(harness.sandbox.statistics.predictionsCreated == created)
            }
        }
        #expect(ids[0] != nil && ids[0] == ids[1])
    }
}
