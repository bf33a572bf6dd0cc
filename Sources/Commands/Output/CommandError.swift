import Foundation
import History
import ReplicateAPI

/// Why a command ends early: a status and one sentence with the next step.
struct CommandError: Error, CustomStringConvertible, LocalizedError {
    let status: ExitStatus
    let description: String

    init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }

    var errorDescription: String? { description }

    init(_ error: APIError) {
        let status: ExitStatus =
            switch error.code {
            case .noToken, .unauthenticated: .noToken
            case .unreachable, .nameNotFound, .certificate, .connectTimedOut, .proxyRefused, .interrupted, .timedOut,
                .serverError, .invalidResponse:
                .unreachable
            case .invalidInput, .tooLarge: .usage
            case .insufficientCredit, .forbidden, .notFound, .versionNotPermitted, .rateLimited, .refused,
                .unexpectedStatus, .foreignURL, .canceled:
                .failed
            }
        self.init(status, error.explanation)
    }

    /// What was asked about something by name that does not exist: the caller's mistake, with where to look.
    init(_ error: APIError, missing sentence: String) {
        if error.code == .notFound { self.init(.usage, sentence) } else { self.init(error) }
    }

    init(_ error: HistoryError) { self.init(.failed, error.description) }
}
