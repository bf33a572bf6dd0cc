import CCurl
import Foundation
import Glibc
import Synchronization

/// Writes a body to a new private file while counting and hashing it.
final class FileSink: Sendable {
    // The hash is touched by the transport's thread while bytes arrive and by the caller afterwards, never at once.
    private nonisolated(unsafe) let hash: OpaquePointer?
    private let descriptor: Int32
    private let path: String
    private let state = Mutex(State())

    private struct State {
        var bytes: Int64 = 0
        var failure: DownloadError?
        var isOpen = true
    }

    init(path: String) throws(DownloadError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .notWritable(reason: String(cString: strerror(errno))) }
        hash = ccurl_sha256_begin()
    }

    var failure: DownloadError? { state.withLock { $0.failure } }

    func take(_ event: DownloadEvent) throws {
        guard case .bytes(let data) = event else { return }
        var rest = data[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                let failure = DownloadError.notWritable(reason: String(cString: strerror(errno)))
                state.withLock { $0.failure = failure }
                throw failure
            }
            rest = rest.dropFirst(written)
        }
        data.withUnsafeBytes { ccurl_sha256_add(hash, $0.baseAddress, $0.count) }
        state.withLock { $0.bytes += Int64(data.count) }
    }

    /// Checks the length, makes the file durable and closes it.
    func finish(headers: [String: String]) throws(DownloadError) -> Download {
        let bytes = state.withLock { $0.bytes }
        // A length before decompression tells nothing; outputs are never compressed.
        if let promised = headers["content-length"].flatMap({ Int64($0) }), headers["content-encoding"] == nil,
            promised != bytes
        {
            discard()
            throw .broken(reason: "\(bytes) of \(promised) bytes arrived")
        }
        guard fsync(descriptor) == 0 else {
            let reason = String(cString: strerror(errno))
            discard()
            throw .notWritable(reason: reason)
        }
        return Download(bytes: bytes, contentType: MediaType.plain(headers["content-type"]), sha256: end())
    }

    func discard() {
        if !end().isEmpty { unlink(path) }
    }

    /// Closes once; the hash, or nothing the second time.
    private func end() -> String {
        let isFirst = state.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        guard isFirst else { return "" }
        var digest = [UInt8](repeating: 0, count: 32)
        ccurl_sha256_end(hash, &digest)
        close(descriptor)
        return digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }
}

enum DataURI {
    /// `data:image/png;base64,…` or with percent-encoded text.
    static func decode(_ uri: String, toFileAt path: String) throws(DownloadError) -> Download {
        guard let comma = uri.firstIndex(of: ",") else { throw .notAFile(reason: "the data: URI is not whole") }
        let head = uri[uri.index(uri.startIndex, offsetBy: 5)..<comma]
        let content = String(uri[uri.index(after: comma)...])
        let isBase64 = head.hasSuffix(";base64")
        let decoded =
            isBase64
            ? Data(base64Encoded: content, options: .ignoreUnknownCharacters)
            : content.removingPercentEncoding.map { Data($0.utf8) }
        guard let decoded else { throw .notAFile(reason: "the data: URI cannot be decoded") }
        let sink = try FileSink(path: path)
        do { try sink.take(.bytes(decoded)) } catch {
            sink.discard()
            throw sink.failure ?? .notWritable(reason: "unknown")
        }
        return try sink.finish(headers: ["content-type": String(head.split(separator: ";").first ?? "text/plain")])
    }
}
