package import Foundation
package import ReplicateAPI

extension APIClient {
    /// Creates a prediction: one POST, which is never repeated here or by the transport.
    ///
    /// After an error for which `isDefiniteRefusal` is false, the server may have created the prediction. Cancelling
    /// the task has the same effect.
    ///
    /// - Parameters:
    ///   - version: `owner/name` for official models, `owner/name:version` for all others.
    ///   - input: sent as it is.
    ///   - wait: the server answers with the finished prediction if it ends within this time, 1 to 60 s. Nil: the
    ///     server answers at once.
    ///   - cancelAfter: the server cancels the run this long after its creation, at least 5 s. Nil: no deadline.
    package func createPrediction(
        version: String,
        input: JSONObject,
        wait: Duration? = nil,
        cancelAfter: Duration? = nil
    ) async throws(APIError) -> Prediction {
        var headers: [(name: String, value: String)] = []
        if let wait { headers.append(("Prefer", "wait=\(min(max(wait.components.seconds, 1), 60))")) }
        if let cancelAfter { headers.append(("Cancel-After", "\(max(5, cancelAfter.components.seconds))s")) }
        let body = JSONValue.object(["version": .string(version), "input": .object(input)])
        let json = try await json(
            "POST",
            "/predictions",
            body: .bytes(body.serialized(), contentType: "application/json"),
            headers: headers,
            retry: .never
        )
        return try prediction(json, "POST /predictions")
    }

    /// `GET /predictions/{id}`: the whole prediction.
    ///
    /// - Parameter retrying: repeats the request after a passing failure. False for callers that have their own
    ///   schedule for it.
    package func prediction(_ id: Prediction.ID, retrying: Bool = true) async throws(APIError) -> Prediction {
        let path = "/predictions/\(Self.component(id.rawValue))"
        // A long limit, because the answer may contain a video.
        let json = try await json("GET", path, timeout: .seconds(600), retry: retrying ? .automatic : .byCaller)
        return try prediction(json, "GET /predictions/…")
    }

    /// The first page of the account's predictions, newest first, 100 on a page. Rows may lack logs. The limits are
    /// times of creation by the server's clock; nil: no limit.
    package func predictions(
        createdAfter: Date? = nil,
        createdBefore: Date? = nil
    ) async throws(APIError) -> Page<Prediction> {
        let path = Self.list(createdAfter, createdBefore)
        return try page(try await json("GET", path), "GET /predictions", Prediction.init(json:))
    }

    /// The same as ``predictions(createdAfter:createdBefore:)``, but each row is read only as far as polling needs. The
    /// request is not repeated: the caller has its own schedule.
    package func predictionRows(
        createdAfter: Date?,
        createdBefore: Date?
    ) async throws(APIError) -> Page<PredictionRow> {
        try await rows(at: configuration.baseURL.absoluteString + Self.list(createdAfter, createdBefore))
    }

    /// The page after `page`; nil at the end.
    package func predictionRows(
        after page: Page<PredictionRow>
    ) async throws(APIError) -> Page<PredictionRow>? {
        guard let next = page.next else { return nil }
        return try await rows(at: upgraded(next))
    }

    private func rows(at url: String) async throws(APIError) -> Page<PredictionRow> {
        let request = HTTPRequest(method: "GET", url: url, timeout: configuration.answerTimeout)
        return try await ask(request, name: "GET /predictions", retry: .byCaller, PredictionRow.page)
    }

    private static func list(_ createdAfter: Date?, _ createdBefore: Date?) -> String {
        var query: [String] = []
        if let createdAfter { query.append("created_after=\(component(Timestamp.format(createdAfter)))") }
        if let createdBefore { query.append("created_before=\(component(Timestamp.format(createdBefore)))") }
        return "/predictions" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// The page after `page`; nil when `page` is the last one. Throws `foreignURL` when its link leads to another host.
    package func predictions(after page: Page<Prediction>) async throws(APIError) -> Page<Prediction>? {
        guard let next = page.next else { return nil }
        let json = try await json("GET /predictions", "GET", url: upgraded(next))
        return try self.page(json, "GET /predictions", Prediction.init(json:))
    }

    /// Requests that a prediction is cancelled. It is safe to repeat. The answer has the present status, which may
    /// still be a running one.
    package func cancel(_ id: Prediction.ID) async throws(APIError) -> Prediction {
        let path = "/predictions/\(Self.component(id.rawValue))/cancel"
        return try prediction(try await json("POST", path), "POST /predictions/…/cancel")
    }

    // MARK: Reading answers

    private func prediction(_ json: JSONValue, _ request: String) throws(APIError) -> Prediction {
        guard let prediction = Prediction(json: json) else {
            throw APIError(.invalidResponse, "The API's answer is not a prediction", request: request)
        }
        return prediction
    }

    func page<Element>(
        _ json: JSONValue,
        _ request: String,
        _ element: (JSONValue) -> Element?
    ) throws(APIError) -> Page<Element> {
        guard let page = Page(json: json, element: element) else {
            throw APIError(.invalidResponse, "The API's answer is not a list", request: request)
        }
        return page
    }

    /// The API sometimes writes its own links with `http`.
    func upgraded(_ link: String) -> String {
        guard configuration.baseURL.scheme == "https", link.hasPrefix("http://") else { return link }
        return "https://" + link.dropFirst("http://".count)
    }

    static func component(_ text: String) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}
