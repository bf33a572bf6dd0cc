import CCurl
package import Foundation
import Glibc
import Synchronization

/// A file on its way to the disk, counted and hashed as it comes. What has arrived survives a broken connection, so that
/// the next try asks for the rest only.
///
/// Belongs to one download at a time. The file is private (0600), made when the first bytes arrive, and removed with this
/// value unless it is finished.
package final class PartialDownload: Sendable {
    package let path: String
    private let limit: Int64
    private let state = Mutex(State())

    private struct State: ~Copyable {
        var descriptor: Int32 = -1
        var hash: OpaquePointer?
        var bytes: Int64 = 0
        /// Of the whole, as the host said; nil: it did not.
        var total: Int64?
        var contentType: String?
        /// What the host calls this very content; nil: it has no name that can be trusted.
        var validator: ContentValidator?
        var takesRanges = false
        var failure: DownloadError?
    }

    /// - Parameter limit: bytes after which it is given up: a host that never ends must not fill the disk.
    package init(path: String, limit: Int64 = 16 << 30) {
        self.path = path
        self.limit = limit
    }

    deinit { discard() }

    /// Bytes that have arrived.
    package var bytes: Int64 { state.withLock { $0.bytes } }

    var failure: DownloadError? { state.withLock { $0.failure } }

    /// What asks for the rest only; empty: the whole is to be asked for, because nothing would tell that the rest belongs
    /// to what is here.
    var resumingHeaders: [(name: String, value: String)] {
        state.withLock { state in
            guard state.bytes > 0, state.takesRanges, let total = state.total, state.bytes < total,
                let validator = state.validator
            else { return [] }
            return [("Range", "bytes=\(state.bytes)-"), ("If-Range", validator.value)]
        }
    }

    // MARK: As it comes, in order, on a thread of the transport's

    func take(_ event: DownloadEvent) throws {
        switch event {
        case .began(let status, let headers): try begin(status, headers)
        case .bytes(let data): try append(data)
        }
    }

    /// The host sent other bytes than those that were asked for.
    struct Mismatch: Error {}

    private func begin(_ status: Int, _ headers: [String: String]) throws {
        try state.withLock { state in
            state.failure = nil
            if status == 206 {
                let range = ContentRange(headers["content-range"] ?? "")
                // Not every host honours If-Range: the part itself has to say what it is a part of.
                guard state.bytes > 0, let range, range.first == state.bytes, range.total == state.total,
                    let validator = state.validator, validator.vouches(for: headers)
                else { throw Mismatch() }
                return
            }
            try Self.restart(&state, path)
            // A length before decompression tells nothing.
            state.total = headers["content-encoding"] == nil ? headers["content-length"].flatMap { Int64($0) } : nil
            state.contentType = MediaType.plain(headers["content-type"])
            state.takesRanges = headers["accept-ranges"]?.lowercased() == "bytes"
            state.validator = ContentValidator(headers)
        }
    }

    private func append(_ data: Data) throws {
        try state.withLock { state in
            guard state.bytes + Int64(data.count) <= limit else {
                let failure = DownloadError.notAFile(reason: "it did not end after \(state.bytes) bytes")
                state.failure = failure
                throw failure
            }
            var rest = data[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
                if written < 0 {
                    if errno == EINTR { continue }
                    throw Self.fail(&state)
                }
                rest = rest.dropFirst(written)
            }
            data.withUnsafeBytes { ccurl_sha256_add(state.hash, $0.baseAddress, $0.count) }
            state.bytes += Int64(data.count)
        }
    }

    private static func restart(_ state: inout State, _ path: String) throws {
        if state.descriptor < 0 {
            state.descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard state.descriptor >= 0 else { throw fail(&state) }
        } else {
            guard ftruncate(state.descriptor, 0) == 0, lseek(state.descriptor, 0, SEEK_SET) == 0 else {
                throw fail(&state)
            }
            endHash(&state)
        }
        state.hash = ccurl_sha256_begin()
        state.bytes = 0
    }

    private static func fail(_ state: inout State) -> DownloadError {
        let failure = DownloadError.notWritable(reason: String(cString: strerror(errno)))
        state.failure = failure
        return failure
    }

    /// Writes what is not fetched from anywhere, whole, and makes it durable. After an error nothing is left on the disk.
    package func write(_ content: Data, contentType: String?) throws(DownloadError) -> Download {
        do {
            try take(.began(status: 200, headers: contentType.map { ["content-type": $0] } ?? [:]))
            try take(.bytes(content))
        } catch {
            let reason = failure ?? .notWritable(reason: "unknown")
            discard()
            throw reason
        }
        do { return try finish() } catch {
            discard()
            throw error
        }
    }

    // MARK: Its end

    /// Checks the length, makes the file durable and closes it. When bytes are missing, what has arrived is kept. A file
    /// without any is none.
    func finish() throws(DownloadError) -> Download {
        let result = state.withLock { state -> Result<Download, DownloadError> in
            if let total = state.total, total != state.bytes {
                return .failure(.broken(reason: "\(state.bytes) of \(total) bytes arrived"))
            }
            guard state.bytes > 0 else { return .failure(.empty) }
            guard fsync(state.descriptor) == 0 else { return .failure(Self.fail(&state)) }
            close(state.descriptor)
            state.descriptor = -1
            let sha256 = Self.endHash(&state)
            return .success(Download(bytes: state.bytes, contentType: state.contentType, sha256: sha256))
        }
        return try result.get()
    }

    /// Takes back what has arrived; a finished file stays.
    package func discard() {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            close(state.descriptor)
            unlink(path)
            Self.endHash(&state)
            state.descriptor = -1
            state.bytes = 0
        }
    }

    /// Hexadecimal.
    @discardableResult
    private static func endHash(_ state: inout State) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        if let hash = state.hash { ccurl_sha256_end(hash, &digest) }
        state.hash = nil
        return Digest.hex(digest)
    }
}
