import Foundation
import ReplicateClient

/// A key that clients send as `Authorization: Bearer KEY`. Only its hash is kept.
package struct AccessKey: Hashable, Sendable, CustomStringConvertible {
    private let hash: [UInt8]

    /// Characters that a key has at least: what is shorter can be guessed.
    package static let shortest = 16

    /// Reads a key, or `sha256:` and the hash of one in hexadecimal digits. nil for keys that are too short or hold
    /// anything but visible ASCII, and for what is no hash.
    package init?(_ text: String) {
        if text.hasPrefix("sha256:") {
            let digits = Array(text.dropFirst("sha256:".count))
            guard digits.count == 64 else { return nil }
            let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
            guard bytes.count == 32 else { return nil }
            hash = bytes
        } else {
            guard text.utf8.count >= Self.shortest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                return nil
            }
            hash = Digest.sha256(Data(text.utf8))
        }
    }

    fileprivate func matches(_ other: [UInt8]) -> Bool { Digest.areEqual(hash, other) }

    /// Enough to tell keys apart in logs, too little to find one.
    package var name: String {
        "key-" + Digest.hex(hash.prefix(4))
    }

    package var description: String { name }
}

extension [AccessKey] {
    /// The key that was sent; nil when it is none of these. Every key is looked at, whichever fits.
    func key(for sent: String) -> AccessKey? {
        let hash = Digest.sha256(Data(sent.utf8))
        return reduce(nil) { found, key in key.matches(hash) ? key : found }
    }
}
