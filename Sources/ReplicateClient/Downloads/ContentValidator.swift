/// What a host calls one content of an address, so that a part of it is never joined to another content's.
struct ContentValidator: Equatable {
    /// As it is to be sent in `If-Range`.
    let value: String
    private let header: String

    /// nil where the host gives no name that two different contents cannot share: a weak entity tag, or a date of change
    /// that is not older than the answer (RFC 9110, 8.8.2.2).
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

    /// Whether an answer says that it holds the same content.
    func vouches(for headers: [String: String]) -> Bool { headers[header] == value }
}
