import Composing
import Foundation
import History
import Money
import ReplicateAPI
import ReplicateClient
import Sandbox
import Synchronization
import Testing

@testable import Predictions

/// Versions that are pinned, and versions that the server does not know any more.
struct PinnedVersionTests {
    /// Answers for one version that the model's latest schema says nothing of.
    private final class OldVersion: Transport {
        static let id = String(repeating: "a", count: 64)

        private let next: any Transport
        private let count = Mutex(0)
        var questions: Int { count.withLock { $0 } }

        init(_ next: any Transport) { self.next = next }

        func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            guard request.url.hasSuffix("/versions/\(Self.id)") else { return try await next.send(request) }
            count.withLock { $0 += 1 }
            let input: JSONValue = [
                "required": ["text"],
                "properties": ["text": ["type": "string"], "scale": ["type": "integer", "maximum": 10]],
            ]
            let body: JSONValue = [
                "id": .string(Self.id), "openapi_schema": ["components": ["schemas": ["Input": input]]],
            ]
            return HTTPResponse(status: 200, body: body.serialized())
        }

        func download(
            _ request: HTTPRequest,
            to sink: @escaping @Sendable (DownloadEvent) throws -> Void
        ) async throws(TransportError) -> HTTPResponse {
            try await next.download(request, to: sink)
        }
    }

    private static let path = "fofr/skyreels-2"
    private static let gone = String(repeating: "b", count: 64)

    private func draft(_ model: String) -> RunDraft {
        RunDraft(
            model: model,
            prompt: "",
            input: ["image_urls": ["https://example.com/1.png"]],
            origin: .command,
            estimate: .range(low: .zero, high: Money("9")!, because: "a test")
        )
    }

    @Test func `a pinned version is composed with its own schema, and asked for once`() async throws {
        let old = Mutex<OldVersion?>(nil)
        let wrap: (any Transport) -> any Transport = { next in
            let transport = OldVersion(next)
            old.withLock { $0 = transport }
            return transport
        }
        try await withRunner([], transport: wrap) { bench in
            let reference = try #require(ModelReference("\(Self.path):\(OldVersion.id)"))
            let details = try await bench.runner.details(of: reference).details
            #expect(details.path == reference.description)
            #expect(details.pricedPath == Self.path)
            #expect(details.schema.fields.map(\.name) == ["scale", "text"])
            _ = try await bench.runner.details(of: reference)
            #expect(old.withLock { $0?.questions } == 1)
        }
    }

    @Test func `a run whose version is gone goes to the newer one, and that is told`() async throws {
        let told = Mutex<[String]>([])
        let listen: @Sendable (RunUpdate) -> Void = { update in
            if case .noticed(let sentence) = update { told.withLock { $0.append(sentence) } }
        }
        try await withRunner([], onUpdate: listen) { bench in
            let model = try await bench.client.model(try #require(ModelReference(Self.path)))
            var members = try #require(model.raw.object)
            var version = try #require(members["latest_version"]?.object)
            version["id"] = .string(Self.gone)
            members["latest_version"] = .object(version)
            try bench.store.models.save(try #require(Model(json: .object(members))), at: Date())
            let done = try await bench.finished(draft(Self.path))
            #expect(done.stage == .settled)
            #expect(done.prediction?.version == model.latestVersion?.id)
            #expect(bench.server.statistics.predictionsCreated == 1)
        }
        #expect(told.withLock { $0.count } == 1)
    }

    @Test func `a pinned version that is gone is refused, with the latest named`() async throws {
        try await withRunner([]) { bench in
            let done = try await bench.finished(draft("\(Self.path):\(Self.gone)"))
            #expect(done.stage == .refused)
            #expect(done.failure?.contains("has no version bbbbbbbbbbbb") == true)
            #expect(done.cost?.basis == .free)
            #expect(bench.server.statistics.predictionsCreated == 0)
        }
    }
}
