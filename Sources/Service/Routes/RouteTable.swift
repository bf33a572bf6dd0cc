import HTTPTypes

/// The paths of the service with their methods. `{…}` stands for any one part of a path.
enum RouteTable {
    static let routes: [(path: String, method: HTTPRequest.Method)] = [
        ("/", .get), ("/health", .get), ("/metrics", .get), ("/openapi.json", .get), ("/api/jobs/{id}", .get),
        ("/api/generate/image", .post), ("/api/generate/video", .post), ("/api/generate/video/async", .post),
        ("/api/generate/poll", .post), ("/api/generate/estimate-cost", .post),
    ]

    /// The methods that a path takes, for an answer to a request with another one; empty when the path does not exist.
    static func methods(at path: String) -> [HTTPRequest.Method] {
        let parts = path.split(separator: "/")
        return routes.compactMap { route, method in
            let pattern = route.split(separator: "/")
            let fits = pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            return fits ? method : nil
        }
    }
}
