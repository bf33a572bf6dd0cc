/// What a sandbox has seen since it was made.
package struct SandboxStatistics: Sendable, Equatable {
    /// Also those whose creation was never answered.
    package internal(set) var predictionsCreated = 0
    /// By method and route, for instance `POST /v1/predictions` or `GET /v1/predictions/{id}`.
    package internal(set) var requests: [String: Int] = [:]
    /// Also those that were refused or got no answer.
    package internal(set) var requestsByKind: [RequestKind: Int] = [:]
    /// Requests for output files that carried an `Authorization` header.
    package internal(set) var leakedTokens = 0
    /// How often each fault struck.
    package internal(set) var faults: [SandboxFault: Int] = [:]

    /// Nothing was seen yet.
    package init() {}

    /// Requests to one route; see `requests`.
    package func count(_ route: String) -> Int { requests[route] ?? 0 }
}
