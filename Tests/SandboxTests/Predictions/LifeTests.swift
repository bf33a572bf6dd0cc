import Foundation
import Testing

@testable import Sandbox

/// The life of a prediction as a client sees it.
struct LifeTests {
    /// At demo pace by a clock that only the test moves.
    private func withClock(
        _ change: (inout SandboxConfiguration) -> Void = { _ in },
        _ body: (RawClient, ManualTime) async throws -> Void
    ) async throws {
        let clock = ManualTime()
        try await withRawSandbox(
            {
                $0.speed = 1
                change(&$0)
            },
            time: clock.time
        ) { client, _ in try await body(client, clock) }
    }

    /// Lets what is due happen, step by step, until `condition` holds for the prediction.
    private func advance(
        _ clock: ManualTime,
        _ client: RawClient,
        _ id: String,
        until condition: (JSON) -> Bool
    ) async throws -> JSON {
        while true {
            let document = try #require(await client.get("/v1/predictions/\(id)").json)
            if condition(document) { return document }
            if clock.sleepers > 0 { clock.advance(by: 0.1) }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    @Test func `it waits in the queue, works with a growing log, and ends with output, times and counters`()
        async throws
    {
        try await withClock { client, clock in
            let created = try await client.create()
            #expect(created.status == "starting")
            #expect(created["output"] == .null)
            #expect(created["started_at"] == nil || created["started_at"] == .null)
            let working = try await advance(clock, client, created.id) {
                $0["logs"]?.stringValue?.contains("1/4") == true
            }
            #expect(working.status == "processing")
            #expect(working["started_at"]?.stringValue != nil)
            #expect(working["output"] == .null)
            let ended = try await advance(clock, client, created.id, until: \.hasEnded)
            #expect(ended.status == "succeeded")
            #expect(ended["output"]?.arrayValue?.count == 1)
            #expect(ended["logs"]?.stringValue?.hasPrefix(working["logs"]?.stringValue ?? "?") == true)
            #expect(ended.at("metrics.image_output_count") == 1)
            #expect((ended.at("metrics.predict_time")?.numberValue ?? 0) > 0)
            let times = ["created_at", "started_at", "completed_at"].compactMap { ended[$0]?.stringValue }
            #expect(times.count == 3)
            let dates = times.compactMap { Date(timestamp: $0) }
            #expect(dates == dates.sorted())
        }
    }

    @Test func `a row of the list has no log`() async throws {
        try await withRawSandbox { client, _ in
            let id = try await client.create().id
            _ = try await client.prediction(id)
            let row = try #require(await client.get("/v1/predictions").json?.at("results.0"))
            #expect(row.id == id)
            #expect(row["logs"] == nil)
        }
    }

    @Test func `canceled in the queue it has not run, and canceled at work it has no output`() async throws {
        try await withClock { client, clock in
            let queued = try await client.create()
            let early = try #require(await client.send("POST", "/v1/predictions/\(queued.id)/cancel").json)
            #expect(early.status == "canceled")
            #expect(early.at("metrics.predict_time") == nil)
            let working = try await client.create()
            _ = try await advance(clock, client, working.id) { $0.status == "processing" }
            let late = try #require(await client.send("POST", "/v1/predictions/\(working.id)/cancel").json)
            #expect(late.status == "canceled")
            #expect(late.at("metrics.predict_time") != nil)
            #expect(late["output"] == .null)
        }
    }

    @Test func `its deadline aborts it in the queue and cancels it at work`() async throws {
        try await withClock({ $0.queueTime = .seconds(10) }) { client, clock in
            let document = try await client.create(headers: ["cancel-after": "5s"])
            let ended = try await advance(clock, client, document.id, until: \.hasEnded)
            #expect(ended.status == "aborted")
        }
        try await withClock { client, clock in
            let film = try await client.create(
                "fofr/skyreels-2",
                ["image_urls": ["data:image/png;base64,x"]],
                headers: ["cancel-after": "5s"]
            )
            let ended = try await advance(clock, client, film.id, until: \.hasEnded)
            #expect(["canceled", "failed"].contains(ended.status))
        }
    }

    @Test func `a wait that is shorter than the run is answered before the end`() async throws {
        try await withClock { client, clock in
            async let answer = client.post(
                "/v1/predictions",
                ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"]],
                headers: ["prefer": "wait=1"]
            )
            while clock.sleepers < 2 { try await Task.sleep(for: .milliseconds(1)) }
            clock.advance(by: 1)
            #expect(await answer.status == 202)
            #expect(await answer.json?.hasEnded == false)
        }
    }

    @Test func `the same prompt and seed give the same picture, and another seed another one`() async throws {
        try await withRawSandbox { client, _ in
            func picture(_ seed: Int) async throws -> Data {
                let created = try await client.create(
                    "black-forest-labs/flux-schnell",
                    ["prompt": "a fox", "seed": .integer(seed)]
                )
                let ended = try await client.prediction(created.id)
                return await client.get(try #require(ended.at("output.0")?.path)).body
            }
            let first = try await picture(7)
            #expect(try await picture(7) == first)
            #expect(try await picture(8) != first)
        }
    }

    @Test func `it makes as many pictures as asked for, in the format asked for`() async throws {
        let heads: [String: [UInt8]] = ["png": [0x89, 0x50], "jpg": [0xFF, 0xD8], "webp": Array("RI".utf8)]
        try await withRawSandbox { client, _ in
            for (format, head) in heads {
                let created = try await client.create(
                    "black-forest-labs/flux-schnell",
                    ["prompt": "a fox", "num_outputs": 2, "output_format": .string(format), "megapixels": "0.25"]
                )
                let ended = try await client.prediction(created.id)
                let paths = ended["output"]?.arrayValue?.map(\.path) ?? []
                #expect(paths.count == 2)
                for path in paths {
                    #expect(path.hasSuffix(".\(format)"))
                    #expect(Array(await client.get(path).body.prefix(2)) == head)
                }
                #expect(ended.at("metrics.image_output_count") == 2)
            }
        }
    }

    @Test(arguments: OutputShape.allCases)
    func `every shape of output has the end that it is for`(shape: OutputShape) async throws {
        let id = try #require(Catalogue.standard.model(owner: "lab", name: "shapes")).latest.id
        try await withRawSandbox { client, _ in
            let created = try await client.create(id, ["shape": .string(shape.rawValue), "num_outputs": 3])
            let ended = try await client.prediction(created.id)
            switch shape {
            case .failedLate: #expect(ended.status == "failed")
            case .canceledLate: #expect(ended.status == "canceled")
            default: #expect(ended.status == "succeeded")
            }
            // Every address in the output leads to a file.
            for address in ended["output"]?.addresses ?? [] where address.hasPrefix("http") {
                let answer = await client.get(JSON.string(address).path)
                #expect(answer.status == 200, "\(address)")
                #expect(!answer.body.isEmpty)
            }
        }
    }
}

extension JSON {
    /// Every text in it that is an address.
    fileprivate var addresses: [String] {
        switch self {
        case .string(let text): text.contains("://") || text.hasPrefix("data:") ? [text] : []
        case .array(let values): values.flatMap(\.addresses)
        case .object(let members): members.values.flatMap(\.addresses)
        case .null, .bool, .integer, .number: []
        }
    }
}
