/// One way in which the sandbox can misbehave on purpose. The raw value is its name in settings.
package enum SandboxFault: String, CaseIterable, Sendable, Hashable {
    case refuse
    case dropCreate = "drop-create"
    case stall
    case drip
    case reset
    case endless
    case timeout = "408"
    case rateLimit = "429"
    case rateLimitDate = "429-date"
    case rateLimitBare = "429-bare"
    case serverError = "500"
    case badGateway = "502"
    case unavailable = "503"
    case html
    case truncatedJSON = "truncated-json"
    case invalidUTF8 = "invalid-utf8"
    case absurd
    case unknownStatus = "unknown-status"
    case aborted
    case failed
    case expired
    case forbidden = "403"
    case emptyFile = "empty-file"
    case packed = "gzip"
    case page
    case notJSON = "nan"
    case hostile
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
        case .reset: "resets the connection at any byte of the answer"
        case .endless: "answers with a body that never ends"
        case .timeout: "answers 408"
        case .rateLimit: "answers 429 with the seconds to wait, in the body and as a header"
        case .rateLimitDate: "answers 429 with the date to wait for, as a header only"
        case .rateLimitBare: "answers 429 without a time to wait"
        case .serverError: "answers 500 with a JSON body"
        case .badGateway: "answers 502 with an HTML page"
        case .unavailable: "answers 503 with the seconds to wait, as a header only"
        case .html: "answers 200 with an HTML page"
        case .truncatedJSON: "answers with the first half of the JSON"
        case .invalidUTF8: "answers with JSON that holds broken UTF-8"
        case .absurd: "answers with dates and numbers that cannot be"
        case .unknownStatus: "a prediction passes through a status nobody has heard of"
        case .aborted: "a prediction is aborted in the queue"
        case .failed: "a prediction fails half-way"
        case .expired: "output files are gone (404)"
        case .forbidden: "output files are refused (403)"
        case .emptyFile: "an output file has no bytes"
        case .packed: "an output file comes packed with gzip, which nobody asked for"
        case .page: "a page of HTML comes instead of an output file, with the file's type"
        case .notJSON: "answers hold NaN and Infinity, as Python writes them"
        case .hostile: "texts in answers hold control sequences, and turn around what follows them"
        case .truncatedDownload: "an output file ends half-way"
        case .revoked: "answers 401: the token was revoked"
        case .credit: "creation answers 402: no credit left"
        }
    }

    /// The kinds of request the fault can strike when no narrower scope is asked for.
    var reach: Set<RequestKind> {
        switch self {
        case .dropCreate, .credit, .unknownStatus, .aborted, .failed: [.create]
        case .expired, .truncatedDownload, .forbidden, .emptyFile, .packed, .page: [.delivery]
        case .refuse, .stall, .drip, .reset: Set(RequestKind.allCases)
        case .absurd, .notJSON: [.create, .poll, .list, .cancel]
        case .timeout, .rateLimit, .rateLimitDate, .rateLimitBare, .serverError, .badGateway, .unavailable, .endless,
            .html, .hostile,
            .truncatedJSON, .invalidUTF8, .revoked:
            Set(RequestKind.allCases).subtracting([.delivery, .stream])
        }
    }
}
