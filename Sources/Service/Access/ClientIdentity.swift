import ReplicateClient

/// Who asks, as far as limits and fair shares are concerned: the key, or without keys the address.
enum ClientIdentity {
    /// - Parameters:
    ///   - peer: where the connection comes from; nil when that is no internet address.
    ///   - forwarded: the values of the proxies' header, in order.
    static func name(key: AccessKey?, peer: IPAddress?, forwarded: [String], proxies: ProxyConfiguration) -> String {
        if let key { return key.name }
        guard let peer else { return "local" }
        return "\(address(peer: peer, forwarded: forwarded, proxies: proxies))"
    }

    /// Where a request comes from, as far as guessing keys is concerned: whoever has one IPv6 address has all that begin
    /// with the same 64 bits.
    static func network(peer: IPAddress?, forwarded: [String], proxies: ProxyConfiguration) -> String {
        guard let peer else { return "local" }
        let address = address(peer: peer, forwarded: forwarded, proxies: proxies)
        return address.bytes.count == 4 ? "\(address)" : Digest.hex(address.bytes.prefix(8)) + "/64"
    }

    /// The nearest address that is no trusted proxy's: all before it may be invented.
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
