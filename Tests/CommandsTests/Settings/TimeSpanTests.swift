import Commands
import Foundation
import Search
import Testing

struct TimeSpanTests {
    @Test(
        arguments: [
            ("90", 90), ("0", 0), ("1.5", 1.5), ("90s", 90), ("5m", 300), ("1h30m", 5_400), ("2d", 172_800),
            ("1.5h", 5_400),
        ] as [(String, Double)]
    ) func `a time is seconds, or numbers with units`(text: String, seconds: Double) {
        #expect(TimeSpan(text)?.seconds == seconds)
    }

    @Test(arguments: ["", "m", "5x", "-1", "5 m", "1h30", "nan", "inf", "٣s"])
    func `what is no time is none`(text: String) { #expect(TimeSpan(text) == nil) }

    @Test func `a moment is a day, a time, or how long ago`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let now = try #require(ISO8601DateFormatter().date(from: "2026-11-27T12:00:00Z"))
        func seconds(_ text: String) -> TimeInterval? {
            Moment(text, now: now, calendar: calendar)?.date.timeIntervalSince(now)
        }
        #expect(seconds("2026-11-27") == -43_200)
        #expect(seconds("2026-11-27T13:00:00Z") == 3_600)
        #expect(seconds("1d") == -43_200)
        #expect(seconds("12h") == -43_200)
        #expect(seconds("90m") == -5_400)
        for text in ["", "soon", "12", "2026-13-01", "5x"] { #expect(seconds(text) == nil, "\(text)") }
    }
}
