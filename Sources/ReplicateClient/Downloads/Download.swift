import Foundation
import ReplicateAPI

/// A file as it was fetched.
package struct Download: Hashable, Sendable {
    package let bytes: Int64
    /// Without parameters, in lower case; nil when the server named none.
    package let contentType: String?
    /// Hexadecimal.
    package let sha256: String
}

/// Why a file could not be fetched.
package enum DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// 403, 404 or 410: the link has expired, does not lead anywhere yet, or never did.
    case gone(status: Int)
    /// The host answered with something else than the file.
    case refused(status: Int)
    /// Connection, stall, or fewer bytes than promised: trying again can help.
    case broken(reason: String)
    /// The disk is full, or the folder cannot be written.
    case notWritable(reason: String)
    /// The host sent a file without a single byte.
    case empty
    /// The host sent a page of HTML where a file of another type was promised.
    case page
    case notAFile(reason: String)
    /// A file that stood in an answer has been swept away: the answer is to be asked for again.
    case notHere
    case canceled

    /// Whether trying again can help.
    package enum Prospect: Sendable {
        /// For as long as the file exists, be it that a person makes room on the disk.
        case good
        /// In the first minutes only: storage may not know yet what was just put there.
        case early
        case none
    }

    package var prospect: Prospect {
        switch self {
        case .broken, .notWritable, .notHere: .good
        case .refused(let status): status == 408 || status == 429 || status >= 500 ? .good : .early
        case .gone(let status): status == 410 ? .none : .early
        case .empty, .page: .early
        case .notAFile, .canceled: .none
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
        case .notHere: "it stood in the API's answer, which has to be asked for again"
        case .canceled: "canceled"
        }
    }

    /// As ``description``, for a failure after which it is tried again.
    package var descriptionForNow: String {
        if case .gone(let status) = self { "the storage does not have it yet (\(status))" } else { description }
    }
}

extension APIClient {
    /// Fetches `url` into `file` and makes it durable.
    ///
    /// `data:` URIs are decoded. Redirects are followed up to five times; the token goes along only where the URL is
    /// the API's own. What comes packed is unpacked. After ``DownloadError/broken(reason:)`` and refusals that may pass,
    /// what has arrived is kept: called again with the same file, this asks for the rest, where the host gives parts and
    /// says that the content is still the same. After any other error nothing is left on the disk.
    package func download(_ url: String, into file: PartialDownload) async throws(DownloadError) -> Download {
        if let reference = InlineReference(url) {
            guard let files = configuration.inlineFiles else { throw .notHere }
            return try files.copy(reference, into: file)
        }
        if url.prefix(5).lowercased() == "data:" { return try DataURI.decode(url, into: file) }
        var target = url
        for _ in 0...5 {
            var request = HTTPRequest(method: "GET", url: target, headers: file.resumingHeaders, timeout: nil)
            identify(&request)
            let response: HTTPResponse
            do {
                response = try await transport.download(request) { try file.take($0) }
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
                if refusal.prospect != .good { file.discard() }
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
            // Read first: a full disk is no fault of the host's.
            let failure = file.failure ?? .broken(reason: "the host sent another part than was asked for")
            file.discard()
            return failure
        }
    }
}
