import Foundation
import ReplicateAPI

enum Redirect {
    /// The target of a redirect; nil when the answer is no redirect. Only `http` and `https` are followed.
    static func target(of response: HTTPResponse, from url: String) -> String? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"],
            let base = URL(string: url), let target = URL(string: location, relativeTo: base)?.absoluteURL,
            ["http", "https"].contains(target.scheme?.lowercased())
        else { return nil }
        return target.absoluteString
    }
}
