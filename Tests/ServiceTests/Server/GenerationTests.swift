import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Sandbox
import Synchronization
import Testing

@testable import Service

/// A gate that stays shut until it is opened.
final class Gate: Sendable {
    private let isOpen = Mutex(false)
    func open() { isOpen.withLock { $0 = true } }
    func pass() async throws {
        while !isOpen.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
    }
}

@Suite(.timeLimit(.minutes(10)))
struct GenerationTests {
    static let slow = SandboxConfiguration(
        speed: 0.001,
        creationLimit: RateLimit(perMinute: 60_000),
        requestLimit: RateLimit(perMinute: 600_000)
    )

    @Test func `an image is made and answered with the reference's four fields`() async throws {
        try await withService { harness in
            let answer = try await harness.post("/api/generate/image", ["prompt": "a fox", "unknown": .null])
            #expect(answer.status == 200)
            #expect(
                Set(answer.json.object?.keys.map { $0 } ?? []) == ["success", "image_url", "error", "prediction_id"]
            )
            #expect(answer.json["success"] == true)
            #expect(answer.json["error"]?.isNull == true)
            #expect(answer.json["image_url"]?.string?.hasSuffix(".webp") == true)
            let id = try #require(answer.json["prediction_id"]?.string)
            let run = try #require(try harness.store.run(predictionID: id))
            #expect(run.origin == .service)
            #expect(run.estimate.low == Money("0.003"))
            #expect(harness.sandbox.statistics.predictionsCreated == 1)
            #expect(harness.sandbox.statistics.leakedTokens == 0)
            let request = try #require(answer.headers["x-request-id"])
            for event in ["image_generation_started", "image_generation_completed"] {
                let line = harness.events.all.first { $0.contains("\"event\":\"\(event)\"") }
                #expect(line?.contains(request) == true)
            }
            #expect(!harness.events.contains("r8_secret"))
            try await check(harness.metric(#"replicate_image_requests_total{status="success"}"#), "1")
            try await check(harness.metric("replicate_image_duration_seconds_count"), "1")
            try await harness.wait { try await harness.metric("darkroom_spend_usd_total") == "0.003" }
        }
    }

    @Test func `a video is made from images, with its seconds`() async throws {
        try await withService { harness in
            let picture = try await harness.picture()
            let answer = try await harness.post(
                "/api/generate/video",
                ["image_urls": [.string(picture), .string(picture)]]
            )
            #expect(answer.status == 200)
            #expect(answer.json["success"] == true)
            #expect(answer.json["video_url"]?.string?.hasSuffix(".mp4") == true)
            #expect(answer.json["duration_seconds"]?.double == 4)
            #expect(answer.json["prediction_id"]?.string != nil)
        }
    }

    @Test func `a failed run is a 500 with the model's reason`() async throws {
        try await withService { harness in
            harness.sandbox.setFaults([FaultRule(.failed)])
            let answer = try await harness.post("/api/generate/image", ["prompt": "a fox"])
            #expect(answer.status == 500)
            #expect(answer.detail?.isEmpty == false)
            #expect(answer.json.object?.keys.sorted() == ["detail"])
            try await check(harness.metric(#"replicate_image_requests_total{status="error"}"#), "1")
        }
    }

    @Test func `a creation that the API refuses is a 500 with its reason, and no run`() async throws {
        try await withService { harness in
            harness.sandbox.setFaults([FaultRule(.credit, at: .create)])
            let answer = try await harness.post("/api/generate/image", ["prompt": "a fox"])
            #expect(answer.status == 500)
            #expect(answer.detail?.contains("credit") == true)
            #expect(harness.sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a model that does not exist, or takes no images, is the caller's mistake and costs nothing`()
        async throws
    {
        try await withService { harness in
            let missing = try await harness.post("/api/generate/image", ["prompt": "x", "model": "nobody/nothing"])
            #expect(missing.status == 422)
            #expect(missing.json["detail"]?.array?.first?["loc"] == ["body", "model"])
            let words = try await harness.post(
                "/api/generate/video",
                ["image_urls": ["https://a.example/x"], "model": "meta/meta-llama-3-8b-instruct"]
            )
            #expect(words.status == 422)
            let input = try await harness.post("/api/generate/image", ["prompt": "x", "input": ["num_outputs": 99]])
            #expect(input.status == 422)
            #expect(input.json["detail"]?.array?.first?["loc"] == ["body", "input", "num_outputs"])
            #expect(harness.sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `an API that cannot be asked is a 503, and nothing is started`() async throws {
        try await withService { harness in
            await harness.sandbox.stop()
            let answer = try await harness.post("/api/generate/image", ["prompt": "x"])
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] != nil)
            #expect(try harness.store.runs() == [])
        }
    }

    @Test func `what is over the budget is a 402 with the sum, and nothing is started`() async throws {
        try await withService(budget: Budget(run: Money("0.001"))) { harness in
            let answer = try await harness.post("/api/generate/image", ["prompt": "x"])
            #expect(answer.status == 402)
            #expect(answer.detail?.contains("$0.001") == true)
            #expect(try harness.store.runs() == [])
        }
    }

    @Test func `a request that takes too long is a 504, and its run goes on`() async throws {
        let gate = Gate()
        let limit = Duration.seconds(300)
        let sleep: @Sendable (Duration) async throws -> Void = { duration in
            // Only the request's own time-out comes at once, when the test says so.
            if duration == limit { try await gate.pass() } else { try await Task.sleep(for: duration) }
        }
        try await withService(sandbox: Self.slow, sleep: sleep) { harness in
            async let asking = harness.post("/api/generate/image", ["prompt": "x"])
            try await harness.wait { harness.sandbox.statistics.predictionsCreated == 1 }
            gate.open()
            let answer = try await asking
            #expect(answer.status == 504)
            #expect(answer.json == ["detail": "Request timeout"])
            let run = try #require(try harness.store.runs().first)
            #expect(run.isInFlight)
            try await check(harness.metric(#"replicate_image_requests_total{status="timeout"}"#), "1")
        }
    }

    @Test func `the same seed is answered by the same run, another one is not`() async throws {
        try await withService { harness in
            let first = try await harness.post("/api/generate/image", ["prompt": "x", "seed": 1])
            let second = try await harness.post("/api/generate/image", ["prompt": "x", "seed": 1])
            let other = try await harness.post("/api/generate/image", ["prompt": "x", "seed": 2])
            #expect(first.headers["x-cache"] == "miss")
            #expect(second.headers["x-cache"] == "hit")
            #expect(second.json == first.json)
            #expect(other.headers["x-cache"] == "miss")
            #expect(other.json["prediction_id"] != first.json["prediction_id"])
            #expect(harness.sandbox.statistics.predictionsCreated == 2)
            try await check(harness.metric("darkroom_cache_hits_total"), "1")
        }
    }

    @Test func `without a seed everybody gets an image of their own, unless configured otherwise`() async throws {
        for isShared in [false, true] {
            try await withService({ $0.cache.unseededImages = isShared }) { harness in
                let first = try await harness.post("/api/generate/image", ["prompt": "x"])
                let second = try await harness.post("/api/generate/image", ["prompt": "x"])
                #expect((first.json == second.json) == isShared)
                #expect(second.headers["x-cache"] == (isShared ? "hit" : nil))
            }
        }
    }

    @Test func `a failure is not repeated from the cache`() async throws {
        try await withService { harness in
            harness.sandbox.setFaults([FaultRule(.failed)])
            try await check(harness.post("/api/generate/image", ["prompt": "x", "seed": 1]).status, 500)
            harness.sandbox.setFaults([])
            try await check(harness.post("/api/generate/image", ["prompt": "x", "seed": 1]).status, 200)
            #expect(harness.sandbox.statistics.predictionsCreated == 2)
        }
    }

    @Test func `twins that come at the same time share one run`() async throws {
        try await withService(sandbox: SandboxConfiguration(speed: 20)) { harness in
            try await withThrowingTaskGroup(of: JSONValue.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await harness.post("/api/generate/image", ["prompt": "x", "seed": 1]).json }
                }
                var answers: Set<JSONValue> = []
                for try await answer in group { answers.insert(answer) }
                #expect(answers.count == 1)
            }
            #expect(harness.sandbox.statistics.predictionsCreated == 1)
        }
    }

    @Test func `a prediction is waited for, whether it is ours or not`() async throws {
        try await withService { harness in
            let made = try await harness.post("/api/generate/image", ["prompt": "x"])
            let id = try #require(made.json["prediction_id"])
            let ours = try await harness.post("/api/generate/poll", ["prediction_id": id])
            #expect(ours.status == 200)
            #expect(Set(ours.json.object?.keys.map { $0 } ?? []) == ["status", "output", "error"])
            #expect(ours.json["status"] == "succeeded")
            #expect(ours.json["output"]?.strings.first == made.json["image_url"]?.string)

            let foreign = try await harness.service.routes.client.createPrediction(
                version: "meta/meta-llama-3-8b-instruct",
                input: ["prompt": "x", "max_tokens": 1]
            )
            let polled = try await harness.post("/api/generate/poll", ["prediction_id": .string(foreign.id.rawValue)])
            #expect(polled.json["status"] == "succeeded")
            try await check(harness.post("/api/generate/poll", ["prediction_id": "nobody"]).status, 404)
        }
    }

    @Test func `who waits for a prediction in vain is told so, and it goes on`() async throws {
        try await withService(sandbox: Self.slow) { harness in
            let prediction = try await harness.service.routes.client.createPrediction(
                version: "meta/meta-llama-3-8b-instruct",
                input: ["prompt": "x"]
            )
            let answer = try await harness.post(
                "/api/generate/poll",
                ["prediction_id": .string(prediction.id.rawValue), "timeout": 0]
            )
            #expect(answer.status == 200)
            #expect(answer.json["status"] == "timeout")
        }
    }

    @Test func `health tells whether the API can be reached`() async throws {
        try await withService { harness in
            let health = try await harness.get("/health")
            #expect(health.status == 200)
            #expect(health.json == ["status": "ok", "upstream": "ok", "queue_depth": 0, "runs_in_flight": 0])
        }
        try await withService(token: nil) { harness in
            try await check(harness.get("/health").json["upstream"], "not configured")
        }
        try await withService(sandbox: SandboxConfiguration(speed: 0.1)) { harness in
            _ = try await harness.post("/api/generate/video/async", ["image_urls": ["https://example.com/1.png"]])
            while harness.sandbox.statistics.predictionsCreated == 0 { try await Task.sleep(for: .milliseconds(5)) }
            harness.sandbox.setFaults([FaultRule(.revoked)])
            var upstream: JSONValue? = "ok"
            while upstream == "ok" {
                upstream = try await harness.get("/health").json["upstream"]
                try await Task.sleep(for: .milliseconds(5))
            }
            check(upstream, "token refused")
        }
    }
}
