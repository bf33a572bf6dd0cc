import Foundation
import Synchronization
import Testing

@testable import ReplicateClient

struct ClientConfigurationTests {
    @Test func `an account is named by token and address together, and tells neither`() throws {
        func account(_ token: String?, _ address: String) throws -> String? {
            let url = try ClientConfiguration.baseURL(address)
            return ClientConfiguration(baseURL: url, token: token.flatMap { Token($0) }).account
        }
        let name = try #require(try account("r8_secret", "https://api.replicate.com"))
        #expect(name.count == 16 && name.allSatisfy(\.isHexDigit))
        #expect(try account(" r8_secret\n", "HTTPS://api.replicate.com/v1/") == name)
        #expect(try account("r8_another", "https://api.replicate.com") != name)
        #expect(try account("r8_secret", "http://127.0.0.1:8080") != name)
        #expect(try account(nil, "https://api.replicate.com") == nil)
    }

    @Test(arguments: [
        ("https://api.replicate.com", "https://api.replicate.com/v1"),
        ("https://api.replicate.com/", "https://api.replicate.com/v1"),
        ("https://api.replicate.com/v1", "https://api.replicate.com/v1"),
        ("https://api.replicate.com/v1//", "https://api.replicate.com/v1"),
        ("HTTPS://api.replicate.com", "https://api.replicate.com/v1"),
        ("https://proxy.example/replicate", "https://proxy.example/replicate/v1"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1"),
        ("http://[::1]:8080", "http://[::1]:8080/v1"),
    ])
    func `an address is completed with v1`(text: String, url: String) throws {
        #expect(try ClientConfiguration.baseURL(text).absoluteString == url)
    }

    @Test(arguments: [
        "", "api.replicate.com", "ftp://api.replicate.com", "https://", "https:///v1", "file:///etc/passwd", "/v1",
        "https://api.replicate.com:99999", "http://127.0.0.1:0",
    ])
    func `a text that is not an address is refused with an example`(text: String) {
        let error = #expect(throws: ClientConfiguration.AddressError.self) { try ClientConfiguration.baseURL(text) }
        #expect(error?.description == "\(text) is no address of an API, such as https://api.replicate.com/v1")
    }

    @Test(arguments: [
        "https://a/v1?x=hunter2", "https://a/v1#hunter2", "https://hunter2@a/v1", "https://user:hunter2@a/v1",
        "user:hunter2@a", "ftp://user:hunter2@a", "http://[::1?hunter2",
    ])
    func `what may be secret in an address is refused and not repeated`(text: String) throws {
        let error = #expect(throws: ClientConfiguration.AddressError.self) { try ClientConfiguration.baseURL(text) }
        let words = try #require(error?.description)
        #expect(!words.contains("hunter2") && words.contains("https://api.replicate.com/v1"))
    }

    @Test(arguments: [
        "http://api.replicate.com", "http://10.0.0.1/v1", "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://127.example",
    ])
    func `plain http to another machine is refused unless it is allowed`(text: String) throws {
        #expect(throws: ClientConfiguration.AddressError.self) { try ClientConfiguration.baseURL(text) }
        #expect(try ClientConfiguration.baseURL(text, allowingInsecure: true).absoluteString.hasSuffix("/v1"))
    }

    @Test func `a token does not print its value`() throws {
        let token = try #require(Token("  r8_secret\n"))
        let configuration = ClientConfiguration(baseURL: try #require(URL(string: "https://a/v1")), token: token)
        var dumped = ""
        dump(configuration, to: &dumped)
        let shown = [
            "\(token)", String(reflecting: token), "\(configuration)", String(reflecting: configuration), dumped,
        ]
        #expect(shown.allSatisfy { !$0.contains("secret") })
        #expect(shown.allSatisfy { $0.contains("<token>") || $0 == dumped })
        #expect(token.value == "r8_secret")
    }

    @Test(arguments: ["", " ", "a b", "a\r\nX-Evil: 1", "a\u{0}b", "schlüssel", "a\u{7F}"])
    func `a text that cannot stand in a header is not a token`(text: String) {
        #expect(Token(text) == nil)
    }
}

struct RetryAfterTests {
    private let now = Date(timeIntervalSince1970: 1_795_536_988)

    private static let headers: [([String: String], Duration?)] = [
        ([:], nil),
        (["retry-after": "7"], .seconds(7)),
        (["retry-after": "0.5"], .milliseconds(500)),
        (["retry-after": "86400"], .seconds(3_600)),
        (["retry-after": "-1"], nil),
        (["retry-after": "nan"], nil),
        (["retry-after": "soon"], nil),
        (["retry-after": "Tue, 24 Nov 2026 16:16:38 GMT"], .seconds(10)),
        (["retry-after": "Tue, 24 Nov 2026 16:16:08 GMT"], .zero),
        (["retry-after": "Tue, 24 Nov 2036 16:16:08 GMT"], .seconds(3_600)),
        (["retry-after": "Tue, 24 Foo 2026 16:16:08 GMT"], nil),
        (["ratelimit-remaining": "0", "ratelimit-reset": "4"], .seconds(4)),
        (["ratelimit-remaining": "9", "ratelimit-reset": "4"], nil),
        (["retry-after": "2", "ratelimit-remaining": "0", "ratelimit-reset": "4"], .seconds(2)),
    ]

    @Test(arguments: headers)
    func `the wait is read from seconds, a date or the limit's reset, within an hour`(
        headers: [String: String],
        wait: Duration?
    ) {
        #expect(RetryAfter.read(headers, now: now) == wait)
    }
}

struct ServerClockTests {
    @Test func `the server's time follows its answers, and an invalid header changes nothing`() {
        let clock = ServerClock()
        #expect(clock.skew == nil)
        clock.update(from: nil)
        clock.update(from: "yesterday")
        clock.update(from: "Tue, 24 Nov 2026 16:16 GMT")
        #expect(clock.skew == nil)
        clock.update(from: "Tue, 24 Nov 2099 16:16:28 GMT")
        let ahead = Date(timeIntervalSince1970: 4_099_220_188)
        #expect(abs(clock.now().timeIntervalSince(ahead)) < 60)
    }

    @Test func `the date of an answer from a cache is not the server's time`() {
        let clock = ServerClock { 0 }
        for age in ["3600", " 1", "0.5", "x", ""] { clock.update(from: "Tue, 24 Nov 2099 16:16:28 GMT", age: age) }
        #expect(clock.skew == nil)
        clock.update(from: "Tue, 24 Nov 2026 16:16:28 GMT", age: "0")
        #expect(clock.now() == Date(timeIntervalSince1970: 1_795_536_988))
        clock.update(from: "Tue, 24 Nov 2026 15:16:28 GMT", age: "3600")
        #expect(clock.now() == Date(timeIntervalSince1970: 1_795_536_988))
    }

    @Test func `between answers the time goes on evenly, although this machine's clock is changed`() {
        let passed = Mutex(0.0)
        let clock = ServerClock { passed.withLock { $0 } }
        clock.update(from: "Tue, 24 Nov 2026 16:16:28 GMT")
        #expect(clock.now() == Date(timeIntervalSince1970: 1_795_536_988))
        passed.withLock { $0 = 3_600 }
        #expect(clock.now() == Date(timeIntervalSince1970: 1_795_536_988 + 3_600))
    }
}
