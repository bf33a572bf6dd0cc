import Foundation
import Glibc
import TestSupport
import Testing

@testable import ReplicateClient

/// Addresses that a download may be led to: only those of the internet are public.
struct AddressTests {
    @Test(arguments: [
        "8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0",
        "192.167.255.255",
        "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::200e",
        "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
    ])
    func `an address of the internet`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.isPublic && !address.isLoopback)
    }

    @Test(arguments: [
        "127.0.0.1", "127.255.255.255", "10.0.0.1", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "0.0.0.0", "224.0.0.1", "239.255.255.255", "255.255.255.255", "240.0.0.1",
        "192.0.2.1",
        "198.51.100.7", "203.0.113.9", "198.18.0.1", "198.19.255.255", "::", "::1", "fe80::1", "fc00::1",
        "fd12:3456::1", "ff02::1",
        "2001:db8::1", "2001::1", "3fff::1", "100::1",
        // The same, dressed as IPv6.
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
        "2002:c0a8:101::1",
        "[::1]",
    ])
    func `an address that a stranger must not lead to`(text: String) throws {
        #expect(!(try #require(IPAddress(text)).isPublic))
    }

    @Test(arguments: [
        "", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.-4", "0x7f.0.0.1", "2130706433", "127.1", "::g",
        ":::1", "1.2.3.4 ",
        " 1.2.3.4", "[1.2.3.4", "fe80::1%eth0", "12345::",
    ])
    func `a name, or a number in another form, is no address`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `loopback is known in both families`() throws {
        for text in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            #expect(try #require(IPAddress(text)).isLoopback, "\(text)")
        }
        for text in ["128.0.0.1", "::2", "1::1"] { #expect(!(try #require(IPAddress(text)).isLoopback), "\(text)") }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `prefixes are compared bit by bit, and an address is read as it is written`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let parts = (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) }
            let address = try #require(IPAddress(parts.map(String.init).joined(separator: ".")))
            #expect(address.bytes == parts)
            #expect(IPAddress(address.description) == address)
            let bit = Int.random(in: 0..<32, using: &random)
            var changed = parts
            changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            let other = try #require(IPAddress(changed.map(String.init).joined(separator: ".")))
            #expect(address.shares(prefix: bit, with: other))
            for length in (bit + 1)...33 { #expect(!address.shares(prefix: length, with: other)) }
            let six = try #require(IPAddress("2606:4700::\(String(bit, radix: 16))"))
            #expect(IPAddress(six.description) == six && !six.shares(prefix: 0, with: address))
        }
    }
}

struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 has the values of FIPS 180-2, also of a file`(text: String, digest: String) throws {
        #expect(Digest.hex(Digest.sha256(Data(text.utf8))) == digest)
        let file = FileManager.default.temporaryDirectory.appending(path: "digest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        let found = try Digest.sha256(ofFile: file.path)
        #expect(found.sha256 == digest && found.size == Int64(text.utf8.count))
    }

    @Test func `a file that is longer than a piece is read to its end`() throws {
        let data = Data((0..<(2 << 20) + 77).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        let file = FileManager.default.temporaryDirectory.appending(path: "digest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try data.write(to: file)
        let found = try Digest.sha256(ofFile: file.path)
        #expect(found.size == Int64(data.count))
        #expect(found.sha256 == Digest.hex(Digest.sha256(data)))
        // A part of other data is its own bytes alone.
        #expect(Digest.sha256(data.dropFirst(1_000)) == Digest.sha256(Data(data[1_000...])))
    }

    @Test func `a folder, a pipe and a file that is not there are refused at once`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "digest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: FileReadError(code: EISDIR)) { try Digest.sha256(ofFile: folder.path) }
        let pipe = folder.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(throws: FileReadError(code: EISDIR)) { try Digest.sha256(ofFile: pipe) }
        #expect(throws: FileReadError(code: ENOENT)) { try Digest.sha256(ofFile: folder.appending(path: "none").path) }
        #expect(throws: FileReadError(code: EISDIR)) { try Digest.sha256(ofFile: "/dev/null") }
    }

    @Test func `HMAC has the values of RFC 4231`() {
        let cases: [([UInt8], String, String)] = [
            (
                Array(repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                Array(repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
        for (key, text, digest) in cases { #expect(Digest.hex(Digest.hmacSHA256(key: key, Data(text.utf8))) == digest) }
    }

    @Test func `two digests are equal when every byte is`() {
        let one = Digest.sha256(Data("a".utf8))
        #expect(Digest.areEqual(one, one) && Digest.areEqual([], []))
        for place in one.indices {
            var other = one
            other[place] ^= 1
            #expect(!Digest.areEqual(one, other))
        }
        #expect(!Digest.areEqual(one, Array(one.dropLast())) && !Digest.areEqual([], [0]))
    }
}

struct RetryPolicyLawTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a wait is within its limits, grows with each try, and with chance`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let policy = RetryPolicy(
                first: .milliseconds(Int.random(in: 0...2_000, using: &random)),
                longest: .milliseconds(Int.random(in: 0...60_000, using: &random))
            )
            let attempt = [0, -5, 1, 2, 7, 16, 17, 1_000, .max].randomElement(using: &random)!
            let chance = Double.random(in: -0.5...1.5, using: &random)
            let wait = policy.delay(before: attempt, chance: chance)
            #expect(wait >= .zero && wait <= policy.longest)
            #expect(policy.delay(before: max(attempt, 1) == .max ? .max : attempt + 1, chance: chance) >= wait)
            #expect(policy.delay(before: attempt, chance: 1) >= wait)
            #expect(policy.delay(before: attempt, chance: 0) == .zero)
        }
    }
}
