import Foundation
import ReplicateAPI
import ReplicateClient
import Sandbox
import Testing

struct SandboxConversationTests {
    private static let picture = "black-forest-labs/flux-schnell"
    private static let words = "meta/meta-llama-3-8b-instruct"

    @Test func `a prediction is created, followed to its end and found in the list`() async throws {
        try await withSandbox { server, client in
            let created = try await client.createPrediction(
                version: Self.picture,
                input: ["prompt": "a fjord", "seed": 42],
                cancelAfter: .seconds(600)
            )
            #expect(created.model == Self.picture)
            #expect(created.input["seed"] == 42)
            #expect(created.deadline != nil)
            let ended = try await client.ended(created.id)
            #expect(ended.status == .succeeded)
            #expect(ended.outputURLs.count == 1)
            #expect(ended.completedAt != nil)
            let listed = try await client.predictions()
            #expect(listed.results.map(\.id) == [created.id])
            #expect(listed.unreadable == 0)
            #expect(listed.next == nil)
            #expect(client.clock.skew != nil)
            #expect(server.statistics.predictionsCreated == 1)
        }
    }

    @Test func `a long list is read page by page to its end, each row once, newest first`() async throws {
        try await withSandbox { _, client in
            var created: [Prediction.ID] = []
            for _ in 0..<103 {
                let prediction = try await client.createPrediction(
                    version: Self.words,
                    input: ["prompt": "x", "max_tokens": 1]
                )
                created.append(prediction.id)
            }
            let first = try await client.predictions()
            #expect(first.results.count == 100)
            let second = try #require(try await client.predictions(after: first))
            #expect(second.next == nil)
            #expect((first.results + second.results).map(\.id) == created.reversed())
            #expect(try await client.predictions(after: second) == nil)
            let none = try await client.predictions(createdAfter: Date(timeIntervalSinceNow: 3_600))
            #expect(none.results == [])
            let all = try await client.predictions(
                createdAfter: Date(timeIntervalSinceNow: -3_600),
                createdBefore: Date(timeIntervalSinceNow: 3_600)
            )
            #expect(all.results.count == 100)
        }
    }

    @Test func `a running prediction is canceled, and a second cancellation does no harm`() async throws {
        try await withSandbox(SandboxConfiguration(speed: 0.01)) { _, client in
            let created = try await client.createPrediction(version: Self.words, input: ["prompt": "x"])
            #expect(!created.isFinished)
            _ = try await client.cancel(created.id)
            let ended = try await client.ended(created.id)
            #expect([.canceled, .aborted].contains(ended.status))
            #expect(try await client.cancel(created.id).status == ended.status)
        }
    }

    @Test func `models, versions, a search and the account are answered`() async throws {
        try await withSandbox { server, client in
            let page = try await client.models()
            #expect(!page.results.isEmpty)
            #expect(page.unreadable == 0)
            let reference = try #require(ModelReference(Self.picture))
            let model = try await client.model(reference)
            #expect(model.isOfficial)
            #expect(model.latestVersion?.inputSchema["prompt"]?.isRequired == true)
            #expect(model.defaultExample?.input["prompt"] != nil)
            let community = try #require(ModelReference("nightmareai/real-esrgan"))
            let versions = try await client.versions(of: community)
            #expect(versions.results.allSatisfy { ModelReference.isVersion($0.id) })
            #expect(!versions.results.isEmpty)
            #expect(try await client.models(matching: "flux").contains { $0.path == Self.picture })
            #expect(try await client.account().username == "sandbox")
            #expect(server.statistics.count("QUERY /v1/models") == 1)
        }
    }

    @Test func `refusals arrive with their reasons`() async throws {
        try await withSandbox { server, client in
            let invalid = await #expect(throws: APIError.self) {
                try await client.createPrediction(version: Self.picture, input: ["num_outputs": 9, "zoo": 1])
            }
            #expect(invalid?.code == .invalidInput)
            #expect(Set(invalid?.invalidFields.map(\.field) ?? []) == ["prompt", "num_outputs", "zoo"])
            let version = await #expect(throws: APIError.self) {
                try await client.createPrediction(version: "nobody/nothing", input: [:])
            }
            #expect(version?.code == .versionNotPermitted)
            let stranger = try #require(ModelReference("nobody/nothing"))
            let missing = await #expect(throws: APIError.self) { try await client.model(stranger) }
            #expect(missing?.code == .notFound)
            #expect(missing?.message == "There is no model nobody/nothing")
            #expect(server.statistics.predictionsCreated == 0)
        }
    }

    @Test func `a wrong token is refused`() async throws {
        try await withSandbox(SandboxConfiguration(speed: 0, token: "r8_right")) { _, client in
            let error = await #expect(throws: APIError.self) { try await client.account() }
            #expect(error?.code == .unauthenticated)
        }
    }

    @Test func `an uploaded file is stored unchanged and can be read with the token`() async throws {
        try await withFolder { folder in
            try await withSandbox { server, client in
                let bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
                let file = URL(filePath: folder).appending(path: "späte \"Küste\".png")
                try bytes.write(to: file)
                let stored = try await client.upload(file: file, contentType: "image/png")
                #expect(stored.size == bytes.count)
                #expect(stored.contentType == "image/png")
                #expect(stored.expiresAt != nil)
                #expect(server.statistics.count("POST /v1/files") == 1)
                let copy = folder + "/copy"
                let download = try await client.download(stored.url + "/download", into: PartialDownload(path: copy))
                #expect(try Data(contentsOf: URL(filePath: copy)) == bytes)
                #expect(download.sha256 == stored.sha256)
            }
        }
    }

    @Test func `a missing file is not uploaded`() async throws {
        try await withSandbox { server, client in
            let error = await #expect(throws: APIError.self) {
                try await client.upload(file: URL(filePath: "/nowhere/a.png"), contentType: "image/png")
            }
            #expect(error?.message == "a.png cannot be read")
            #expect(server.statistics.requests == [:])
        }
    }

    @Test func `an output is downloaded completely into a private file, without the token`() async throws {
        try await withFolder { folder in
            try await withSandbox { server, client in
                let created = try await client.createPrediction(version: Self.picture, input: ["prompt": "a fjord"])
                let url = try #require(try await client.ended(created.id).outputURLs.first)
                let outside = url.replacing("127.0.0.1", with: "localhost")
                let path = folder + "/a.webp"
                let download = try await client.download(outside, into: PartialDownload(path: path))
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.size] as? Int64 == download.bytes)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                #expect(download.contentType == "image/webp")
                #expect(download.sha256.count == 64)
                #expect(server.statistics.leakedTokens == 0)
                let taken = await #expect(throws: DownloadError.self) {
                    try await client.download(outside, into: PartialDownload(path: path))
                }
                guard case .notWritable? = taken else {
                    Issue.record("\(String(describing: taken)) is not about the disk")
                    return
                }
                #expect(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 == download.bytes)
            }
        }
    }

    @Test func `an expired file gives the error gone and leaves nothing on the disk`() async throws {
        try await withFolder { folder in
            try await withSandbox(SandboxConfiguration(speed: 0, faults: [FaultRule(.expired)])) { _, client in
                let created = try await client.createPrediction(version: Self.picture, input: ["prompt": "a fjord"])
                let url = try #require(try await client.ended(created.id).outputURLs.first)
                let error = await #expect(throws: DownloadError.self) {
                    try await client.download(url, into: PartialDownload(path: folder + "/a"))
                }
                #expect(error == .gone(status: 404))
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
            }
        }
    }

    @Test func `a request succeeds after failures of the server`() async throws {
        let faults: [FaultRule] = [
            FaultRule(.html, .first(1), at: .account), FaultRule(.serverError, .first(1), at: .list),
            FaultRule(.truncatedJSON, .first(1), at: .poll), FaultRule(.refuse, .first(1), at: .cancel),
        ]
        try await withSandbox(SandboxConfiguration(speed: 0, faults: faults)) { server, client in
            #expect(try await client.account().username == "sandbox")
            #expect(try await client.predictions().results == [])
            let created = try await client.createPrediction(version: Self.words, input: ["prompt": "x"])
            #expect(try await client.prediction(created.id).id == created.id)
            #expect(try await client.cancel(created.id).id == created.id)
            #expect(server.statistics.faults == [.html: 1, .serverError: 1, .truncatedJSON: 1, .refuse: 1])
        }
    }

    @Test func `a prediction whose answer was lost exists, and was requested once`() async throws {
        let faults = [FaultRule(.dropCreate, .first(1))]
        try await withSandbox(SandboxConfiguration(speed: 0, faults: faults)) { server, client in
            let error = await #expect(throws: APIError.self) {
                try await client.createPrediction(version: Self.words, input: ["prompt": "x"])
            }
            #expect(error?.code == .interrupted)
            #expect(error?.isDefiniteRefusal == false)
            // The connection is cut before the sandbox has counted the request.
            let page = try await client.predictions()
            #expect(page.results.count == 1)
            #expect(server.statistics.predictionsCreated == 1)
        }
    }

    @Test func `a creation is not sent again by the transport when a connection that was in use breaks`() async throws {
        try await withSandbox { server, client in
            // Opens a connection that could be reused.
            _ = try await client.account()
            server.setFaults([FaultRule(.dropCreate, .first(1))])
            let error = await #expect(throws: APIError.self) {
                try await client.createPrediction(version: Self.words, input: ["prompt": "x"])
            }
            #expect(error?.code == .interrupted)
            #expect(try await client.predictions().results.count == 1)
        }
    }

    @Test func `a closed port is a certain failure: nothing was sent`() async throws {
        let transport = CurlTransport()
        defer { transport.close() }
        // Nothing listens on port 9 of this machine.
        let client = try client(transport, base: "http://127.0.0.1:9/v1")
        let error = await #expect(throws: APIError.self) {
            try await client.createPrediction(version: "a/b", input: [:])
        }
        #expect(error?.code == .unreachable)
        #expect(error?.isDefiniteRefusal == true)
    }

    @Test func `an answer beyond the limit ends the transfer`() async throws {
        try await withSandbox { _, client in
            let transport = CurlTransport()
            defer { transport.close() }
            var request = HTTPRequest(
                method: "GET",
                url: client.configuration.baseURL.absoluteString + "/models",
                headers: [("Authorization", "Bearer x")],
                bodyLimit: 1_000
            )
            await #expect(throws: TransportError.tooLong) { try await transport.send(request) }
            request.bodyLimit = 10_000_000
            let whole = try await transport.send(request)
            #expect(whole.status == 200)
        }
    }

    @Test func `closing the transport ends active transfers`() async throws {
        try await withSandbox(SandboxConfiguration(faults: [FaultRule(.stall)])) { server, client in
            let transport = CurlTransport()
            let request = HTTPRequest(method: "GET", url: client.configuration.baseURL.absoluteString + "/account")
            let asking = Task { () async throws(TransportError) in try await transport.send(request) }
            while server.statistics.faults[.stall] == nil { try await Task.sleep(for: .milliseconds(1)) }
            transport.close()
            await #expect(throws: TransportError.canceled) { try await asking.value }
        }
    }
}
