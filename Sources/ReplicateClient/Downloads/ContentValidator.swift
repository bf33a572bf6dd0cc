/// The host's identifier of the content at an address. A part of a file is joined only to a part with the same
/// identifier.
struct ContentValidator: Equatable, Codable {
    /// The value for the header `If-Range`.
    let value: String
    private let header: String

    /// Nil when the answer has no strong validator: it has a weak entity tag, or a `Last-Modified` that is not older
    /// than the answer (RFC 9110, 8.8.2.2).
    init?(_ headers: [String: String]) {
        if let tag = headers["etag"] {
            guard !tag.hasPrefix("W/") else { return nil }
            (header, value) = ("etag", tag)
        } else if let changed = headers["last-modified"], let time = HTTPDate.parse(changed),
            let answered = headers["date"].flatMap(HTTPDate.parse), time < answered
        {
            (header, value) = ("last-modified", changed)
        } else {
            return nil
        }
    }

    /// Whether an answer with these headers has the same content.
    func matches(_ headers: [String: String]) -> Bool { headers[header] == value }
}
