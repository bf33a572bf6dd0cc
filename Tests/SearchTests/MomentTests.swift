import Foundation
import Testing

@testable import Search

struct MomentTests {
    private static func calendar(_ zone: String) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone)!
        return calendar
    }

    /// 2026-11-28 03:20 in UTC, and still the 27th in New York.
    private let now = Date(timeIntervalSince1970: 1_795_836_000)

    private func moment(_ text: String, _ zone: String = "UTC") -> Double? {
        Moment(text, now: now, calendar: Self.calendar(zone))?.date.timeIntervalSince1970
    }

    @Test(
        arguments: [
            // The first of one day is today.
            ("1d", 1_795_824_000), ("2d", 1_795_737_600), ("30d", 1_793_318_400),
            ("2026-11-01", 1_793_491_200), ("2026-1-9", 1_767_916_800), ("1970-01-01", 0),
            ("2026-11-28T03:20:00Z", 1_795_836_000), ("2026-11-28T04:20:00+01:00", 1_795_836_000),
            ("2026-11-28T03:20:00.500Z", 1_795_836_000.5),
            ("12h", 1_795_792_800), ("90m", 1_795_830_600), ("1h30m", 1_795_830_600), ("10s", 1_795_835_990),
            ("0.5h", 1_795_834_200),
        ] as [(String, Double)]
    )
    func `a day, a time or how long ago`(text: String, seconds: Double) {
        #expect(moment(text) == seconds)
    }

    @Test(arguments: [
        "", " ", "soon", "d", "0d", "-1d", "36501d", "1.5d", "99999999999999999999d", "2026-02-30", "2026-13-01",
        "2026-00-10",
        "2026-11", "2026-11-01-02", "2026-11-aa", "2026-11-01T", "2026-11-01T25:00:00Z", "2026-11-01T12:00:00", "12",
        "h",
        "-5h", "5x", "1h30", "٣h", "--", "1e400h",
    ])
    func `anything else is no moment`(text: String) {
        #expect(moment(text) == nil)
    }

    @Test func `days begin at midnight where the person is, also where clocks change`() {
        // It is the evening of the 27th there.
        #expect(moment("1d", "America/New_York") == 1_795_755_600)
        #expect(moment("2026-11-28", "Asia/Tokyo") == 1_795_791_600)
        // The day on which summer time ended there had 25 hours: 28 days before the 28th.
        let before = moment("2026-10-25", "Europe/Berlin")
        let after = moment("2026-10-26", "Europe/Berlin")
        #expect((after ?? 0) - (before ?? 0) == 90_000)
        #expect(moment("35d", "Europe/Berlin") == before)
    }

    @Test(
        arguments: [
            ("0", 0), ("5", 5), ("1.5", 1.5), ("5s", 5), ("5m", 300), ("2h", 7_200), ("1d", 86_400), ("1h30m", 5_400),
            ("1d2h3m4s", 93_784), ("1m1m", 120), ("0.5m", 30), ("1e3", 1_000),
        ] as [(String, Double)]
    )
    func `a length of time is seconds or numbers with units`(text: String, seconds: Double) {
        #expect(TimeSpan(text)?.seconds == seconds)
        #expect(TimeSpan(text)?.duration == .seconds(seconds))
    }

    @Test(arguments: [
        "", "-1", "inf", "nan", "1e400", "m", "5x", "5m5", "1..5h", "h1", " 5m", "5 m", "1h-3m", "٣m", "5M",
        String(repeating: "9", count: 400) + "d",
    ])
    func `no other text is one`(text: String) {
        #expect(TimeSpan(text) == nil)
    }
}
