import Foundation
import ReplicateAPI

/// Which requests carry the token: those to the API's own scheme, host and port, below its base path, and no others.
struct RequestAuthorization: Sendable {
    let configuration: ClientConfiguration

    /// Whether a URL has the API's scheme, host and port, and lies below its base path. Other paths of the same host,
    /// such as output files, are not the API. A path with `.` or `..` is not accepted.
    func isOwn(_ url: String) -> Bool {
        guard !URLPath.hasDotSegments(url) else { return false }
        // An address that was built here need not be parsed.
        if url.hasPrefix(configuration.prefix) { return true }
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), parts.user == nil
        else { return false }
        let base = configuration.baseURL
        func port(_ port: Int?, _ scheme: String) -> Int { port ?? (scheme == "https" ? 443 : 80) }
        guard let ownScheme = base.scheme?.lowercased(), let ownHost = base.host()?.lowercased() else { return false }
        return scheme == ownScheme && host == ownHost && port(parts.port, scheme) == port(base.port, ownScheme)
            && parts.path.hasPrefix(base.path().hasSuffix("/") ? base.path() : base.path() + "/")
    }

    /// Adds the token to a request of the API. Throws ``ReplicateAPI/APIError`` for any other address.
    func authorize(_ request: inout HTTPRequest, name: String) throws(APIError) {
        guard isOwn(request.url) else {
            throw APIError(.foreignURL, "A link to another host was not followed", request: name)
        }
        identify(&request)
    }

    /// Removes the token from an error: a server or a proxy may repeat the request in its answer.
    func redacted(_ error: APIError) -> APIError {
        guard let token = configuration.token else { return error }
        func clean(_ text: String) -> String { text.replacing(token.value, with: "\(token)") }
        var error = error
        error.message = clean(error.message)
        error.invalidFields = error.invalidFields.map { field in
            APIError.InvalidField(type: clean(field.type), field: clean(field.field), message: clean(field.message))
        }
        return error
    }

    /// Adds the user agent. Adds the token only if the URL is that of a stored file of the API: an output's address is written
    /// by the model's author, who must not have other parts of the API read with the token.
    func identifyFile(_ request: inout HTTPRequest) {
        let base = configuration.baseURL.path()
        let files = base.hasSuffix("/") ? base + "files/" : base + "/files/"
        if URLComponents(string: request.url)?.path.hasPrefix(files) == true {
            identify(&request)
        } else {
            request.headers.append(("User-Agent", configuration.userAgent))
        }
    }

    /// Adds the user agent. Adds the token only if the URL is the API's own.
    func identify(_ request: inout HTTPRequest) {
        request.headers.append(("User-Agent", configuration.userAgent))
        if let token = configuration.token, isOwn(request.url) {
            request.headers.append(("Authorization", "Bearer \(token.value)"))
        }
    }
}
