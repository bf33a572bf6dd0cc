package import Foundation
package import ReplicateAPI

extension APIClient {
    /// Creates a prediction: one POST, never repeated here. What `isDefiniteRefusal` does not call certain is unclear.
    ///
    /// - Parameters:
    ///   - version: `owner/name` for official models, `owner/name:version` for all others.
    ///   - cancelAfter: counted from creation, at least 5 s; nil: no deadline.
    package func createPrediction(
        version: String,
        input: JSONObject,
        cancelAfter: Duration? = nil
    ) async throws(APIError) -> Prediction {
        var headers: [(name: String, value: String)] = []
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

    package func prediction(_ id: Prediction.ID) async throws(APIError) -> Prediction {
        let path = "/predictions/\(Self.component(id.rawValue))"
        return try prediction(try await json("GET", path), "GET /predictions/…")
    }

    /// The account's predictions, newest first, 100 a page; rows may lack logs.
    package func predictions(
        createdAfter: Date? = nil,
        createdBefore: Date? = nil
    ) async throws(APIError) -> Page<Prediction> {
        var query: [String] = []
        if let createdAfter { query.append("created_after=\(Self.component(Timestamp.format(createdAfter)))") }
        if let createdBefore { query.append("created_before=\(Self.component(Timestamp.format(createdBefore)))") }
        let path = "/predictions" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        return try page(try await json("GET", path), "GET /predictions", Prediction.init(json:))
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
