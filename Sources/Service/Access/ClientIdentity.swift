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
