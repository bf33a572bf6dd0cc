import CCurl
package import Foundation
import Glibc

/// Why a file could not be read.
package struct FileReadError: Error, Hashable, Sendable {
    /// The system's `errno`, such as `ENOENT`.
    package let code: Int32
}

/// SHA-256 and HMAC, computed by the system's libcrypto.
package enum Digest {
    /// SHA-256 of `data`: 32 bytes.
    package static func sha256(_ data: some DataProtocol) -> [UInt8] {
        let context = ccurl_sha256_begin()
        for region in data.regions { region.withUnsafeBytes { ccurl_sha256_add(context, $0.baseAddress, $0.count) } }
        var digest = [UInt8](repeating: 0, count: 32)
        ccurl_sha256_end(context, &digest)
        return digest
    }

    /// Size in bytes and hexadecimal SHA-256 of a regular file, which is read in pieces of 1 MiB. Blocks until the file
    /// is read.
    ///
    /// Throws ``FileReadError``, with `EISDIR` for anything but a regular file. A pipe is not waited for.
    package static func sha256(ofFile path: String) throws -> (size: Int64, sha256: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileReadError(code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileReadError(code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileReadError(code: EISDIR) }
        let context = ccurl_sha256_begin()
        var digest = [UInt8](repeating: 0, count: 32)
        var size: Int64 = 0
        var failure: Int32 = 0
        withUnsafeTemporaryAllocation(byteCount: 1 << 20, alignment: 16) { buffer in
            while failure == 0 {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                if count < 0 { failure = errno }
                if count <= 0 { break }
                ccurl_sha256_add(context, buffer.baseAddress, count)
                size += Int64(count)
            }
        }
        ccurl_sha256_end(context, &digest)
        guard failure == 0 else { throw FileReadError(code: failure) }
        return (size, hex(digest))
    }

    /// Two lower-case hexadecimal digits for each byte.
    package static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    /// HMAC with SHA-256 (RFC 2104): 32 bytes.
    package static func hmacSHA256(key: [UInt8], _ data: Data) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = data.withUnsafeBytes {
            ccurl_hmac_sha256(key, key.count, $0.baseAddress, $0.count, &digest)
        }
        precondition(isDone, "libcrypto has no memory for an HMAC")
        return digest
    }

    /// Whether the two are equal. For equal lengths the time does not depend on where they differ, so that it tells an
    /// attacker nothing about a secret.
    package static func areEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && ccurl_equal(first, second, first.count)
    }
}
