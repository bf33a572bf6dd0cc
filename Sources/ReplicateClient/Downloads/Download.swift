import Foundation
import ReplicateAPI

/// What is known of a file that was downloaded completely.
package struct Download: Hashable, Sendable {
    /// Its length; greater than 0.
    package let bytes: Int64
    /// The media type without parameters, in lower case; nil when the server sent none.
    package let contentType: String?
    /// Hexadecimal SHA-256 of the content.
    package let sha256: String
}

/// Why a file could not be downloaded.
package enum DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// 403, 404 or 410: the link has expired, is not valid yet, or was never valid.
    case gone(status: Int)
    /// The host answered with another status than success, not with the file.
    case refused(status: Int)
    /// The connection broke or stalled, or fewer bytes arrived than the host promised. Another try can help.
    case broken(reason: String)
    /// The disk is full, or the folder cannot be written.
    case notWritable(reason: String)
    /// The host sent a file without a single byte.
    case empty
    /// The host sent a page of HTML where a file of another type was expected.
    case page
    case notAFile(reason: String)
    /// A file that stood in an answer as a `data:` URI is no longer stored. Request the prediction again to get it.
    case inlineFileMissing
    case canceled

    /// Whether another try can help.
    package enum Retryability: Sendable {
        /// Yes, as long as the file exists, for example after the user has freed disk space.
        case always
        /// Only in the first minutes: the storage may not yet serve a file that was just written.
        case initially
        /// No.
        case never
    }

    /// Whether another try can help after this error.
    package var retryability: Retryability {
        switch self {
        case .broken, .notWritable, .inlineFileMissing: .always
        case .refused(let status): status == 408 || status == 429 || status >= 500 ? .always : .initially
        case .gone(let status): status == 410 ? .never : .initially
        case .empty, .page: .initially
        case .notAFile, .canceled: .never
        }
    }

    package var description: String {
        switch self {
        case .gone(let status): "the link has expired (\(status))"
        case .refused(let status): "the host answered with \(status)"
        case .broken(let reason): "the download broke: \(reason)"
        case .notWritable(let reason): "it cannot be written: \(reason)"
        case .empty: "the host sent an empty file"
        case .page: "the host sent a page instead of the file"
        case .notAFile(let reason): reason
        case .inlineFileMissing: "it stood in the API's answer, which has to be asked for again"
        case .canceled: "canceled"
        }
    }

    /// The same as ``description``, but worded for a failure after which the download is tried again.
    package var descriptionForNow: String {
        if case .gone(let status) = self { "the storage does not have it yet (\(status))" } else { description }
    }
}
