import Foundation

/// Checks the entries of an image list: an absolute `http` or `https` URL, or a `data:` URI.
package enum ImageURL {
    /// Why `text` cannot be sent, such as `has no host`; nil when it can. Reads after the text.
    ///
    /// Only the form is checked. Whether the address leads to a picture is known after a request.
    package static func issue(with text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.unicodeScalars.contains(where: { $0.value < 0x21 || $0.value == 0x7F }) {
            return "has spaces or control characters"
        }
        if text.utf8.count > 1_000_000 { return "is too long" }
        if text.hasPrefix("data:") { return text.contains(",") ? nil : "is not a whole data: URI" }
        guard let scheme = text.range(of: "://") else { return "is not a URL (https://…)" }
        guard ["http", "https"].contains(text[..<scheme.lowerBound].lowercased()) else {
            return "must begin with https:// or http://"
        }
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else {
            return "has no host"
        }
        if let port = parts.port, !(1...65_535).contains(port) { return "has an impossible port" }
        return nil
    }
}
