package import Foundation
import ReplicateClient

/// The secret that callbacks are signed with, written `whsec_` and base64 as Standard Webhooks wants it. Describes itself
/// without it.
package struct WebhookSecret: Hashable, Sendable, CustomStringConvertible {
    fileprivate let key: [UInt8]

    /// nil unless `text` is such a secret of at least 24 bytes.
    package init?(_ text: String) {
        let encoded = text.hasPrefix("whsec_") ? String(text.dropFirst("whsec_".count)) : text
        guard let data = Data(base64Encoded: encoded), (24...64).contains(data.count) else { return nil }
        key = Array(data)
    }

    private init(key: [UInt8]) { self.key = key }

    /// 32 bytes from the system's generator.
    package static func random() -> WebhookSecret {
        var generator = SystemRandomNumberGenerator()
        return WebhookSecret(key: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// To be written where only the person can read it.
    package var text: String { "whsec_" + Data(key).base64EncodedString() }
    package var description: String { "<webhook secret>" }
}

/// The headers of a callback as Standard Webhooks defines them.
///
/// Source: standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
package struct WebhookSignature: Hashable, Sendable {
    /// `webhook-id`, `webhook-timestamp` (seconds since 1970) and `webhook-signature`, as Standard Webhooks names
    /// them.
    package let headers: [String: String]

    /// - Parameters:
    ///   - id: the same for every attempt, so that a receiver can tell a repetition.
    ///   - secret: nil: without a signature.
    package init(id: String, body: Data, at date: Date, secret: WebhookSecret?) {
        let timestamp = String(Int(date.timeIntervalSince1970))
        var headers = ["webhook-id": id, "webhook-timestamp": timestamp]
        if let secret {
            let signed = Data("\(id).\(timestamp).".utf8) + body
            headers["webhook-signature"] =
                "v1," + Data(Digest.hmacSHA256(key: secret.key, signed)).base64EncodedString()
        }
        self.headers = headers
    }
}
