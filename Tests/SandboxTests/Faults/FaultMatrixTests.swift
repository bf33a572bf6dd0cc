import Foundation
import Testing

@testable import Sandbox

/// Every fault at every kind of request that it reaches, over the wire; and nowhere else.
struct FaultMatrixTests {
    /// A request of each kind. `id` is a prediction that has ended, `file` the path of its output.
    private static func request(_ kind: RequestKind, id: String, file: String) -> (
        method: String, path: String, body: JSON?
    ) {
        switch kind {
        case .create:
            ("POST", "/v1/predictions", ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"]])
        case .poll: ("GET", "/v1/predictions/\(id)", nil)
        case .list: ("GET", "/v1/predictions", nil)
        case .cancel: ("POST", "/v1/predictions/\(id)/cancel", nil)
        case .models: ("GET", "/v1/models/black-forest-labs/flux-schnell", nil)
        case .account: ("GET", "/v1/account", nil)
        case .files: ("GET", "/v1/files", nil)
        case .other: ("GET", "/v1/webhooks/default/secret", nil)
        case .delivery: ("GET", file, nil)
        case .stream: ("GET", "/stream/none", nil)
        }
    }

    private static func send(_ kind: RequestKind, _ client: RawClient, id: String, file: String) async -> RawAnswer {
        let request = request(kind, id: id, file: file)
        return await client.send(
            request.method,
            request.path,
            headers: request.body == nil ? [:] : ["content-type": "application/json"],
            body: request.body?.encoded(),
            limit: 4 << 20
        )
    }

    /// What an answer is, as a client sees it before it looks into it.
    private struct Look: Hashable {
        var status: Int?
        var type: String?
        var isWhole: Bool
        var isJSON: Bool
        var isEmpty: Bool

        init(_ answer: RawAnswer) {
            status = answer.status
            type = answer.contentType
            isWhole = answer.isWhole
            isJSON = answer.json != nil
            isEmpty = answer.body.isEmpty
        }
    }

    /// Faults that would make a test wait; ``FaultTests`` has them with a clock of its own. One that resets at any byte
    /// may reset after the last one.
    private static let slow: Set<SandboxFault> = [.stall, .drip, .reset]

    @Test(arguments: SandboxFault.allCases.filter { !slow.contains($0) })
    func `a fault strikes at the kinds it reaches, and every other kind answers as before`(
        fault: SandboxFault
    ) async throws {
        try await withRawSandbox { client, sandbox in
            let made = try await client.prediction(client.create().id)
            let file = try #require(made.at("output.0")?.path)
            for kind in RequestKind.allCases {
                sandbox.setFaults([])
                let usual = Look(await Self.send(kind, client, id: made.id, file: file))
                let before = sandbox.statistics.faults[fault] ?? 0
                sandbox.setFaults([FaultRule(fault)])
                let answer = await Self.send(kind, client, id: made.id, file: file)
                let struck = (sandbox.statistics.faults[fault] ?? 0) - before
                #expect(struck == (fault.reach.contains(kind) ? 1 : 0), "\(fault) at \(kind)")
                if struck == 0 { #expect(Look(answer) == usual, "\(fault) at \(kind)") }
            }
        }
    }

    @Test(arguments: RequestKind.allCases)
    func `a request is counted as what it is`(kind: RequestKind) async throws {
        try await withRawSandbox { client, sandbox in
            let made = try await client.prediction(client.create().id)
            let file = try #require(made.at("output.0")?.path)
            let before = sandbox.statistics.requestsByKind
            _ = await Self.send(kind, client, id: made.id, file: file)
            for other in RequestKind.allCases {
                let count = (sandbox.statistics.requestsByKind[other] ?? 0) - (before[other] ?? 0)
                #expect(count == (other == kind ? 1 : 0), "\(other)")
            }
        }
    }

    /// The statuses that a refusal of the API has, and the document's word for each.
    private static let refusals: [(SandboxFault, Int)] = [
        (.timeout, 408), (.rateLimit, 429), (.rateLimitDate, 429), (.rateLimitBare, 429), (.serverError, 500),
        (.unavailable, 503), (.revoked, 401),
    ]

    @Test(arguments: refusals)
    func `a refusal has its status and a sentence at every kind that it reaches`(
        fault: SandboxFault,
        status: Int
    ) async throws {
        try await withRawSandbox { client, sandbox in
            let made = try await client.prediction(client.create().id)
            let count = sandbox.statistics.predictionsCreated
            sandbox.setFaults([FaultRule(fault)])
            for kind in RequestKind.allCases where fault.reach.contains(kind) {
                let answer = await Self.send(kind, client, id: made.id, file: "/delivery/x/y")
                #expect(answer.status == status, "\(kind)")
                #expect(answer.json?["detail"]?.stringValue?.isEmpty == false, "\(kind)")
                if let said = answer.json?["status"]?.integerValue { #expect(said == status) }
            }
            // What was refused was not done.
            #expect(sandbox.statistics.predictionsCreated == count)
            sandbox.setFaults([])
            #expect(await client.get("/v1/predictions/\(made.id)").json?.status == "succeeded")
        }
    }

    @Test func `of faults that refuse and faults that garble, both may strike one answer`() async throws {
        try await withRawSandbox { client, sandbox in
            sandbox.setFaults([FaultRule(.dropCreate), FaultRule(.serverError, .first(1))])
            let input: JSON = ["version": "black-forest-labs/flux-schnell", "input": ["prompt": "a fox"]]
            // The refusal comes first: nothing was created that the connection could hide.
            #expect(await client.post("/v1/predictions", input).status == 500)
            #expect(sandbox.statistics.predictionsCreated == 0)
            #expect(await client.post("/v1/predictions", input).status == nil)
            #expect(sandbox.statistics.predictionsCreated == 1)
            sandbox.setFaults([FaultRule(.truncatedJSON), FaultRule(.invalidUTF8)])
            let garbled = await client.get("/v1/account")
            #expect(garbled.json == nil && garbled.body.contains(0xFF) && garbled.isWhole)
        }
    }

    @Test(arguments: [SandboxFault.hostile, .absurd, .notJSON])
    func `a list is struck as its rows are`(fault: SandboxFault) async throws {
        try await withRawSandbox { client, sandbox in
            _ = try await client.prediction(client.create().id)
            let usual = try #require(await client.get("/v1/predictions").json)
            sandbox.setFaults([FaultRule(fault)])
            let answer = await client.get("/v1/predictions")
            switch fault {
            case .hostile:
                #expect(answer.json?.at("results.0.id") == usual.at("results.0.id"))
                #expect(answer.json?.at("results.0.status") == "succeeded")
            case .absurd:
                #expect(answer.json?.at("results.0.started_at")?.integerValue == .max)
                #expect(answer.json?.at("results.0.completed_at") == "0000-00-00T00:00:00Z")
                #expect(answer.json?.at("results.0.id") == usual.at("results.0.id"))
            default:
                #expect(answer.json == nil && answer.text.contains("NaN"))
            }
            #expect(answer.isWhole && answer.status == 200)
        }
    }
}
