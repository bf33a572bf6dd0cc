import Foundation
import Synchronization
import Testing

@testable import Sandbox

/// Every fault strikes as its summary says. The switch has no `default`: a new fault needs a line here.
struct FaultTests {
    /// A sandbox in which this fault always strikes, but not before `prepare` has been done.
    private func with(
        _ fault: SandboxFault,
        time: SandboxTime = .system,
        _ body: (RawClient, SandboxServer) async throws -> Void
    ) async throws {
        try await withRawSandbox(time: time) { client, sandbox in
            sandbox.setFaults([FaultRule(fault)])
            try await body(client, sandbox)
            #expect(sandbox.statistics.faults[fault] ?? 0 > 0)
        }
    }

    /// A picture that was made before the fault began.
    private func withFile(_ fault: SandboxFault, _ body: (RawAnswer, RawAnswer) throws -> Void) async throws {
        try await withRawSandbox { client, sandbox in
            let made = try await client.prediction(client.create().id)
            let path = try #require(made.at("output.0")?.path)
            let whole = await client.get(path)
            sandbox.setFaults([FaultRule(fault)])
            try body(await client.get(path), whole)
        }
    }

    @Test(arguments: SandboxFault.allCases)
    func `a fault does what it says`(fault: SandboxFault) async throws {
        switch fault {
        case .refuse:
            try await with(fault) { client, sandbox in
                let answer = await client.post("/v1/predictions", ["version": "a/b", "input": [:]])
                #expect(answer.status == nil)
                #expect(sandbox.statistics.predictionsCreated == 0)
            }
        case .dropCreate:
            try await with(fault) { client, sandbox in
                let answer = await client.post(
                    "/v1/predictions",
                    ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"]]
                )
                #expect(answer.status == nil)
                #expect(sandbox.statistics.predictionsCreated == 1)
                #expect(await client.get("/v1/predictions").json?["results"]?.arrayValue?.count == 1)
                // A refusal is answered: nothing was created.
                #expect(await client.post("/v1/predictions", [:]).status == 422)
            }
        case .stall:
            let clock = ManualTime()
            try await with(fault, time: clock.time) { client, _ in
                async let answer = client.get("/v1/account")
                while clock.sleepers == 0 { try await Task.sleep(for: .milliseconds(1)) }
                clock.advance(by: 60)
                #expect(await answer.status == 200)
            }
        case .drip:
            let clock = ManualTime()
            try await with(fault, time: clock.time) { client, _ in
                async let answer = client.get("/v1/account")
                let isDone = Mutex(false)
                let mover = Task {
                    while !isDone.withLock({ $0 }) {
                        if clock.sleepers > 0 { clock.advance(by: 1) }
                        try await Task.sleep(for: .milliseconds(1))
                    }
                }
                #expect(await answer.json?["username"] == "sandbox")
                isDone.withLock { $0 = true }
                try await mover.value
            }
        case .reset:
            try await with(fault) { client, _ in
                for _ in 0..<10 {
                    let answer = await client.get("/v1/models/black-forest-labs/flux-schnell")
                    #expect(!answer.isWhole || answer.wasReset)
                }
            }
        case .endless:
            try await with(fault) { client, _ in
                let answer = await client.send("GET", "/v1/account", limit: 1 << 20)
                #expect(answer.status == 200)
                #expect(answer.body.count > 900_000)
                #expect(!answer.isWhole)
            }
        case .timeout: try await expectProblem(fault, 408, "application/json")
        case .rateLimit:
            try await expectProblem(fault, 429, "application/json") { answer in
                #expect(answer.json?["retry_after"] == 1)
                #expect(answer.headers["retry-after"] == "1")
            }
        case .rateLimitDate:
            try await expectProblem(fault, 429, "application/json") { answer in
                #expect(answer.json?["retry_after"] == nil)
                #expect(answer.headers["retry-after"]?.hasSuffix(" GMT") == true)
            }
        case .rateLimitBare:
            try await expectProblem(fault, 429, "application/json") { answer in
                #expect(answer.json?["retry_after"] == nil)
                #expect(answer.headers["retry-after"] == nil)
            }
        case .serverError: try await expectProblem(fault, 500, "application/problem+json")
        case .unavailable:
            try await expectProblem(fault, 503, "application/problem+json") { answer in
                #expect(answer.headers["retry-after"] == "1")
            }
        case .revoked: try await expectProblem(fault, 401, "application/problem+json")
        case .credit:
            try await with(fault) { client, sandbox in
                let answer = await client.post(
                    "/v1/predictions",
                    ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"]]
                )
                #expect(answer.status == 402)
                #expect(answer.json?["title"] == "Insufficient credit")
                #expect(sandbox.statistics.predictionsCreated == 0)
            }
        case .badGateway, .html:
            try await with(fault) { client, _ in
                let answer = await client.get("/v1/account")
                #expect(answer.status == (fault == .html ? 200 : 502))
                #expect(answer.contentType == "text/html")
                #expect(answer.text.hasPrefix("<!DOCTYPE html>"))
                #expect(answer.json == nil)
            }
        case .truncatedJSON:
            try await with(fault) { client, _ in
                let answer = await client.get("/v1/account")
                #expect(answer.isWhole)
                #expect(answer.text.hasPrefix("{"))
                #expect(answer.json == nil)
            }
        case .invalidUTF8:
            try await with(fault) { client, _ in
                let answer = await client.get("/v1/account")
                #expect(answer.body.contains(0xFF))
                #expect(String(data: answer.body, encoding: .utf8) == nil)
            }
        case .notJSON:
            try await with(fault) { client, _ in
                let created = await client.post(
                    "/v1/predictions",
                    ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"]]
                )
                #expect(created.text.contains("Infinity"))
                #expect(created.json == nil)
            }
        case .absurd:
            try await with(fault) { client, _ in
                let created = try await client.create()
                #expect(created["created_at"] == "99999-13-45T99:99:99Z")
                #expect(created.id.count == 26)
                let list = await client.get("/v1/predictions").json
                #expect(list?.at("results.0.created_at") == "99999-13-45T99:99:99Z")
            }
        case .unknownStatus:
            let clock = ManualTime()
            try await withRawSandbox(
                {
                    $0.speed = 1
                    $0.faults = [FaultRule(fault)]
                },
                time: clock.time
            ) { client, _ in
                let id = try await client.create().id
                var statuses: [String] = []
                while statuses.last != "succeeded" {
                    let status = try #require(await client.get("/v1/predictions/\(id)").json).status
                    if statuses.last != status { statuses.append(status) }
                    if clock.sleepers > 0 { clock.advance(by: 0.1) }
                    try await Task.sleep(for: .milliseconds(1))
                }
                #expect(statuses.contains("hibernating"))
                #expect(!statuses.contains("processing"))
            }
        case .aborted, .failed:
            try await with(fault) { client, _ in
                let ended = try await client.prediction(client.create().id)
                #expect(ended.status == fault.rawValue)
                #expect((ended["error"] == .null) == (fault == .aborted))
                #expect(ended["output"] == .null)
                #expect((ended.at("metrics.predict_time") == nil) == (fault == .aborted))
            }
        case .expired: try await withFile(fault) { answer, _ in #expect(answer.status == 404) }
        case .forbidden: try await withFile(fault) { answer, _ in #expect(answer.status == 403) }
        case .emptyFile:
            try await withFile(fault) { answer, _ in
                #expect(answer.status == 200)
                #expect(answer.isWhole)
                #expect(answer.body.isEmpty)
            }
        case .packed:
            try await withFile(fault) { answer, whole in
                #expect(answer.headers["content-encoding"] == "gzip")
                #expect(answer.body.prefix(2) == Data([0x1F, 0x8B]))
                #expect(answer.body.count > whole.body.count)
            }
        case .page:
            try await withFile(fault) { answer, whole in
                #expect(answer.headers["content-type"] == whole.headers["content-type"])
                #expect(answer.text.contains("<HEAD>"))
            }
        case .truncatedDownload:
            try await withFile(fault) { answer, whole in
                #expect(answer.headers["content-length"] == "\(whole.body.count)")
                #expect(answer.body == whole.body.prefix(whole.body.count / 2))
                #expect(!answer.isWhole)
            }
        case .hostile:
            try await with(fault) { client, _ in
                let answer = await client.get("/v1/models/black-forest-labs/flux-schnell")
                #expect(answer.json?["description"]?.stringValue?.contains("\u{1B}]52;") == true)
                #expect(answer.json?["name"] == "flux-schnell")
                #expect(answer.json?["url"]?.stringValue?.contains("\u{1B}") == false)
            }
        }
    }

    private func expectProblem(
        _ fault: SandboxFault,
        _ status: Int,
        _ type: String,
        _ more: (RawAnswer) -> Void = { _ in }
    ) async throws {
        try await with(fault) { client, sandbox in
            for path in ["/v1/account", "/v1/predictions", "/v1/models"] {
                let answer = await client.get(path)
                #expect(answer.status == status)
                #expect(answer.contentType == type)
                #expect(answer.json?["detail"]?.stringValue?.isEmpty == false)
                more(answer)
            }
            let created = await client.post("/v1/predictions", ["version": "a/b", "input": [:]])
            #expect(created.status == status)
            #expect(sandbox.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a fault strikes only where it was asked for, and as often`() async throws {
        try await withRawSandbox { client, sandbox in
            sandbox.setFaults([
                FaultRule(.serverError, .every(3), at: .account), FaultRule(.unavailable, .first(2), at: .models),
            ])
            var statuses: [Int?] = []
            for _ in 0..<6 { statuses.append(await client.get("/v1/account").status) }
            #expect(statuses == [200, 200, 500, 200, 200, 500])
            statuses = []
            for _ in 0..<4 { statuses.append(await client.get("/v1/models").status) }
            #expect(statuses == [503, 503, 200, 200])
            #expect(await client.get("/v1/hardware").status == 200)
            sandbox.setFaults([])
            #expect(await client.get("/v1/account").status == 200)
        }
    }

    @Test func `a prediction keeps the fault that was drawn for it`() async throws {
        let clock = ManualTime()
        try await withRawSandbox({ $0.speed = 1 }, time: clock.time) { client, sandbox in
            sandbox.setFaults([FaultRule(.failed)])
            let id = try await client.create().id
            sandbox.setFaults([])
            let other = try await client.create().id
            func end(_ id: String) async throws -> String {
                while true {
                    let document = try #require(await client.get("/v1/predictions/\(id)").json)
                    if document.hasEnded { return document.status }
                    if clock.sleepers > 0 { clock.advance(by: 0.5) }
                    try await Task.sleep(for: .milliseconds(1))
                }
            }
            #expect(try await end(id) == "failed")
            #expect(try await end(other) == "succeeded")
        }
    }
}
