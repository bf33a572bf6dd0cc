/// One way in which the sandbox can misbehave on purpose. The raw value is its name in settings.
package enum SandboxFault: String, CaseIterable, Sendable, Hashable {
    case refuse
    case dropCreate = "drop-create"
    case stall
    case drip
    case rateLimit = "429"
    case serverError = "500"
    case badGateway = "502"
    case html
    case truncatedJSON = "truncated-json"
    case invalidUTF8 = "invalid-utf8"
    case unknownStatus = "unknown-status"
    case aborted
    case failed
    case expired
    case truncatedDownload = "truncated-download"
    case revoked
    case credit

    /// One line for `--help`.
    package var summary: String {
        switch self {
        case .refuse: "closes the connection before answering; nothing was done"
        case .dropCreate: "creates the prediction, then closes the connection instead of answering"
        case .stall: "answers only after a minute"
        case .drip: "answers a few bytes at a time"
        case .rateLimit: "answers 429 with a time to wait"
        case .serverError: "answers 500 with a JSON body"
        case .badGateway: "answers 502 with an HTML page"
        case .html: "answers 200 with an HTML page"
        case .truncatedJSON: "answers with the first half of the JSON"
        case .invalidUTF8: "answers with JSON that holds broken UTF-8"
        case .unknownStatus: "a prediction passes through a status nobody has heard of"
        case .aborted: "a prediction is aborted in the queue"
        case .failed: "a prediction fails half-way"
        case .expired: "output files are gone (404)"
        case .truncatedDownload: "an output file ends half-way"
        case .revoked: "answers 401: the token was revoked"
        case .credit: "creation answers 402: no credit left"
        }
    }

    /// The kinds of request the fault can strike when no narrower scope is asked for.
    var reach: Set<RequestKind> {
        switch self {
        case .dropCreate, .credit, .unknownStatus, .aborted, .failed: [.create]
        case .expired, .truncatedDownload: [.delivery]
        case .refuse, .stall, .drip: Set(RequestKind.allCases)
        case .rateLimit, .serverError, .badGateway, .html, .truncatedJSON, .invalidUTF8, .revoked:
            Set(RequestKind.allCases).subtracting([.delivery, .stream])
        }
    }
}
