import Foundation
import HTTPTypes
import Hummingbird

extension Routes {
    func addPredictions(to api: RouterGroup<SandboxContext>) {
        api.post("predictions") { request, context in
            let body = try await body(request)
            guard let version = body["version"]?.stringValue else {
                throw SandboxProblem.invalid([
                    InvalidField(type: "required", field: "", description: "version is required")
                ])
            }
            return try await create(target(version), body, request, context)
        }
        api.post("models/{owner}/{name}/predictions") { request, context in
            let (owner, name) = (try context.parameters.require("owner"), try context.parameters.require("name"))
            guard let model = world.catalogue.model(owner: owner, name: name), model.isOfficial else {
                throw SandboxProblem.notFound
            }
            return try await create((model, "hidden"), body(request), request, context)
        }
        api.get("predictions") { request, _ in try list(request) }
        api.get("predictions/{id}") { _, context in Response.json(try document(context.parameters.require("id"))) }
        api.post("predictions/{id}/cancel") { _, context in
            let id = try context.parameters.require("id")
            world.runner.cancel(id)
            return Response.json(try document(id))
        }
    }

    private func document(_ id: String) throws(SandboxProblem) -> JSON {
        if let record = world.predictions[id] { return render(record, .single) }
        if let model = world.catalogue.models.first(where: { $0.exampleID == id }) {
            return model.exampleDocument(origin: world.origin)
        }
        throw .notFound
    }

    private func render(_ record: PredictionRecord, _ rendering: PredictionRecord.Rendering) -> JSON {
        record.document(
            rendering,
            origin: world.origin,
            now: world.time.now(),
            lifetime: world.configuration.outputLifetime
        )
    }

    /// What a `version` means: 64 digits, `owner/name:64 digits`, or `owner/name` of an official model.
    private func target(_ reference: String) throws(SandboxProblem) -> (CatalogueModel, String) {
        let halves = reference.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard halves[0].contains("/") else {
            guard let model = world.catalogue.model(version: reference) else { throw .badVersion }
            return (model, model.isOfficial ? "hidden" : reference)
        }
        let parts = halves[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let model = world.catalogue.model(owner: parts[0], name: parts[1]) else {
            throw .badVersion
        }
        guard halves.count == 2 else {
            guard model.isOfficial else { throw .badVersion }
            return (model, "hidden")
        }
        guard model.versions.contains(where: { $0.id == halves[1] }) else { throw .badVersion }
        return (model, model.isOfficial ? "hidden" : halves[1])
    }

    private func create(
        _ target: (model: CatalogueModel, version: String),
        _ body: JSON,
        _ request: Request,
        _ context: SandboxContext
    ) async throws -> Response {
        let input = try checkedInput(
            of: body,
            for: target.model,
            mayNameVersion: !request.uri.path.contains("/models/")
        )
        let wait = try Preference.wait(request.headers[.prefer])
        let lifetime = try lifetime(request)
        let record = world.predictions.add(at: world.time.now) { sequence, now in
            PredictionRecord(
                id: Identifier.random(),
                sequence: sequence,
                model: target.model,
                version: target.version,
                input: input,
                createdAt: now,
                deadline: lifetime.map { now.addingTimeInterval(Double($0)) },
                webhook: body["webhook"]?.stringValue,
                webhookEvents: body["webhook_events_filter"],
                faults: context.faults
            )
        }
        world.enqueue(record.id)
        if let wait { await world.settle(record.id, within: wait, until: \.isReady) }
        let latest = world.predictions[record.id] ?? record
        var response = Response.json(
            render(latest, .single),
            status: wait == nil || latest.isReady ? .created : .accepted
        )
        response.headers[.location] = url("/v1/predictions/\(record.id)")
        return response
    }

    private func checkedInput(
        of body: JSON,
        for model: CatalogueModel,
        mayNameVersion: Bool
    ) throws(SandboxProblem) -> [String: JSON] {
        let known = ["input", "webhook", "webhook_events_filter", "stream"] + (mayNameVersion ? ["version"] : [])
        var found = (body.objectValue ?? [:]).keys.sorted().filter { !known.contains($0) }.map {
            InvalidField(
                type: "additional_property_not_allowed",
                field: "",
                description: "Additional property \($0) is not allowed"
            )
        }
        guard let input = body["input"]?.objectValue else {
            found.append(InvalidField(type: "required", field: "", description: "input is required"))
            throw .invalid(found)
        }
        found += InputValidation(fields: model.fields).complaints(about: input)
        guard found.isEmpty else { throw .invalid(found) }
        return input
    }

    /// Seconds of `Cancel-After`, if it was sent.
    private func lifetime(_ request: Request) throws(SandboxProblem) -> Int? {
        guard let text = request.headers[.cancelAfter] else { return nil }
        let title = "Invalid Cancel-After header"
        guard let seconds = DurationHeader.seconds(text) else {
            throw .titled(.unprocessableContent, title, "Cancel-After must be a duration such as 30s, 5m or 1h30m45s")
        }
        guard seconds >= 5 else {
            throw .titled(.unprocessableContent, title, "Cancel-After must be at least 5 seconds")
        }
        return seconds
    }

    private func list(_ request: Request) throws(SandboxProblem) -> Response {
        let (afterText, beforeText) = (query("created_after", request), query("created_before", request))
        let after = try date(afterText, "created_after")
        let before = try date(beforeText, "created_before")
        let source = query("source", request)
        guard source == nil || source == "web" else {
            throw .detail(.badRequest, "source can only be \"web\"")
        }
        var start: Int?
        if let cursor = query("cursor", request) {
            guard let number = Cursor.number(cursor) else { throw .badCursor }
            start = number
        }
        func link(_ sequence: Int) -> String {
            url(
                "/v1/predictions",
                [("cursor", Cursor.text(sequence)), ("created_after", afterText), ("created_before", beforeText)]
            )
        }
        let size = 100
        // Everything here was created by the API.
        let page: (rows: [PredictionRecord], more: Bool) =
            source == "web"
            ? ([], false) : world.predictions.page(before: start, from: after, until: before, limit: size)
        return Response.json(
            Page(
                next: page.more ? page.rows.last.map { link($0.sequence) } : nil,
                previous: start.map { link($0 + size) },
                results: page.rows.map { render($0, .row) }
            ).document
        )
    }

    private func date(_ text: String?, _ name: String) throws(SandboxProblem) -> Date? {
        guard let text else { return nil }
        guard let date = Date(timestamp: text) else {
            throw .detail(.badRequest, "\(name) must be an ISO 8601 date-time")
        }
        return date
    }
}
