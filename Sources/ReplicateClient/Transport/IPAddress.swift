package import Glibc

/// An IPv4 or IPv6 address. An IPv4-mapped IPv6 address (`::ffff:1.2.3.4`) is stored as the IPv4 address.
package struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes in network order.
    package let bytes: [UInt8]

    /// Reads an address in numeric form; IPv6 may stand in brackets. Nil for anything else.
    package init?(_ text: String) {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, bare, &four) == 1 {
            self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
        } else if inet_pton(AF_INET6, bare, &six) == 1 {
            self.init(bytes: withUnsafeBytes(of: &six) { Array($0) })
        } else {
            return nil
        }
    }

    /// What a resolver makes of a text without asking anybody: beside the usual forms `127.1`, `0x7f000001`, `2130706433`
    /// and octal parts. nil when it would look for a host of this name.
    package static func resolving(_ text: String) -> IPAddress? {
        var four = in_addr()
        if let usual = IPAddress(text) { return usual }
        guard inet_aton(text, &four) != 0 else { return nil }
        return IPAddress(bytes: withUnsafeBytes(of: &four) { Array($0) })
    }

    /// Reads a socket address; nil when it is neither IPv4 nor IPv6. The memory must be as long as the address family
    /// requires.
    package init?(_ pointer: UnsafePointer<sockaddr>) {
        switch Int32(pointer.pointee.sa_family) {
        case AF_INET:
            self = pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin_addr) { IPAddress(bytes: Array($0)) }
            }
        case AF_INET6:
            self = pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { IPAddress(bytes: Array($0)) }
            }
        default: return nil
        }
    }

    private init(bytes: [UInt8]) {
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
        self.bytes = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes[12...]) : bytes
    }

    /// Whether the first `length` bits are equal to those of `other`. False when one is IPv4 and the other IPv6.
    package func shares(prefix length: Int, with other: IPAddress) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        return (0..<min(length, bytes.count * 8)).allSatisfy { bit in
            let mask: UInt8 = 0x80 >> UInt8(bit % 8)
            return bytes[bit / 8] & mask == other.bytes[bit / 8] & mask
        }
    }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return text.withUnsafeBufferPointer { $0.baseAddress.map(String.init(cString:)) ?? "" }
    }
}

extension IPAddress {
    /// True for 127.0.0.0/8 and `::1`.
    package var isLoopback: Bool { bytes.count == 4 ? bytes[0] == 127 : bytes == Self.parsed("::1").bytes }

    /// True for addresses that can be reached on the internet: not loopback, link-local, private, for documentation or
    /// multicast. An IPv6 address that contains an IPv4 address (`64:ff9b::/96`, `2002::/16`) is judged by that one.
    package var isPublic: Bool {
        if bytes.count == 4 { return !Self.special.contains { shares(prefix: $0.length, with: $0.address) } }
        if shares(prefix: 96, with: Self.parsed("64:ff9b::")) { return IPAddress(bytes: Array(bytes[12...])).isPublic }
        if shares(prefix: 16, with: Self.parsed("2002::")) { return IPAddress(bytes: Array(bytes[2..<6])).isPublic }
        guard shares(prefix: 3, with: Self.parsed("2000::")) else { return false }
        return !Self.specialSix.contains { shares(prefix: $0.length, with: $0.address) }
    }

    private static let special = [
        ("0.0.0.0", 8), ("10.0.0.0", 8), ("100.64.0.0", 10), ("127.0.0.0", 8), ("169.254.0.0", 16), ("172.16.0.0", 12),
        ("192.0.0.0", 24), ("192.0.2.0", 24), ("192.88.99.0", 24), ("192.168.0.0", 16), ("198.18.0.0", 15),
        ("198.51.100.0", 24), ("203.0.113.0", 24), ("224.0.0.0", 4), ("240.0.0.0", 4),
    ].map { (address: parsed($0.0), length: $0.1) }

    private static let specialSix = [("2001::", 23), ("2001:db8::", 32), ("3fff::", 20)]
        .map { (address: parsed($0.0), length: $0.1) }

    private static func parsed(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { preconditionFailure("\(text), written here, is no address") }
        return address
    }
}
