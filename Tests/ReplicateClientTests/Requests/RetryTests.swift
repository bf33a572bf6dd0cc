import Foundation
import ReplicateAPI
import ReplicateClient
import Testing

struct RetryTests {
    private typealias Answer = ScriptedTransport.Answer
    private static let id = Prediction.ID("p")
    private static let good = Answer.status(200, "{\"id\":\"p\",\"status\":\"starting\"}")

    private static let passing: [ScriptedTransport.Answer] = [
        .status(500, "{\"detail\":\"x\"}"), .status(502, "<html>"), .status(408), .status(429, "{\"retry_after\":0}"),
        .status(200, "<html>"), .status(200, "{\"id\":"), .failing(.interrupted(reason: "reset")),
        .failing(.notSent(reason: "refused")), .failing(.tooLong),
    ]

    @Test(arguments: passing.indices)
    func `a reading request is repeated after a passing failure`(index: Int) async throws {
        let transport = ScriptedTransport(Self.passing[index], Self.good)
        #expect(try await client(transport).prediction(Self.id).id == Self.id)
        #expect(transport.requests.map(\.method) == ["GET", "GET"])
    }

    @Test(arguments: [400, 401, 402, 403, 404, 413, 422, 302])
    func `a reading request is not repeated after a refusal`(status: Int) async throws {
        let transport = ScriptedTransport(.status(status, "{}"))
        let error = await #expect(throws: APIError.self) { try await client(transport).prediction(Self.id) }
        #expect(error?.status == status)
        #expect(transport.requests.count == 1)
    }

    @Test func `repeating ends after the policy's tries, with the last error`() async throws {
        let transport = ScriptedTransport(.status(500), .status(503), .status(502))
        let error = await #expect(throws: APIError.self) { try await client(transport).prediction(Self.id) }
        #expect(error?.status == 502)
        #expect(transport.requests.count == 3)
    }

    @Test func `the server's wait is used when it is longer`() async throws {
        let waits = Waits()
        let transport = ScriptedTransport(
            .status(429, "{\"retry_after\":7}", ["retry-after": "3"]),
            .status(429, "", ["retry-after": "3"]),
            Self.good
        )
        _ = try await client(transport, waits: waits).prediction(Self.id)
        #expect(waits.all == [.seconds(7), .seconds(3)])
    }

    @Test(arguments: passing.indices)
    func `a creation is sent once after every kind of failure`(index: Int) async throws {
        let transport = ScriptedTransport(Self.passing[index])
        let error = await #expect(throws: APIError.self) {
            try await client(transport).createPrediction(version: "a/b", input: ["prompt": "x"])
        }
        #expect(transport.requests.map(\.method) == ["POST"])
        let isCertain = error?.code == .rateLimited || error?.code == .unreachable
        #expect(error?.isDefiniteRefusal == isCertain)
    }

    @Test func `a creation carries its version and input sorted, and its deadline of five seconds at least`()
        async throws
    {
        let transport = ScriptedTransport(Self.good, Self.good, Self.good)
        let client = try client(transport)
        _ = try await client.createPrediction(version: "a/b", input: ["z": 1, "a": "é"])
        _ = try await client.createPrediction(version: "a/b", input: [:], cancelAfter: .seconds(90))
        _ = try await client.createPrediction(version: "a/b", input: [:], cancelAfter: .seconds(1))
        #expect(transport.header("cancel-after") == [nil, "90s", "5s"])
        guard case .bytes(let body, let type) = transport.requests[0].body else {
            Issue.record("a creation had no body")
            return
        }
        #expect(type == "application/json")
        #expect(String(decoding: body, as: UTF8.self) == "{\"input\":{\"a\":\"é\",\"z\":1},\"version\":\"a/b\"}")
        #expect(transport.requests[0].url == "https://api.replicate.com/v1/predictions")
    }

    @Test func `a cancellation is safe to send again`() async throws {
        let transport = ScriptedTransport(.failing(.interrupted(reason: "reset")), .status(500), Self.good)
        #expect(try await client(transport).cancel(Self.id).status == .starting)
        #expect(transport.requests.map(\.method) == ["POST", "POST", "POST"])
    }

    @Test func `an answer that is JSON but no prediction is not a prediction`() async throws {
        let transport = ScriptedTransport(.status(201, "[]"))
        let error = await #expect(throws: APIError.self) {
            try await client(transport).createPrediction(version: "a/b", input: [:])
        }
        #expect(error?.code == .invalidResponse)
        #expect(error?.isDefiniteRefusal == false)
    }

    @Test func `without a token nothing is sent`() async throws {
        let transport = ScriptedTransport()
        let error = await #expect(throws: APIError.self) {
            try await client(transport, token: nil).createPrediction(version: "a/b", input: [:])
        }
        #expect(error?.code == .noToken)
        #expect(transport.requests.isEmpty)
    }

    @Test func `a search uses the other route when its method is refused`() async throws {
        let transport = ScriptedTransport(
            .status(405),
            .status(200, "{\"models\":[{\"model\":{\"owner\":\"a\",\"name\":\"b\"}},{}]}")
        )
        #expect(try await client(transport).models(matching: "a & b?").map(\.path) == ["a/b"])
        #expect(transport.requests.map(\.method) == ["QUERY", "GET"])
        #expect(transport.requests[1].url == "https://api.replicate.com/v1/search?query=a%20%26%20b%3F")
    }

    @Test func `an id cannot change the path`() async throws {
        let transport = ScriptedTransport(Self.good)
        _ = try await client(transport).prediction(Prediction.ID("x/account?x#y"))
        #expect(transport.requests[0].url == "https://api.replicate.com/v1/predictions/x%2Faccount%3Fx%23y")
        for id in ["..", ".", "../account", "x/../../account", "%2e%2e"] {
            let transport = ScriptedTransport()
            await #expect(throws: APIError.self) { try await client(transport).prediction(Prediction.ID(id)) }
            #expect(transport.requests.isEmpty)
        }
    }
}
