import ReplicateClient
import Testing

@testable import Service

struct AccessTests {
    @Test func `a key fits itself and its hash, and nothing else`() throws {
        let key = try #require(AccessKey("correct-horse-battery"))
        let hashed = try #require(
            AccessKey("sha256:0a1f6f69f729981da78d1d8f2db360dcca55d1955584fc5cbccb9302486dad75")
        )
        let keys = [hashed, key]
        #expect(keys.key(for: "correct-horse-battery") == key)
        #expect(keys.key(for: "another-long-key-of-ours") == hashed)
        for wrong in ["", "correct-horse-batter", "correct-horse-battery ", "Correct-horse-battery"] {
            #expect(keys.key(for: wrong) == nil)
        }
    }

    @Test(arguments: [
        "", "short", "has a blank in it", "sha256:abc", "ümlaut-in-this-long-key", "line\nbreak-in-a-long-key",
    ])
    func `what could be guessed or cannot be sent is no key`(text: String) {
        #expect(AccessKey(text) == nil)
    }

    @Test func `a key shows nothing of itself`() throws {
        let key = try #require(AccessKey("correct-horse-battery"))
        #expect("\(key)".hasPrefix("key-"))
        #expect(!String(reflecting: key).contains("horse"))
    }

    @Test func `without keys only this machine is let in`() throws {
        var configuration = ServiceConfiguration()
        for host in ["127.0.0.1", "localhost", "::1", "127.9.9.9"] {
            configuration.host = host
            #expect(configuration.objection == nil)
        }
        for host in ["0.0.0.0", "::", "192.168.1.4", "127.0.0.1.example.com", "example.com", ""] {
            configuration.host = host
            #expect(configuration.objection?.contains("keys") == true)
        }
        configuration.keys = [try #require(AccessKey("correct-horse-battery"))]
        #expect(configuration.objection == nil)
        configuration = ServiceConfiguration()
        configuration.proxies.trusted = [try #require(IPNetwork("127.0.0.1"))]
        #expect(configuration.objection != nil)
    }

    @Test(arguments: [
        ([], "203.0.113.9", "203.0.113.9"), (["198.51.100.7"], "203.0.113.9", "203.0.113.9"),
        (["198.51.100.7"], "10.0.0.1", "198.51.100.7"), (["1.1.1.1, 198.51.100.7"], "10.0.0.1", "198.51.100.7"),
        (["1.1.1.1", "198.51.100.7, 10.0.0.2"], "10.0.0.1", "198.51.100.7"), (["rubbish"], "10.0.0.1", "10.0.0.1"),
        (["198.51.100.7, rubbish"], "10.0.0.1", "10.0.0.1"), (["2001:db8::1"], "10.0.0.1", "2001:db8::1"),
    ])
    func `a proxy is believed only where it is trusted, and no further than it saw`(
        forwarded: [String],
        peer: String,
        expected: String
    ) throws {
        var proxies = ProxyConfiguration()
        proxies.trusted = [try #require(IPNetwork("10.0.0.0/8"))]
        let name = ClientIdentity.name(key: nil, peer: IPAddress(peer), forwarded: forwarded, proxies: proxies)
        #expect(name == expected)
    }

    @Test(arguments: [
        ("2001:db8:1:2::3", "20010db800010002/64"), ("2001:db8:1:2:ffff::9", "20010db800010002/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"), ("192.0.2.8", "192.0.2.8"),
    ])
    func `who guesses from one network of IPv6 guesses from one place`(peer: String, expected: String) {
        let proxies = ProxyConfiguration()
        #expect(ClientIdentity.network(peer: IPAddress(peer), forwarded: [], proxies: proxies) == expected)
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0/8", "x/8", "10.0.0.0/-1", "10.0.0.0/", "", "::/129"])
    func `what is no network is refused`(text: String) { #expect(IPNetwork(text) == nil) }
}

struct IPAddressTests {
    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.0.9", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.0.0.1", "192.168.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1",
        "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:db8::1", "2001::1", "[::1]",
    ])
    func `addresses that are not for everybody`(text: String) throws {
        #expect(!(try #require(IPAddress(text))).isPublic)
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "172.32.0.1", "172.15.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111",
        "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::",
    ])
    func `addresses of the internet`(text: String) throws { #expect(try #require(IPAddress(text)).isPublic) }

    @Test(arguments: ["", "localhost", "127.1", "0x7f000001", "1.2.3.4.5", "::g", "1.2.3.4/8", " 1.2.3.4"])
    func `what is no address in numbers`(text: String) { #expect(IPAddress(text) == nil) }

    @Test func `an address describes itself as it is written`() {
        #expect(IPAddress("192.0.2.1").map { "\($0)" } == "192.0.2.1")
        #expect(IPAddress("2001:DB8::0:1").map { "\($0)" } == "2001:db8::1")
    }
}
