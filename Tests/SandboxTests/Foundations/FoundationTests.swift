import Foundation
import Testing

@testable import Sandbox

struct FoundationTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 has the values of FIPS 180-2`(text: String, digest: String) {
        #expect(SHA256.hex(of: Data(text.utf8)) == digest)
    }

    @Test func `SHA-256 of a million letters, over every length of a block`() {
        #expect(
            SHA256.hex(of: Data(repeating: UInt8(ascii: "a"), count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
        let digests = (0...130).map { SHA256.hex(of: Data(repeating: 1, count: $0)) }
        #expect(Set(digests).count == 131)
    }

    @Test(arguments: [
        ("2026-11-24T14:12:11Z", 1_795_529_531.0), ("2026-11-24T14:12:11.5Z", 1_795_529_531.5),
        ("2026-11-24T15:12:11+01:00", 1_795_529_531), ("2026-11-24T15:12:11 01:00", 1_795_529_531),
        ("2026-11-24T14:12:11", 1_795_529_531), ("2026-11-24", 1_795_478_400),
        ("2026-11-24T14:12:11.123456789Z", 1_795_529_531.123_456_7),
    ])
    func `dates of every form are read`(text: String, seconds: Double) throws {
        let date = try #require(Date(timestamp: text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
    }

    @Test(arguments: [
        "", "yesterday", "2026-13-01T00:00:00Z", "24.11.2026", "1795529531", "2026-11-24T25:00:00Z",
        "2026-11-24T24:00:00Z", "2026-11-24T12:60:00Z", "2026-11-24T12:00:61Z",
    ])
    func `what is no date is none`(text: String) { #expect(Date(timestamp: text) == nil) }

    @Test func `dates are written with as many digits as asked for, and in the form of HTTP`() {
        let date = Date(timeIntervalSince1970: 1_795_529_531.25)
        #expect(date.timestamp(digits: 6) == "2026-11-24T14:12:11.250000Z")
        #expect(date.timestamp(digits: 9) == "2026-11-24T14:12:11.250000000Z")
        #expect(date.httpDate == "Tue, 24 Nov 2026 14:12:11 GMT")
        #expect(Date(timeIntervalSince1970: 0).httpDate == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(Date(timeIntervalSince1970: 0).timestamp(digits: 6) == "1970-01-01T00:00:00.000000Z")
    }

    @Test func `ids look like the API's and do not repeat`() {
        let ids = (0..<2_000).map { _ in Identifier.random() }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.wholeMatch(of: /[a-z2-7]{26}/) != nil })
        #expect(Identifier.letters(from: "a") == Identifier.letters(from: "a"))
        #expect(Identifier.letters(from: "a") != Identifier.letters(from: "b"))
    }

    @Test func `random numbers are the same for one seed, and lie where they should`() {
        var (first, second) = (SeededRandom(seed: 7), SeededRandom(seed: 7))
        #expect((0..<100).map { _ in first.next() } == (0..<100).map { _ in second.next() })
        var random = SeededRandom(seed: 3, text: "a fox")
        let units = (0..<5_000).map { _ in random.unit() }
        #expect(units.allSatisfy { (0..<1).contains($0) })
        #expect(abs(units.reduce(0, +) / 5_000 - 0.5) < 0.03)
        #expect((0..<1_000).allSatisfy { _ in (2...3).contains(random.within(2...3)) })
        #expect(Set((0..<1_000).map { _ in random.index(below: 5) }) == [0, 1, 2, 3, 4])
        var other = SeededRandom(seed: 4, text: "a fox")
        #expect(other.next() != SeededRandom(seed: 3, text: "a fox").first)
    }

    @Test func `JSON keeps whole numbers, and reads what it wrote`() throws {
        let value: JSON = ["a": [1, 2.5, nil, true, "é\u{1F98A}\n\"\\", ",]", "\\\",}"], "b": [:], "c": [], "d": -3]
        #expect(try JSON(parsing: value.encoded()) == value)
        #expect(try JSON(parsing: Data("3".utf8)) == .integer(3))
        #expect(try JSON(parsing: Data("3.5".utf8)) == .number(3.5))
        #expect(try JSON(parsing: Data("true".utf8)) == .bool(true))
        #expect(JSON.string("a/b").plain == "a/b")
        #expect(JSON.number(0.5).plain == "0.5")
        for text in ["", "{", "NaN", "nul", "[1,]", "[1 , ]", #"{"a": ",]",}"#, "[,]"] {
            #expect(throws: (any Error).self) { try JSON(parsing: Data(text.utf8)) }
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("30", 30), ("30s", 30), ("5m", 300), ("2h", 7_200), ("1h30m45s", 5_445), ("1h45s", 3_645),
            ("", nil), ("s", nil), ("30 s", nil), ("-5", nil), ("5m1h", nil), ("1.5m", nil), ("9999999s", nil),
        ] as [(String, Int?)]
    )
    func `durations of the Cancel-After header`(text: String, seconds: Int?) {
        #expect(DurationHeader.seconds(text) == seconds)
    }

    @Test func `cursors mean nothing to anybody else, and only ours are read`() {
        for number in [0, 1, 99, 1_000_000] {
            let text = Cursor.text(number)
            #expect(Cursor.number(text) == number)
            #expect(!text.contains("\(number)") || number < 10)
        }
        for text in ["", "1", "none", "cm93", "cm93IHg", "%%%"] { #expect(Cursor.number(text) == nil) }
    }

    @Test func `a bucket lets its burst through, refills in time, and says how long to wait`() {
        var bucket = TokenBucket(RateLimit(perMinute: 60, burst: 3))
        let start = Date(timeIntervalSince1970: 0)
        #expect((0..<4).map { _ in bucket.take(at: start) } == [nil, nil, nil, 1])
        #expect(bucket.remaining == 0)
        #expect(bucket.reset == 3)
        #expect(bucket.take(at: start + 1) == nil)
        #expect(bucket.take(at: start + 1) == 1)
        // A clock that goes back fills nothing and breaks nothing.
        #expect(bucket.take(at: start - 100) == 1)
        #expect((0..<4).map { _ in bucket.take(at: start + 1_000) } == [nil, nil, nil, 1])
        var closed = TokenBucket(RateLimit(perMinute: 0, burst: 0))
        #expect(closed.take(at: start) == 60)
    }

    @Test func `a progress line looks as tqdm writes it`() {
        let log = ProgressLog(total: 28, duration: .seconds(7))
        #expect(log.line(0) == "  0%|          | 0/28 [00:00<?, ?it/s]\n")
        #expect(log.line(14) == " 50%|█████     | 14/28 [00:04<00:04,  4.00it/s]\n")
        #expect(log.line(28) == "100%|██████████| 28/28 [00:07<00:00,  4.00it/s]\n")
        for step in 0...28 { #expect(log.line(step).split(separator: "|")[1].count == 10) }
        #expect(ProgressLog(total: 2, duration: .seconds(10)).line(1).contains("s/it"))
    }
}

extension SeededRandom {
    fileprivate var first: UInt64 {
        var copy = self
        return copy.next()
    }
}

struct MultipartFormTests {
    private func form(_ text: String, _ type: String = "multipart/form-data; boundary=edge") -> MultipartForm? {
        MultipartForm(Data(text.replacing("\n", with: "\r\n").utf8), contentType: type)
    }

    @Test func `parts come with their name, file name, type and bytes`() throws {
        let read = try #require(
            form(
                """
                a preamble
                --edge
                Content-Disposition: form-data; name="content"; filename="a fox.png"
                Content-Type: image/png

                line one
                line two
                --edge
                content-disposition: form-data; name=type

                image/png
                --edge--

                """
            )
        )
        #expect(read.parts.map(\.name) == ["content", "type"])
        #expect(read["content"]?.filename == "a fox.png")
        #expect(read["content"]?.contentType == "image/png")
        #expect(read["content"].map { String(decoding: $0.bytes, as: UTF8.self) } == "line one\r\nline two")
        #expect(read["type"].map { String(decoding: $0.bytes, as: UTF8.self) } == "image/png")
        #expect(read["other"] == nil)
    }

    @Test func `a part may be empty, and may hold what looks like an edge`() throws {
        let read = try #require(
            form(
                "--edge\nContent-Disposition: form-data; name=a\n\n\n--edge\nContent-Disposition: form-data; name=b\n\nx --edge x\n--edge--\n"
            )
        )
        #expect(read["a"]?.bytes == Data())
        #expect(read["b"].map { String(decoding: $0.bytes, as: UTF8.self) } == "x --edge x")
    }

    @Test(arguments: [
        ("", "multipart/form-data; boundary=edge"), ("--edge\n", "multipart/form-data; boundary=edge"),
        ("--edge\nContent-Disposition: form-data; name=a\n\nx", "multipart/form-data; boundary=edge"),
        ("--edge--\n", "multipart/form-data"), ("--edge--\n", "application/json"),
        ("--edge--\n", "multipart/form-data; boundary=\"\""),
    ])
    func `what does not follow its boundary is no form`(text: String, type: String) {
        #expect(form(text, type) == nil)
    }
}
