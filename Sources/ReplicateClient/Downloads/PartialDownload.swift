import CCurl
package import Foundation
import Glibc
import Synchronization

/// A file that is being downloaded; its bytes are counted and hashed as they arrive. They are kept when the connection
/// breaks, so that the next try requests only the rest.
///
/// Use it for one download at a time; it may be called from any thread. The file is private (mode 0600). It is created
/// when the first bytes arrive, and is removed when this object is released before it was finished or set aside.
package final class PartialDownload: Sendable {
    /// The path of the file; the file exists only after the first bytes.
    package let path: String
    private let limit: Int64
    /// The path of the ``DownloadNote``; nil: nobody else goes on with the file.
    private let note: String?
    private let state = Mutex(State())

    private struct State: ~Copyable {
        var descriptor: Int32 = -1
        var hash: OpaquePointer?
        var bytes: Int64 = 0
        /// Length of the whole content as the host said; nil when it did not say.
        var total: Int64?
        var contentType: String?
        /// The host's validator of the content; nil when it has none that can be trusted.
        var validator: ContentValidator?
        var takesRanges = false
        /// Of content that has arrived compressed; nil: it comes as it is.
        var inflater: Inflater?
        var failure: DownloadError?
    }

    /// - Parameters:
    ///   - path: where the file is created; nothing may exist there.
    ///   - limit: the largest length in bytes, 16 GiB by default. A longer download fails with `notAFile`, so that a
    ///     host that never ends does not fill the disk.
    package init(path: String, limit: Int64 = 16 << 30) {
        self.path = path
        self.limit = limit
        note = nil
    }

    /// Goes on with what an earlier process has left at `path`, or begins anew there; reads what is there, to hash it. nil
    /// when another process has it open, or it cannot be written.
    package init?(resumingAt path: String, limit: Int64 = 16 << 30) {
        self.path = path
        self.limit = limit
        note = Self.notePath(of: path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        var (file, named) = (stat(), stat())
        // Between opening and locking another process may have given the file its final name.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &file) == 0, lstat(path, &named) == 0,
            file.st_ino == named.st_ino, file.st_mode & S_IFMT == S_IFREG
        else {
            close(descriptor)
            return nil
        }
        state.withLock { state in
            state.descriptor = descriptor
            guard let note = DownloadNote(at: Self.notePath(of: path)), Int64(file.st_size) < note.total else { return }
            state.hash = ccurl_sha256_begin()
            guard Self.hash(descriptor, &state) == Int64(file.st_size) else { return }
            state.bytes = Int64(file.st_size)
            (state.total, state.validator, state.contentType) = (note.total, note.validator, note.contentType)
            state.takesRanges = true
        }
    }

    /// Of a part; it is removed with it.
    package static func notePath(of part: String) -> String { "\(part).json" }

    /// Hashes the file from its beginning; returns how many bytes it has read.
    private static func hash(_ descriptor: Int32, _ state: inout State) -> Int64 {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var total: Int64 = 0
        lseek(descriptor, 0, SEEK_SET)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return total }
            buffer.withUnsafeBytes { ccurl_sha256_add(state.hash, $0.baseAddress, count) }
            total += Int64(count)
        }
    }

    deinit { discard() }

    /// The number of bytes that have arrived so far.
    package var bytes: Int64 { state.withLock { $0.bytes } }

    var failure: DownloadError? { state.withLock { $0.failure } }

    /// Headers that request only the missing part. Empty: the whole file must be requested, because nothing would show
    /// that the rest belongs to the bytes that are here.
    var resumingHeaders: [(name: String, value: String)] {
        state.withLock { state in
            guard state.bytes > 0, state.takesRanges, let total = state.total, state.bytes < total,
                let validator = state.validator
            else { return [] }
            return [("Range", "bytes=\(state.bytes)-"), ("If-Range", validator.value)]
        }
    }

    // MARK: Called in order, on the transport's thread

    func receive(_ event: DownloadEvent) throws {
        switch event {
        case .began(let status, let headers): try begin(status, headers)
        case .bytes(let data): try append(data)
        }
    }

    /// The host sent another part than the one that was requested.
    struct Mismatch: Error {}

    private func begin(_ status: Int, _ headers: [String: String]) throws {
        try state.withLock { state in
            state.failure = nil
            let encoding =
                headers["content-encoding"].map { $0.lowercased().trimmingCharacters(in: .whitespaces) } ?? ""
            let isPlain = ["", "identity"].contains(encoding)
            if status == 206 {
                let range = ContentRange(headers["content-range"] ?? "")
                // Not every host honours `If-Range`; the part itself must show that it belongs to this content.
                guard state.bytes > 0, let range, range.first == state.bytes, range.total == state.total,
                    let validator = state.validator, validator.matches(headers), isPlain
                else { throw Mismatch() }
                return
            }
            try Self.restart(&state, path)
            state.inflater = Inflater(encoding: encoding)
            guard isPlain || state.inflater != nil else {
                let failure = DownloadError.notAFile(
                    reason: "it came compressed as \(encoding), which nobody asked for"
                )
                state.failure = failure
                throw failure
            }
            // With a content encoding the length is that of the compressed bytes.
            state.total = isPlain ? headers["content-length"].flatMap { Int64($0) } : nil
            state.contentType = MediaType.plain(headers["content-type"])
            state.takesRanges = isPlain && headers["accept-ranges"]?.lowercased() == "bytes"
            state.validator = ContentValidator(headers)
            guard let note else { return }
            unlink(note)
            guard state.takesRanges else { return }
            DownloadNote(total: state.total, validator: state.validator, contentType: state.contentType)?.write(
                to: note
            )
        }
    }

    private func append(_ data: Data) throws {
        try state.withLock { state in
            guard let inflater = state.inflater else { return try data.withUnsafeBytes { try write($0, &state) } }
            do { try data.withUnsafeBytes { try inflater.inflate($0) { try write($0, &state) } } } catch is Inflater
                .Corrupt
            {
                let failure = DownloadError.broken(reason: "the compressed bytes are corrupt")
                state.failure = failure
                throw failure
            }
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, _ state: inout State) throws {
        guard state.bytes + Int64(bytes.count) <= limit else {
            let failure = DownloadError.notAFile(reason: "it did not end after \(state.bytes) bytes")
            state.failure = failure
            throw failure
        }
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(state.descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw Self.fail(&state)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
        ccurl_sha256_add(state.hash, bytes.baseAddress, bytes.count)
        state.bytes += Int64(bytes.count)
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

    /// Writes `content` as the whole file and flushes it to the disk, without a request. After an error nothing is left
    /// on the disk.
    package func write(_ content: Data, contentType: String?) throws(DownloadError) -> Download {
        var rest: Data? = content
        return try write(contentType: contentType) {
            defer { rest = nil }
            return rest
        }
    }

    /// The same with content that comes in pieces.
    ///
    /// - Parameter next: the next piece; nil: there is none. When it throws, nothing is left on the disk either.
    package func write(contentType: String?, _ next: () throws -> Data?) throws(DownloadError) -> Download {
        do {
            try receive(.began(status: 200, headers: contentType.map { ["content-type": $0] } ?? [:]))
            while let piece = try next() { try receive(.bytes(piece)) }
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

    // MARK: Ending a download

    /// Checks the length, flushes the file to the disk and closes it. Throws `broken` when bytes are missing; the bytes
    /// that arrived are kept then. Throws `empty` when no byte arrived.
    func finish() throws(DownloadError) -> Download {
        let result = state.withLock { state -> Result<Download, DownloadError> in
            if let total = state.total, total != state.bytes {
                return .failure(.broken(reason: "\(state.bytes) of \(total) bytes arrived"))
            }
            if state.inflater?.isWhole == false {
                return .failure(.broken(reason: "the end of the compressed bytes is missing"))
            }
            guard state.bytes > 0 else { return .failure(.empty) }
            guard fsync(state.descriptor) == 0 else { return .failure(Self.fail(&state)) }
            close(state.descriptor)
            state.descriptor = -1
            if let note { unlink(note) }
            let sha256 = Self.endHash(&state)
            return .success(Download(bytes: state.bytes, contentType: state.contentType, sha256: sha256))
        }
        return try result.get()
    }

    /// Leaves the bytes that have arrived to whoever goes on with them, also in another process; deletes them where nobody
    /// could. Nothing is to be received any more.
    package func setAside() {
        guard let note, access(note, F_OK) == 0 else { return discard() }
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            close(state.descriptor)
            Self.endHash(&state)
            state.descriptor = -1
        }
    }

    /// Deletes the bytes that have arrived. Does nothing to a finished file, or to one that was set aside.
    package func discard() {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            if let note { unlink(note) }
            unlink(path)
            close(state.descriptor)
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
