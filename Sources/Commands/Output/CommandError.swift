import Foundation
import History
import Predictions
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
            case .notFound: .notFound
            case .insufficientCredit, .forbidden, .versionNotPermitted, .rateLimited, .refused,
                .unexpectedStatus, .foreignURL, .canceled:
                .failed
            }
        self.init(status, error.explanation)
    }

    /// For something that was asked for by its name: where to look when it does not exist. A name that leads out of its
    /// place in the address, such as `..`, was not asked for, and nothing has it.
    init(_ error: APIError, missing sentence: String) {
        if [.notFound, .foreignURL].contains(error.code) { self.init(.notFound, sentence) } else { self.init(error) }
    }

    init(_ conflict: KeyConflict) {
        self.init(.keyConflict, "\(conflict.description). Nothing was sent; --force makes a new run under the key")
    }

    init(_ obstacle: OutputObstacle) { self.init(.notWritable, "\(obstacle.description). Nothing was sent.") }

    init(_ error: HistoryError) { self.init(.notWritable, error.description) }

    /// A change of the history that has nothing to do with the server.
    static let unrecorded = CommandError(
        .notWritable,
        "The history could not be written: check the disk's space and the folder's rights"
    )

    /// An error that got through to the end of a command; nil for those of the argument parser and the system.
    init?(whatever error: any Error) {
        switch error {
        case let error as CommandError: self = error
        case let error as HistoryError: self.init(error)
        case let error as APIError: self.init(error)
        case let error as OutputObstacle: self.init(error)
        case let error as KeyConflict: self.init(error)
        default: return nil
        }
    }

    /// Nothing was sent, because it could not be written down before.
    static let unwritable = CommandError(
        .notWritable,
        "The journal could not be written, so nothing was sent: check the disk's space"
    )
}
