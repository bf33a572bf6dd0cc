package import Foundation
package import ReplicateAPI

extension APIClient {
    /// Creates a prediction: one POST, never repeated here. What `isDefiniteRefusal` does not call certain is unclear.
    ///
    /// - Parameters:
    ///   - version: `owner/name` for official models, `owner/name:version` for all others.
    ///   - wait: asks the server to answer with the end if it comes within this time, 1 to 60 s; nil: to answer at once.
    ///   - cancelAfter: counted from creation, at least 5 s; nil: no deadline.
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
            repeating: .never
        )
        return try prediction(json, "POST /predictions")
    }

    /// - Parameter isPatient: tries again by itself; false for who asks again anyway, and knows when.
    package func prediction(_ id: Prediction.ID, isPatient: Bool = true) async throws(APIError) -> Prediction {
        let path = "/predictions/\(Self.component(id.rawValue))"
        // As long as it moves: the answer may hold a film.
        let json = try await json("GET", path, timeout: .seconds(600), repeating: isPatient ? .safely : .once)
        return try prediction(json, "GET /predictions/…")
    }

    /// The account's predictions, newest first, 100 a page; rows may lack logs.
    package func predictions(
        createdAfter: Date? = nil,
        createdBefore: Date? = nil
    ) async throws(APIError) -> Page<Prediction> {
        let path = Self.list(createdAfter, createdBefore)
        return try page(try await json("GET", path), "GET /predictions", Prediction.init(json:))
    }

    /// The same, each row read only as far as polling needs. One try: who polls asks again anyway, and knows when.
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
        return try await ask(request, name: "GET /predictions", repeating: .once, PredictionRow.page)
    }

    private static func list(_ createdAfter: Date?, _ createdBefore: Date?) -> String {
        var query: [String] = []
        if let createdAfter { query.append("created_after=\(component(Timestamp.format(createdAfter)))") }
        if let createdBefore { query.append("created_before=\(component(Timestamp.format(createdBefore)))") }
        return "/predictions" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// The page after `page`; nil at the end.
    package func predictions(after page: Page<Prediction>) async throws(APIError) -> Page<Prediction>? {
        guard let next = page.next else { return nil }
        let json = try await json("GET /predictions", "GET", url: upgraded(next))
        return try self.page(json, "GET /predictions", Prediction.init(json:))
    }

    /// Asks for the end of a prediction. Safe to repeat; the answer tells where it stands, not that it has ended.
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

    /// Links of the API's own host are sometimes written with http.
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
