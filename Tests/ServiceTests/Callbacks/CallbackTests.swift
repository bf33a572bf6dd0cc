import Foundation
import History
import ReplicateClient
import TestSupport
import Testing

@testable import Service

struct CallbackTests {
    /// The example of the specification.
    @Test func `a callback is signed as Standard Webhooks signs`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = WebhookSignature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            body: Data(#"{"test": 2432232314}"#.utf8),
            at: Date(timeIntervalSince1970: 1_614_265_330),
            secret: secret
        )
        #expect(
            signature.headers == [
                "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
                "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ]
        )
    }

    /// A caller must not learn from it what names mean in the service's network, or which ports are open.
    @Test func `a name without an address, with one of this machine and a closed port are told in the same words`()
        async throws
    {
        let transport = CurlTransport()
        defer { transport.close() }
        let sender = CallbackSender(transport: transport)
        let closed = try LoopbackSocket(isListening: true)
        let port = closed.port
        closed.close()
        var reasons: Set<String> = []
        var open = CallbackConfiguration()
        open.allowsPrivate = true
        for (address, configuration) in [
            ("http://localhost:\(port)/", CallbackConfiguration()), ("http://nobody.invalid/", CallbackConfiguration()),
            ("http://localhost:\(port)/", open),
        ] {
            let job = ServiceJob(
                client: "a",
                model: "a/b",
                input: [:],
                callbackURL: address,
                createdAt: Date(timeIntervalSince1970: 0)
            )
            let outcome = await sender.send(job, to: address, configuration: configuration, now: Date())
            guard case .failed(let reason, _, let detail) = outcome else {
                Issue.record("\(address) was delivered")
                continue
            }
            reasons.insert(reason)
            #expect(detail != nil)
        }
        #expect(reasons == ["the receiver cannot be reached"])
    }

    @Test func `a secret is long enough, and shows itself to nobody`() throws {
        #expect(WebhookSecret("whsec_c2hvcnQ=") == nil)
        #expect(WebhookSecret("whsec_not base64") == nil)
        let secret = WebhookSecret.random()
        #expect(WebhookSecret(secret.text) == secret)
        #expect(secret != .random())
        #expect("\(secret)" == "<webhook secret>")
    }

    @Test func `it is tried for an hour, more and more rarely, and once at its end`() {
        let start = Date(timeIntervalSince1970: 0)
        var now = start
        var gaps: [TimeInterval] = []
        var attempts = 1
        while let next = CallbackSchedule.next(
            attempts: attempts,
            firstAttemptAt: start,
            now: now,
            retryAfter: nil,
            chance: 0.5
        ) {
            gaps.append(next.timeIntervalSince(now))
            now = next
            attempts += 1
        }
        #expect(gaps == [5, 15, 45, 120, 300, 600, 900, 900, 715])
        #expect(now == start + 3_600)
    }

    @Test func `the receiver may ask for more time, but not beyond the hour`() {
        let start = Date(timeIntervalSince1970: 0)
        func next(_ seconds: TimeInterval) -> Date? {
            CallbackSchedule.next(attempts: 1, firstAttemptAt: start, now: start, retryAfter: seconds, chance: 0.5)
        }
        #expect(next(60) == start + 60)
        #expect(next(1) == start + 5)
        #expect(next(1e9) == start + 3_600)
    }

    @Test(arguments: [
        "https://example.com/done", "http://example.com:8080/a?b=c", "https://1.1.1.1/", "http://[2606:4700::1111]/x",
        "https://16843009/", "https://10.example.com/",
    ])
    func `addresses that may be called`(address: String) {
        #expect(CallbackAddress.issue(with: address) == nil)
        #expect(!CallbackAddress.isPrivate(address))
    }

    @Test(arguments: [
        "", "ftp://example.com/", "example.com/done", "https://", "https://user:secret@example.com/", "data:,x",
        "javascript:alert(1)", "https://example.com/a b", "https://example.com/\u{0}",
        "https://example.com/" + String(repeating: "a", count: 2_048),
    ])
    func `texts that are no address to call`(address: String) { #expect(CallbackAddress.issue(with: address) != nil) }

    @Test(arguments: [
        "http://127.0.0.1/", "http://localhost:9/", "http://a.localhost/", "http://[::1]/", "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data", "http://[fe80::1]/", "http://[::ffff:192.168.0.1]/",
        "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://localhost./",
        "http://LOCALHOST/", "http://127.0.0.1./", "http://10.1/", "http://[fe80::1%25lo]/", "http://[::1%25lo]:9/",
    ])
    func `addresses that are this machine's or its neighbours'`(address: String) {
        #expect(CallbackAddress.isPrivate(address))
    }
}
