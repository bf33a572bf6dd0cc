import Foundation
import HTTPTypes
import Hummingbird

extension Routes {
    private static let pageSize = 10

    func addModels(to api: RouterGroup<SandboxContext>) {
        api.get("models") { request, _ in try models(request) }
        if let query = HTTPRequest.Method("QUERY") {
            api.on("models", method: query) { request, _ in
                let words = String(buffer: try await request.body.collect(upTo: 65_536))
                return Response.json(
                    Page(next: nil, previous: nil, results: world.catalogue.search(words).map(document)).document
                )
            }
        }
        let model = api.group("models/{owner}/{name}")
        model.get("") { _, context in Response.json(document(try find(context))) }
        model.get("readme") { _, context in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: try find(context).readme))
            )
        }
        model.get("examples") { _, context in
            let found = try find(context)
            let results = found.example.isEmpty ? [] : [found.exampleDocument(origin: world.origin)]
            return Response.json(Page(next: nil, previous: nil, results: results).document)
        }
        model.get("versions") { _, context in
            let found = try find(context)
            // Official models keep their versions to themselves.
            let versions = found.isOfficial ? [] : found.versions
            return Response.json(Page(next: nil, previous: nil, results: versions.map(found.document)).document)
        }
        model.get("versions/{version}") { _, context in
            let (found, id) = (try find(context), try context.parameters.require("version"))
            guard let version = found.versions.first(where: { $0.id == id }) else { throw SandboxProblem.notFound }
            return Response.json(found.document(of: version))
        }
        addCollections(to: api)
        api.get("hardware") { _, _ in
            Response.json(.array(Catalogue.hardware.map { ["name": .string($0.name), "sku": .string($0.sku)] }))
        }
        api.get("search") { request, _ in try search(request) }
    }

    private func addCollections(to api: RouterGroup<SandboxContext>) {
        api.get("collections") { _, _ in
            Response.json(Page(next: nil, previous: nil, results: world.catalogue.collections.map(\.row)).document)
        }
        api.get("collections/{slug}") { _, context in
            let slug = try context.parameters.require("slug")
            guard let found = world.catalogue.collections.first(where: { $0.slug == slug }),
                var row = found.row.objectValue
            else { throw SandboxProblem.notFound }
            row["full_description"] = .string("# \(found.name)\n\n\(found.summary)\n")
            row["models"] = .array(world.catalogue.models(in: found).map(document))
            return Response.json(.object(row))
        }
    }

    private func models(_ request: Request) throws(SandboxProblem) -> Response {
        let (by, direction) = (query("sort_by", request), query("sort_direction", request))
        guard [nil, "model_created_at", "latest_version_created_at"].contains(by),
            [nil, "asc", "desc"].contains(direction)
        else { throw .detail(.badRequest, "Invalid sort_by or sort_direction") }
        let date = { (model: CatalogueModel) in
            by == "model_created_at" ? model.createdAt : model.latest.createdAt
        }
        let sorted = world.catalogue.models.sorted { a, b in
            let (first, second) = direction == "asc" ? (a, b) : (b, a)
            return (date(first), first.slug) < (date(second), second.slug)
        }
        let page = try Page(
            of: sorted,
            cursor: query("cursor", request),
            size: Self.pageSize,
            link: { url("/v1/models", [("cursor", $0), ("sort_by", by), ("sort_direction", direction)]) },
            document: document
        )
        return Response.json(page.document)
    }

    private func search(_ request: Request) throws(SandboxProblem) -> Response {
        guard let words = query("query", request), !words.isEmpty else {
            throw .detail(.badRequest, "Query parameter \"query\" is required")
        }
        let limit = query("limit", request).map { Int($0) ?? 0 } ?? 20
        guard (1...50).contains(limit) else { throw .detail(.badRequest, "limit must be from 1 to 50") }
        let found = world.catalogue.search(words.replacing("+", with: " ")).prefix(limit)
        let rows = found.enumerated().map { rank, model -> JSON in
            let metadata: JSON = [
                "generated_description": .string(model.summary + "."), "tags": .array(model.tags.map(JSON.string)),
                "score": .number(2 / Double(rank + 2)),
            ]
            return ["model": document(model), "metadata": metadata]
        }
        let collections = world.catalogue.collections.filter { $0.name.lowercased().contains(words.lowercased()) }
        return Response.json([
            "query": .string(words), "models": .array(rows), "collections": .array(collections.map(\.row)),
            "pages": [],
        ])
    }

    private func find(_ context: SandboxContext) throws -> CatalogueModel {
        let (owner, name) = (try context.parameters.require("owner"), try context.parameters.require("name"))
        guard let model = world.catalogue.model(owner: owner, name: name) else { throw SandboxProblem.notFound }
        return model
    }

    private func document(_ model: CatalogueModel) -> JSON { model.document(origin: world.origin) }
}

extension Catalogue.Collection {
    fileprivate var row: JSON {
        ["name": .string(name), "slug": .string(slug), "description": .string(summary), "full_description": nil]
    }
}
