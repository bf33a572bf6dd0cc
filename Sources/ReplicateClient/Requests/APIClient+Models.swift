import Foundation
package import ReplicateAPI

extension APIClient {
    /// `GET /models/{owner}/{name}`: the model, without regard to the version of `reference`. Throws `notFound` with a
    /// sentence that names the model.
    package func model(_ reference: ModelReference) async throws(APIError) -> Model {
        let json: JSONValue
        do {
            json = try await self.json("GET", "/models/\(reference.path)")
        } catch {
            guard error.code == .notFound else { throw error }
            throw APIError(
                .notFound,
                "There is no model \(reference.path)",
                request: error.request,
                status: error.status
            )
        }
        guard let model = Model(json: json) else {
            throw APIError(.invalidResponse, "The API's answer is not a model", request: "GET /models/…")
        }
        return model
    }

    /// `GET /models/{owner}/{name}/readme`: what the owner has written of the model, as Markdown. Throws `notFound` where
    /// there is nothing.
    package func readme(of reference: ModelReference) async throws(APIError) -> String {
        let url = configuration.baseURL.absoluteString + "/models/\(reference.path)/readme"
        var request = HTTPRequest(method: "GET", url: url)
        request.timeout = configuration.answerTimeout
        return try await ask(request, name: "GET /models/…/readme", retry: .byCaller) { data in
            String(decoding: data, as: UTF8.self)
        }
    }

    /// `GET /models`: the first page of public models, those with the newest versions first.
    package func models() async throws(APIError) -> Page<Model> {
        try page(try await json("GET", "/models"), "GET /models", Model.init(json:))
    }

    /// Searches models. The API's method for it is `QUERY`, which some proxies refuse (400, 405, 501); then `GET
    /// /search` is used. The first page only.
    package func models(matching words: String) async throws(APIError) -> [Model] {
        do {
            let body = HTTPRequest.Body.bytes(Data(words.utf8), contentType: "text/plain")
            return try page(try await json("QUERY", "/models", body: body), "QUERY /models", Model.init(json:)).results
        } catch  where [400, 405, 501].contains(error.status) {
            let found = try await json("GET", "/search?query=\(Self.component(words))")
            return (found["models"]?.array ?? []).compactMap { $0["model"].flatMap(Model.init(json:)) }
        }
    }

    /// The version that `reference` names, with its schema. Throws `notFound` when the model has no such version.
    /// `reference` must have a version.
    package func version(of reference: ModelReference) async throws(APIError) -> ModelVersion {
        let id = reference.version ?? ""
        let json: JSONValue
        do {
            json = try await self.json("GET", "/models/\(reference.path)/versions/\(id)")
        } catch {
            guard error.code == .notFound else { throw error }
            throw APIError(
                .notFound,
                "\(reference.path) has no version \(id.prefix(12))…",
                request: error.request,
                status: error.status
            )
        }
        guard let version = ModelVersion(json: json), version.id == id else {
            throw APIError(
                .invalidResponse,
                "The API's answer is not that version",
                request: "GET /models/…/versions/…"
            )
        }
        return version
    }

    /// The first page of versions, newest first. The list of an official model may be empty.
    package func versions(of reference: ModelReference) async throws(APIError) -> Page<ModelVersion> {
        try page(
            try await json("GET", "/models/\(reference.path)/versions"),
            "GET /models/…/versions",
            ModelVersion.init(json:)
        )
    }

    /// The first page of public runs that the model's owner shows. Their metrics tell how long a run takes.
    package func examples(of reference: ModelReference) async throws(APIError) -> Page<Prediction> {
        try page(
            try await json("GET", "/models/\(reference.path)/examples"),
            "GET /models/…/examples",
            Prediction.init(json:)
        )
    }

    /// `GET /account`: the account that the token belongs to.
    package func account() async throws(APIError) -> Account {
        guard let account = Account(json: try await json("GET", "/account")) else {
            throw APIError(.invalidResponse, "The API's answer is not an account", request: "GET /account")
        }
        return account
    }

    /// Sends one request, so that ``clock`` learns the server's time. A failure is ignored.
    package func synchronizeClock() async { _ = try? await json("GET", "/account", retry: .byCaller) }
}
