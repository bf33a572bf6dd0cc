import Testing

@testable import Service

struct LiveConfigurationTests {
    private func locked() throws -> ServiceConfiguration {
        var configuration = ServiceConfiguration()
        configuration.host = "0.0.0.0"
        configuration.keys = [try #require(AccessKey("a-right-key-of-the-tests"))]
        return configuration
    }

    /// The file that names neither keys nor the address says 127.0.0.1.
    @Test(arguments: ["127.0.0.1", "0.0.0.0", "localhost"])
    func `keys cannot be taken away while other machines can connect, whatever the file names as the address`(
        host: String
    ) throws {
        let live = LiveConfiguration(try locked())
        try live.listens(at: "0.0.0.0")
        var changed = ServiceConfiguration()
        changed.host = host
        changed.rateLimit = 77
        #expect(throws: ServiceRefusal.self) { try live.replace(with: changed) }
        #expect(throws: ServiceRefusal.self) { try live.check(changed) }
        #expect(live.current.keys.count == 1)
        #expect(live.current.rateLimit != 77)
        changed.keys = live.current.keys
        try live.replace(with: changed)
        #expect(live.current.rateLimit == 77)
        #expect(live.current.host == "0.0.0.0")
    }

    @Test func `a name that stands for an address of other machines is served with keys only`() throws {
        var configuration = ServiceConfiguration()
        configuration.host = "localhost"
        #expect(throws: ServiceRefusal.self) { try LiveConfiguration(configuration).listens(at: "192.0.2.7") }
        try LiveConfiguration(configuration).listens(at: "127.0.0.1")
        configuration.keys = try locked().keys
        let live = LiveConfiguration(configuration)
        try live.listens(at: "192.0.2.7")
        configuration.keys = []
        #expect(throws: ServiceRefusal.self) { try live.replace(with: configuration) }
    }

    @Test func `a proxy is not trusted without keys`() throws {
        let live = LiveConfiguration(ServiceConfiguration())
        try live.listens(at: "127.0.0.1")
        var changed = ServiceConfiguration()
        changed.proxies.trusted = [try #require(IPNetwork("10.0.0.0/8"))]
        #expect(throws: ServiceRefusal.self) { try live.replace(with: changed) }
    }
}
