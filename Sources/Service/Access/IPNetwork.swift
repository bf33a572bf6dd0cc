package import ReplicateClient

/// One address, or all that begin like it: `10.0.0.0/8`.
package struct IPNetwork: Hashable, Sendable {
    private let address: IPAddress
    private let length: Int

    /// nil when `text` is neither an address nor a network.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])) else { return nil }
        self.address = address
        if parts.count == 2 {
            guard let length = Int(parts[1]), (0...address.bytes.count * 8).contains(length) else { return nil }
            self.length = length
        } else {
            length = address.bytes.count * 8
        }
    }

    /// False for an address of the other family; an IPv4-mapped IPv6 address counts as IPv4.
    package func contains(_ other: IPAddress) -> Bool { other.shares(prefix: length, with: address) }
}
