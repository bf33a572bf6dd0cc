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
    /// 403, 404 or 410: the link has expired, or never led anywhere.
    case gone(status: Int)
    /// The host answered with something else than the file.
    case refused(status: Int)
    /// Connection, stall, or fewer bytes than promised: trying again can help.
    case broken(reason: String)
    /// The disk is full, or the folder cannot be written.
    case notWritable(reason: String)
    case notAFile(reason: String)
    case canceled

    /// Whether trying again can help, be it that a person makes room on the disk.
    package var isTransient: Bool {
        switch self {
        case .broken, .notWritable: true
        case .refused(let status): status == 408 || status == 429 || status >= 500
        case .gone, .notAFile, .canceled: false
        }
    }

    package var description: String {
        switch self {
        case .gone(let status): "the link has expired (\(status))"
        case .refused(let status): "the host answered with \(status)"
        case .broken(let reason): "the download broke: \(reason)"
        case .notWritable(let reason): "it cannot be written: \(reason)"
        case .notAFile(let reason): reason
        case .canceled: "canceled"
        }
    }
}

extension APIClient {
    /// Fetches `url` into the file at `path`, which must not exist, and makes it durable.
    ///
    /// `data:` URIs are decoded. Redirects are followed up to five times; the token goes along only where the URL is
    /// the API's own. On an error the file may exist with part of the content: the caller removes it.
    package func download(_ url: String, toFileAt path: String) async throws(DownloadError) -> Download {
        if url.hasPrefix("data:") { return try DataURI.decode(url, toFileAt: path) }
        var target = url
        for _ in 0...5 {
            var request = HTTPRequest(method: "GET", url: target, timeout: nil)
            identify(&request)
            let file: FileSink
            do { file = try FileSink(path: path) } catch { throw error }
            let response: HTTPResponse
            do {
                response = try await transport.download(request) { try file.take($0) }
            } catch {
                file.discard()
                if let failure = file.failure { throw failure }
                switch error {
                case .canceled: throw .canceled
                case .notSent(let reason), .interrupted(let reason): throw .broken(reason: reason)
                case .tooLong, .refusedBySink: throw .broken(reason: "the answer could not be taken")
                }
            }
            if let location = Redirect.target(of: response, from: target) {
                file.discard()
                target = location
                continue
            }
            guard response.status == 200 else {
                file.discard()
                switch response.status {
                case 403, 404, 410: throw .gone(status: response.status)
                default: throw .refused(status: response.status)
                }
            }
            return try file.finish(headers: response.headers)
        }
        throw .broken(reason: "too many redirects")
    }
}
