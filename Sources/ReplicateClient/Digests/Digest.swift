import CCurl
package import Foundation
import Glibc

/// Why a file could not be read.
package struct FileReadError: Error, Hashable, Sendable {
    /// An error number of the system's.
    package let code: Int32
}

/// SHA-256 and what is built on it, from the system's libcrypto.
package enum Digest {
    /// 32 bytes.
    package static func sha256(_ data: some DataProtocol) -> [UInt8] {
        let context = ccurl_sha256_begin()
        for region in data.regions { region.withUnsafeBytes { ccurl_sha256_add(context, $0.baseAddress, $0.count) } }
        var digest = [UInt8](repeating: 0, count: 32)
        ccurl_sha256_end(context, &digest)
        return digest
    }

    /// Size and SHA-256, hexadecimal, of a file that is read in pieces. Throws ``FileReadError``; a folder, or a pipe that
    /// would block, cannot be read either.
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

    /// Two lower-case digits a byte.
    package static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    /// HMAC with SHA-256: 32 bytes.
    package static func hmacSHA256(key: [UInt8], _ data: Data) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = data.withUnsafeBytes {
            ccurl_hmac_sha256(key, key.count, $0.baseAddress, $0.count, &digest)
        }
        precondition(isDone, "libcrypto has no memory for an HMAC")
        return digest
    }

    /// Takes the same time wherever the two differ, so that an answer's time tells nothing about a secret.
    package static func areEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && ccurl_equal(first, second, first.count)
    }
}
