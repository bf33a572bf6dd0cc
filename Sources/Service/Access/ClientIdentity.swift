import ReplicateClient

/// The names of clients, for rate limits and fair turns: the name of the key, or the address where there are no keys.
enum ClientIdentity {
    /// - Parameters:
    ///   - peer: where the connection comes from; nil when that is no internet address.
    ///   - forwarded: the values of the proxies' header, in order.
    static func name(key: AccessKey?, peer: IPAddress?, forwarded: [String], proxies: ProxyConfiguration) -> String {
        if let key { return key.name }
        guard let peer else { return "local" }
        return "\(address(peer: peer, forwarded: forwarded, proxies: proxies))"
    }

    /// The network that a request comes from, for the limit on wrong keys. For IPv6 it is the first 64 bits, because one
    /// person usually has all addresses that begin with them.
    static func network(peer: IPAddress?, forwarded: [String], proxies: ProxyConfiguration) -> String {
        guard let peer else { return "local" }
        let address = address(peer: peer, forwarded: forwarded, proxies: proxies)
        return address.bytes.count == 4 ? "\(address)" : Digest.hex(address.bytes.prefix(8)) + "/64"
    }

    /// The last address in the chain that is not a trusted proxy's; the client may have invented those before it.
    private static func address(peer: IPAddress, forwarded: [String], proxies: ProxyConfiguration) -> IPAddress {
        func isTrusted(_ address: IPAddress) -> Bool { proxies.trusted.contains { $0.contains(address) } }
        var nearest = peer
        let named = forwarded.joined(separator: ",").split(separator: ",").reversed()
        for text in named {
            guard isTrusted(nearest), let next = IPAddress(text.filter { $0 != " " }) else { break }
            nearest = next
        }
        return nearest
    }
}
