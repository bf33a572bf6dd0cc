import Foundation
import History
import Money
import Pricing
import ReplicateAPI
import ReplicateClient
import Sandbox
import Synchronization
import Testing

@testable import Service

@Suite(.timeLimit(.minutes(10)))
struct JobTests {
    private static let secret = WebhookSecret.random()

    private func accept(_ harness: Harness, callback: String?, picture: String) async throws -> String {
        var body: JSONObject = ["image_urls": [.string(picture)]]
        if let callback { body["callback_url"] = .string(callback) }
        let answer = try await harness.post("/api/generate/video/async", .object(body))
        #expect(answer.status == 202)
        #expect(answer.json["status"] == "accepted")
        #expect(answer.json["message"] == "Video generation started in background")
        return try #require(answer.json["job_id"]?.string)
    }

    @Test func `a job is answered at its address, signed, and can be asked for`() async throws {
        let receiver = Receiver(200)
        try await receiver.listening { address in
            try await withService({ $0.callbacks.secret = Self.secret }) { harness in
                let picture = try await harness.picture()
                let id = try await accept(harness, callback: address, picture: picture)
                try await harness.wait { try harness.store.jobs.job(id)?.stage == .delivered }
                let delivery = try #require(receiver.deliveries.first)
                #expect(receiver.deliveries.count == 1)
                let result = try JSONValue(parsing: delivery.body)
                #expect(result["success"] == true)
                #expect(result["job_id"] == .string(id))
                #expect(result["video_url"]?.string?.hasSuffix(".mp4") == true)
                #expect(result["duration_seconds"]?.double == 2)
                #expect(delivery.headers["content-type"] == "application/json")
                #expect(delivery.headers["authorization"] == nil)
                let seconds = try #require(delivery.headers["webhook-timestamp"].flatMap { TimeInterval($0) })
                let expected = WebhookSignature(
                    id: "msg_\(id)",
                    body: delivery.body,
                    at: Date(timeIntervalSince1970: seconds),
                    secret: Self.secret
                )
                #expect(delivery.headers["webhook-id"] == "msg_\(id)")
                #expect(delivery.headers["webhook-signature"] == expected.headers["webhook-signature"])

                let job = try await harness.get("/api/jobs/\(id)")
                #expect(job.json["status"] == "succeeded")
                #expect(job.json["result"] == result)
                #expect(job.json["callback"]?["status"] == "delivered")
                try await check(harness.metric(#"darkroom_callbacks_total{outcome="delivered"}"#), "1")
                try await check(harness.metric(#"darkroom_jobs{stage="delivered"}"#), "1")
            }
        }
    }

    @Test func `an address may stand in the query, as older callers have it`() async throws {
        let receiver = Receiver(200)
        try await receiver.listening { address in
            try await withService { harness in
                let picture = try await harness.picture()
                let answer = try await harness.post(
                    "/api/generate/video/async?callback_url=\(address)",
                    ["image_urls": [.string(picture)]]
                )
                #expect(answer.status == 202)
                try await harness.wait { receiver.deliveries.count == 1 }
            }
        }
    }

    @Test func `a callback is repeated with the same id until it is taken`() async throws {
        let receiver = Receiver(500, 302, 429, 204, location: "http://127.0.0.1:9/elsewhere")
        try await receiver.listening { address in
            try await withService(
                sleep: { _ in try await Task.sleep(for: .milliseconds(1)) },
                { $0.timeout = .seconds(60) }
            ) {
                harness in
                let job = ServiceJob.ended(callback: address)
                try await harness.service.routes.jobs.accept(job)
                try await harness.wait { try harness.store.jobs.job(job.id)?.stage == .delivered }
                #expect(receiver.deliveries.count == 4)
                #expect(Set(receiver.deliveries.compactMap { $0.headers["webhook-id"] }) == ["msg_\(job.id)"])
                #expect(try harness.store.jobs.job(job.id)?.attempts == 4)
            }
        }
    }

    @Test func `a receiver that wants none is left alone`() async throws {
        let receiver = Receiver(410)
        try await receiver.listening { address in
            try await withService { harness in
                let job = ServiceJob.ended(callback: address)
                try await harness.service.routes.jobs.accept(job)
                try await harness.wait { try harness.store.jobs.job(job.id)?.stage == .undelivered }
                #expect(receiver.deliveries.count == 1)
                let report = try await harness.get("/api/jobs/\(job.id)")
                #expect(report.json["callback"]?["status"] == "undelivered")
            }
        }
    }

    @Test func `a failed run is a result too`() async throws {
        try await withService { harness in
            let picture = try await harness.picture()
            harness.sandbox.setFaults([FaultRule(.failed)])
            let id = try await accept(harness, callback: nil, picture: picture)
            try await harness.wait { try harness.store.jobs.job(id)?.stage == .ended }
            let job = try await harness.get("/api/jobs/\(id)").json
            #expect(job["status"] == "failed")
            #expect(job["callback"]?.isNull == true)
            #expect(job["result"]?["success"] == false)
            #expect(job["result"]?["error"]?.string?.isEmpty == false)
        }
    }

    @Test func `a job over the budget ends with the reason`() async throws {
        try await withService(budget: Budget(run: Money("0.001"))) { harness in
            let id = try await accept(harness, callback: nil, picture: "https://a.example/x.png")
            try await harness.wait { try harness.store.jobs.job(id)?.stage == .ended }
            #expect(try harness.store.jobs.job(id)?.result?["error"]?.string?.contains("$0.001") == true)
            #expect(try harness.store.runs() == [])
        }
    }

    @Test func `results are not sent to this machine or its neighbours unless that is allowed`() async throws {
        let receiver = Receiver(200)
        try await receiver.listening { address in
            try await withService({ $0.callbacks.allowsPrivate = false }) { harness in
                for local in [address, "http://localhost:1/", "http://192.168.0.1/", "http://[::1]/"] {
                    let answer = try await harness.post(
                        "/api/generate/video/async",
                        ["image_urls": ["https://a.example/x.png"], "callback_url": .string(local)]
                    )
                    #expect(answer.status == 422)
                    #expect(answer.json["detail"]?.array?.first?["loc"] == ["body", "callback_url"])
                }
                // Written so that no check of the text finds it: the resolved address is what counts.
                let hidden = address.replacing("127.0.0.1", with: "127.1")
                let job = ServiceJob.ended(callback: hidden)
                try await harness.service.routes.jobs.accept(job)
                try await harness.wait { try harness.store.jobs.job(job.id)?.attempts ?? 0 > 0 }
                // The operator's log says what the name led to; whoever asked for the callback is not told.
                #expect(try harness.store.jobs.job(job.id)?.failure == "the receiver cannot be reached")
                #expect(try await !harness.get("/api/jobs/\(job.id)").text.contains("not allowed"))
                #expect(harness.events.contains("127.0.0.1 is not allowed"))
                #expect(receiver.deliveries.isEmpty)
            }
        }
    }

    @Test func `a connection that another request has opened is no way around the rule`() async throws {
        let receiver = Receiver(200)
        try await receiver.listening { address in
            let transport = CurlTransport()
            defer { transport.close() }
            var request = HTTPRequest(
                method: "POST",
                url: address,
                body: .bytes(Data("{}".utf8), contentType: "text/plain")
            )
            let first = try await transport.send(request)
            #expect(first.status == 200)
            request.mayConnect = \.isPublic
            let guarded = request
            let refusal = TransportError.notSent(reason: "connecting to 127.0.0.1 is not allowed", cause: .notAllowed)
            await #expect(throws: refusal) { try await transport.send(guarded) }
            #expect(receiver.deliveries.count == 1)
        }
    }

    @Test func `two services on one history call back once`() async throws {
        let receiver = Receiver(500, 200)
        let folder = FileManager.default.temporaryDirectory.appending(path: "two-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "history.sqlite").path
        try await receiver.listening { address in
            // What waits is waited for by looking for orphans, again and again.
            let quick: @Sendable (Duration) async throws -> Void = { _ in try await Task.sleep(for: .milliseconds(5)) }
            try await withService(store: HistoryStore.open(path: path), sleep: quick) { one in
                try await withService(store: HistoryStore.open(path: path), sleep: quick) { other in
                    let jobs = (0..<6).map { _ in ServiceJob.ended(callback: address) }
                    for (index, job) in jobs.enumerated() {
                        try await (index % 2 == 0 ? one : other).service.routes.jobs.accept(job)
                    }
                    for job in jobs { try await one.wait { try one.store.jobs.job(job.id)?.stage == .delivered } }
                    // The first answer was a failure: one callback went out twice, and no other.
                    #expect(receiver.deliveries.count == jobs.count + 1)
                }
            }
        }
    }

    @Test func `a job that another service has taken over is not called back here`() async throws {
        let receiver = Receiver(200)
        let folder = FileManager.default.temporaryDirectory.appending(path: "taken-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "history.sqlite").path
        try await receiver.listening { address in
            let isTaken = Mutex(false)
            let waiting: @Sendable (Duration) async throws -> Void = { _ in
                repeat { try await Task.sleep(for: .milliseconds(5)) } while !isTaken.withLock { $0 }
            }
            try await withService(store: HistoryStore.open(path: path), sleep: waiting) { harness in
                var job = ServiceJob.ended(callback: address)
                job.nextAttemptAt = Date(timeIntervalSinceNow: 3_600)
                try await harness.service.routes.jobs.accept(job)
                // As if the lock had been lost.
                try FileManager.default.removeItem(atPath: "\(path)-owners/\(harness.store.owner().text)")
                let other = try HistoryStore.open(path: path)
                #expect(try other.jobs.claim().map(\.id) == [job.id])
                isTaken.withLock { $0 = true }
                try await harness.wait { harness.events.all.contains { $0.contains("job_taken_over") } }
                #expect(receiver.deliveries.isEmpty)
            }
        }
    }

    @Test func `what an earlier process has accepted is begun, and what it had begun is not begun again`() async throws
    {
        let store = try HistoryStore.inMemory()
        var jobs: [String] = []
        var picture = ""
        try await withService(sandbox: GenerationTests.slow, store: store) { harness in
            // Begun, and then the process is gone.
            let id = try await accept(harness, callback: nil, picture: "https://a.example/x.png")
            try await harness.wait { harness.sandbox.statistics.predictionsCreated == 1 }
            try await harness.wait { try store.run(try #require(try store.jobs.job(id)).runID)?.stage == .accepted }
            jobs.append(id)
            try await check(harness.get("/api/jobs/\(id)").json["status"], "processing")
        }
        // Accepted, and the process is gone before it began.
        let waiting = ServiceJob(
            client: "x",
            model: "meta/meta-llama-3-8b-instruct",
            input: ["prompt": "x", "max_tokens": 1],
            callbackURL: nil,
            createdAt: Date()
        )
        try store.jobs.journal(waiting)
        try await withService(store: store) { harness in
            picture = try await harness.picture()
            #expect(!picture.isEmpty)
            try await harness.wait { try store.jobs.job(waiting.id)?.stage == .ended }
            #expect(try store.jobs.job(waiting.id)?.result?["success"] == true)
            // The picture and the waiting job; the begun one is another server's and is only asked for.
            #expect(harness.sandbox.statistics.predictionsCreated == 2)
            let begun = try #require(try store.jobs.job(jobs[0]))
            #expect(try store.run(begun.runID)?.prediction != nil)
        }
    }
}

extension ServiceJob {
    /// One whose result is there and has to be delivered.
    static func ended(callback: String) -> ServiceJob {
        var job = ServiceJob(client: "x", model: "a/b", input: [:], callbackURL: callback, createdAt: Date())
        job.stage = .ended
        job.endedAt = Date()
        job.result = ["success": true, "job_id": .string(job.id)]
        return job
    }
}
