import Foundation
import ReplicateAPI
import ReplicateClient

/// Where a result may be sent, as far as its text tells. The address behind a name is checked when it is connected to.
enum CallbackAddress {
    /// Why `text` is none, to be read after the field's name; nil when it may be one.
    static func issue(with text: String) -> String? {
        if text.hasPrefix("data:") { return "must begin with https:// or http://" }
        if text.utf8.count > 2_048 { return "is too long" }
        if let issue = ImageURL.issue(with: text) { return issue }
        guard let parts = URLComponents(string: text) else { return "is not a URL (https://…)" }
        if parts.user != nil || parts.password != nil { return "must not hold a name or a password" }
        return nil
    }

    /// Whether the host is written as an address, or is this machine by name, that results must not be sent to.
    static func isPrivate(_ text: String) -> Bool {
        guard var host = URLComponents(string: text)?.host?.lowercased() else { return false }
        while host.hasSuffix(".") { host.removeLast() }
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        // A zone is for addresses that reach no further than a link: fe80::1%eth0.
        if host.contains("%") { return true }
        return IPAddress.resolving(host).map { !$0.isPublic } ?? false
    }
}
