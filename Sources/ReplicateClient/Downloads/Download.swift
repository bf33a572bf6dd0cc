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

extension APIClient {
    /// Downloads `url` into `file` and flushes it to the disk.
    ///
    /// `data:` URIs are decoded. Up to five redirects are followed; the token is sent only where the URL is the API's
    /// own. Compressed content is decompressed.
    ///
    /// After ``DownloadError/broken(reason:)``, and after statuses that may pass, the bytes that have arrived are kept.
    /// A call with the same `file` then requests only the rest, provided that the host supports ranges and its
    /// validator says that the content is unchanged. After any other error nothing is left on the disk. Cancelling the
    /// task throws `canceled`.
    package func download(_ url: String, into file: PartialDownload) async throws(DownloadError) -> Download {
        if let reference = InlineReference(url) {
            guard let files = configuration.inlineFiles else { throw .inlineFileMissing }
            return try files.copy(reference, into: file)
        }
        if url.prefix(5).lowercased() == "data:" { return try DataURI.decode(url, into: file) }
        var target = url
        for _ in 0...5 {
            var request = HTTPRequest(method: "GET", url: target, headers: file.resumingHeaders, timeout: nil)
            identify(&request)
            let response: HTTPResponse
            do {
                response = try await transport.download(request) { try file.receive($0) }
            } catch {
                throw kept(file, after: error)
            }
            if let location = Redirect.target(of: response, from: target) {
                target = location
                continue
            }
            switch response.status {
            case 200, 206:
                do { return try file.finish() } catch {
                    if error == .empty { file.discard() }
                    if case .notWritable = error { file.discard() }
                    throw error
                }
            case 403, 404, 410:
                file.discard()
                throw .gone(status: response.status)
            case 416:
                file.discard()
                throw .broken(reason: "the host no longer has the rest of it")
            default:
                let refusal = DownloadError.refused(status: response.status)
                if refusal.retryability != .always { file.discard() }
                throw refusal
            }
        }
        file.discard()
        throw .broken(reason: "too many redirects")
    }

    private func kept(_ file: PartialDownload, after error: TransportError) -> DownloadError {
        switch error {
        case .notSent(let reason, _), .interrupted(let reason, _): return .broken(reason: reason)
        case .canceled:
            file.discard()
            return .canceled
        case .tooLong, .refusedBySink:
            // Read before `discard()`: a full disk is not the host's fault.
            let failure = file.failure ?? .broken(reason: "the host sent another part than was asked for")
            file.discard()
            return failure
        }
    }
}
