import Foundation
import TestSupport
import Testing

@testable import ReplicateClient

/// Headers as servers, proxies and attackers write them.
struct HeaderTests {
    @Test(arguments: [
        ("Tue, 24 Nov 2026 14:12:11 GMT", 1_795_529_531.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200),
        ("Tue,24 Nov 2026 14:12:11 GMT", 1_795_529_531),
    ])
    func `a date of HTTP is read`(text: String, seconds: Double) {
        #expect(HTTPDate.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "", "now", "Tue, 24 Nov 2026", "Tue, 24 Nov 2026 14:12 GMT", "Tue, 24 XXX 2026 14:12:11 GMT",
        "2026-11-24T14:12:11Z",
        "Tue, 0 Nov 2026 14:12:11 GMT", "Tue, 32 Nov 2026 14:12:11 GMT", "Tue, 24 Nov 0 14:12:11 GMT",
        "Tue, 24 Nov 10000 14:12:11 GMT", "Tue, 24 Nov 2026 24:00:00 GMT", "Tue, 24 Nov 2026 14:60:00 GMT",
        "Tue, 24 Nov 2026 14:12:61 GMT", "Tue, 24 Nov 2026 -1:12:11 GMT",
        "Tue, 24 Nov 9223372036854775807 14:12:11 GMT",
        // Numbers whose sum of seconds no integer holds.
        "Tue, 24 Nov 2026 9223372036854775807:0:0 GMT", "Tue, 9223372036854775807 Nov 2026 0:0:0 GMT",
        "Tue, -9223372036854775808 Nov 2026 0:0:0 GMT", "Tue, 24 Nov -9223372036854775808 0:0:0 GMT",
        "Tue, 24 Nov 2026 0:0:9223372036854775807 GMT",
    ])
    func `what is no date is none, and ends nothing`(text: String) {
        #expect(HTTPDate.parse(text) == nil)
        let clock = ServerClock { 0 }
        clock.update(from: text)
        #expect(clock.skew == nil)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a date that was damaged is another one of four digits or none`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "Tue", ",", " ", "24", "Nov", "2026", "14", ":", "12", "11", "GMT", "-1", "0", "99999999999999999999",
            "Feb", "9223372036854775807",
        ]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            guard let date = HTTPDate.parse(text) else { continue }
            #expect((-62_200_000_000...253_500_000_000).contains(date.timeIntervalSince1970), "\(text)")
        }
    }

    @Test(
        arguments: [
            (["retry-after": "7"], 7), (["retry-after": "0"], 0), (["retry-after": "1.5"], 1.5),
            (["retry-after": "99999"], 3_600),
            (["retry-after": "1e300"], 3_600), (["retry-after": "-3"], nil), (["retry-after": "nan"], nil),
            (["retry-after": "inf"], nil), (["retry-after": "soon"], nil), ([:], nil),
            (["retry-after": "Thu, 01 Jan 1970 00:16:50 GMT"], 10),
            (["retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"], 0),
            (["retry-after": "Fri, 31 Dec 9999 00:00:00 GMT"], 3_600),
            (["ratelimit-remaining": "0", "ratelimit-reset": "4"], 4),
            (["ratelimit-remaining": "1", "ratelimit-reset": "4"], nil),
            (["ratelimit-remaining": "0", "ratelimit-reset": "inf"], 3_600), (["ratelimit-remaining": "0"], nil),
            (["ratelimit-remaining": "0", "ratelimit-reset": "-4"], nil),
            (["retry-after": "soon", "ratelimit-remaining": "0", "ratelimit-reset": "2"], 2),
            (["retry-after": "9", "ratelimit-remaining": "0", "ratelimit-reset": "2"], 9),
        ] as [([String: String], Double?)]
    )
    func `the time to wait is read in every form, and is an hour at most`(headers: [String: String], seconds: Double?) {
        let now = Date(timeIntervalSince1970: 1_000)
        #expect(RetryAfter.read(headers, now: now) == seconds.map { .seconds($0) })
    }

    @Test(
        arguments: [
            ("bytes 0-9/100", 0, 9, 100), ("BYTES 5-5/6", 5, 5, 6), ("bytes 0-0/*", 0, 0, nil),
            ("bytes 100-199/200", 100, 199, 200),
        ] as [(String, Int64, Int64, Int64?)]
    )
    func `a range of a file says where it lies`(text: String, first: Int64, last: Int64, total: Int64?) throws {
        let range = try #require(ContentRange(text))
        #expect((range.first, range.last, range.total) == (first, last, total))
    }

    @Test(arguments: [
        "", "bytes", "bytes */100", "bytes 9-5/100", "bytes -5/100", "bytes 1-2", "bytes 1-2-3/9", "lines 1-2/3",
        "bytes a-b/c",
        "bytes 1/2/3", "bytes 99999999999999999999-1/2", "bytes=0-9/100",
    ])
    func `what says nothing of a place is no range`(text: String) {
        #expect(ContentRange(text) == nil)
    }

    @Test func `only what certainly names one content joins two parts of a file`() {
        let date = "Tue, 24 Nov 2026 14:12:11 GMT"
        let older = "Tue, 24 Nov 2026 14:12:10 GMT"
        #expect(ContentValidator(["etag": "\"a\""])?.value == "\"a\"")
        #expect(ContentValidator(["etag": "W/\"a\""]) == nil)
        #expect(ContentValidator(["last-modified": older, "date": date])?.value == older)
        // A file that was changed within the second of its answer may be changed once more in it.
        #expect(ContentValidator(["last-modified": date, "date": date]) == nil)
        #expect(ContentValidator(["last-modified": older]) == nil)
        #expect(ContentValidator([:]) == nil)
        let tag = ContentValidator(["etag": "\"a\""])
        #expect(tag?.matches(["etag": "\"a\""]) == true)
        #expect(tag?.matches(["etag": "\"b\""]) == false && tag?.matches([:]) == false)
    }

    @Test(
        arguments: [
            (301, "https://b.org/x", "https://b.org/x"), (302, "/y", "https://a.org/y"),
            (307, "z", "https://a.org/f/z"),
            (308, "//c.org/w", "https://c.org/w"), (303, "?q=1", "https://a.org/f/g?q=1"), (200, "https://b.org", nil),
            (304, "https://b.org", nil), (300, "https://b.org", nil), (302, "ftp://b.org/x", nil),
            (302, "file:///etc/passwd", nil),
            (302, "javascript:alert(1)", nil), (302, "data:,x", nil), (302, "HTTP://b.org/x", "HTTP://b.org/x"),
        ] as [(Int, String, String?)]
    )
    func `a redirect leads to another address of the web, and nowhere else`(
        status: Int,
        location: String,
        target: String?
    ) {
        let response = HTTPResponse(status: status, headers: ["location": location], body: Data())
        #expect(Redirect.target(of: response, from: "https://a.org/f/g") == target)
        #expect(
            Redirect.target(of: HTTPResponse(status: status, headers: [:], body: Data()), from: "https://a.org") == nil
        )
    }

    @Test(arguments: [
        "/a/../b", "/..", "/./x", "/a/%2e%2E/b", "/a/%252e%252e/b", "/a/.%2e/b", "/a%2f..%2fb", "/a%5c..%5cb",
        "/a\\..\\b", "/%2e",
        "/%2E%2e?x=1", "https://h/v1/../v2",
    ])
    func `a path that leads elsewhere is found in every disguise`(path: String) {
        #expect(URLPath.hasDotSegments(path))
    }

    @Test(arguments: [
        "", "/", "/a/b", "/a..b/c", "/...", "/.well-known/x", "/a?x=/../y", "/a#/../y", "/%", "/%2", "/%zz", "/a%2fb",
        "/100%25",
        "https://h/v1/predictions/abc",
    ])
    func `an ordinary path is none of those`(path: String) {
        #expect(!URLPath.hasDotSegments(path))
    }

    @Test func `a media type is read without its parameters`() {
        #expect(MediaType.plain("image/PNG; charset=x") == "image/png")
        #expect(MediaType.plain(" text/html ;q=1") == "text/html")
        #expect(MediaType.plain(nil) == nil && MediaType.plain("") == nil)
    }
}
