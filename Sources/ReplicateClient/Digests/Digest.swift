import CCurl
package import Foundation

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
