import Foundation
import ReplicateAPI

extension APIClient {
    /// Downloads `url` into `file` and flushes it to the disk.
    ///
    /// `data:` URIs are decoded. Up to five redirects are followed; the token is sent only where the URL is that of a file
    /// that the API stores. Compressed content is decompressed.
    ///
    /// After ``DownloadError/broken(reason:)``, and after statuses that may pass, the bytes that have arrived are kept.
    /// A call with the same `file` then requests only the rest, provided that the host supports ranges and its
    /// validator says that the content is unchanged. Cancelling the task throws `canceled`, and the bytes are kept as well.
    /// After any other error nothing is left on the disk.
    package func download(_ url: String, into file: PartialDownload) async throws(DownloadError) -> Download {
        if let reference = InlineReference(url) {
            guard let files = configuration.inlineFiles else { throw .inlineFileMissing }
            return try files.copy(reference, into: file)
        }
        if url.prefix(5).lowercased() == "data:" { return try DataURI.decode(url, into: file) }
        var target = url
        for _ in 0...5 {
            var request = HTTPRequest(method: "GET", url: target, headers: file.resumingHeaders, timeout: nil)
            authorization.identifyFile(&request)
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
        case .canceled: return .canceled
        case .tooLong, .refusedBySink:
            // Read before `discard()`: a full disk is not the host's fault.
            let failure = file.failure ?? .broken(reason: "the host sent another part than was asked for")
            file.discard()
            return failure
        }
    }
}
