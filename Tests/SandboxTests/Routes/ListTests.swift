import Foundation
import Testing

@testable import Sandbox

/// Lists: their pages, their cursors and their order.
struct ListTests {
    private func ids(_ page: JSON?) -> [String] { page?["results"]?.arrayValue?.map(\.id) ?? [] }

    @Test func `pages hold a hundred predictions each, newest first, and every one once`() async throws {
        try await withRawSandbox { client, _ in
            var created: [String] = []
            for _ in 0..<205 { created.append(try await client.create("replicate/hello-world", ["prompt": "x"]).id) }
            var found: [String] = []
            var sizes: [Int] = []
            var path: String? = "/v1/predictions"
            var previous: [JSON?] = []
            while let current = path {
                let page = try #require(await client.get(current).json)
                found += ids(page)
                sizes.append(ids(page).count)
                previous.append(page["previous"])
                path = page["next"] == .null ? nil : page["next"]?.path
            }
            #expect(sizes == [100, 100, 5])
            #expect(found == created.reversed())
            #expect(previous[0] == .null)
            // Back from the last page to the one before it.
            let back = try #require(previous[2]?.path)
            #expect(ids(await client.get(back).json) == Array(created.reversed()[100..<200]))
        }
    }

    @Test func `a page is not shifted by predictions that are created meanwhile`() async throws {
        try await withRawSandbox { client, _ in
            var created: [String] = []
            for _ in 0..<120 { created.append(try await client.create("replicate/hello-world", ["prompt": "x"]).id) }
            let first = try #require(await client.get("/v1/predictions").json)
            for _ in 0..<5 { _ = try await client.create("replicate/hello-world", ["prompt": "x"]) }
            let second = await client.get(try #require(first["next"]?.path)).json
            #expect(ids(second) == Array(created.prefix(20).reversed()))
        }
    }

    @Test func `dates choose from inclusive to exclusive, and stay in the links`() async throws {
        let clock = ManualTime()
        try await withRawSandbox(time: clock.time) { client, _ in
            var created: [JSON] = []
            for _ in 0..<4 {
                created.append(try await client.create("replicate/hello-world", ["prompt": "x"]))
                clock.advance(by: 60)
            }
            let times = created.compactMap { $0["created_at"]?.stringValue }
            let all = created.map(\.id)
            func list(_ query: String) async -> [String] {
                ids(await client.get("/v1/predictions?" + query).json).reversed()
            }
            #expect(await list("created_after=\(times[1])") == Array(all[1...]))
            #expect(await list("created_before=\(times[1])") == [all[0]])
            #expect(await list("created_after=\(times[1])&created_before=\(times[3])") == Array(all[1..<3]))
            #expect(await list("created_after=\(times[3])&created_before=\(times[1])") == [])
            #expect(await list("source=web") == [])
        }
    }

    @Test(arguments: [
        "/v1/predictions?cursor=none", "/v1/predictions?cursor=cm93", "/v1/models?cursor=%20",
        "/v1/predictions?created_after=yesterday", "/v1/predictions?created_before=2026-13-01T00:00:00Z",
        "/v1/predictions?source=api", "/v1/models?sort_by=name", "/v1/models?sort_direction=up",
        "/v1/files?cursor=none",
        "/v1/search", "/v1/search?query=", "/v1/search?query=a&limit=0", "/v1/search?query=a&limit=51",
        "/v1/search?query=a&limit=many",
    ])
    func `a query that means nothing is a bad request`(path: String) async throws {
        try await withRawSandbox { client, _ in
            let answer = await client.get(path)
            #expect(answer.status == 400)
            #expect(answer.json?["detail"]?.stringValue?.isEmpty == false)
        }
    }

    @Test(arguments: ["model_created_at", "latest_version_created_at"])
    func `models come in pages of ten in both orders, and every one once`(key: String) async throws {
        try await withRawSandbox { client, _ in
            func all(_ direction: String) async throws -> [String] {
                var found: [String] = []
                var path: String? = "/v1/models?sort_by=\(key)&sort_direction=\(direction)"
                while let current = path {
                    let page = try #require(await client.get(current).json)
                    let rows = page["results"]?.arrayValue ?? []
                    #expect(rows.count <= 10)
                    found += rows.map { "\($0["owner"]?.stringValue ?? "")/\($0["name"]?.stringValue ?? "")" }
                    path = page["next"] == .null ? nil : page["next"]?.path
                }
                return found
            }
            let rising = try await all("asc")
            #expect(rising.count == Catalogue.standard.models.count)
            #expect(Set(rising).count == rising.count)
            #expect(try await all("desc") == rising.reversed())
        }
    }

    @Test func `a search finds names and summaries, the best first, and no more than asked for`() async throws {
        try await withRawSandbox { client, _ in
            let found = try #require(await client.get("/v1/search?query=flux+schnell").json)
            #expect(found.at("models.0.model.name") == "flux-schnell")
            #expect(found["query"] != nil)
            let scores = found["models"]?.arrayValue?.compactMap { $0.at("metadata.score")?.numberValue } ?? []
            #expect(scores == scores.sorted(by: >))
            let one = try #require(await client.get("/v1/search?query=a&limit=1").json)
            #expect(one["models"]?.arrayValue?.count == 1)
            let none = try #require(await client.get("/v1/search?query=zzzzzzzz").json)
            #expect(none["models"] == [])
        }
    }
}
