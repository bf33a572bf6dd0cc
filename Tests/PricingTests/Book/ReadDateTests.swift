import Foundation
import Pricing
import TestSupport
import Testing

/// The dates of prices, of which the age is told without Foundation's calendar.
struct ReadDateTests {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    private static func text(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return String(format: "%04d-%02d-%02d", parts.year!, parts.month!, parts.day!)
    }

    @Test func `every day of forty years is as many days away as the calendar says`() throws {
        let first = try #require(Self.calendar.date(from: DateComponents(year: 2_000, month: 1, day: 1)))
        let start = try #require(ReadDate("2000-01-01"))
        var before = start
        for day in 1...(40 * 365) {
            let date = first.addingTimeInterval(Double(day) * 86_400)
            let read = try #require(ReadDate(Self.text(date)), "\(Self.text(date))")
            #expect(start.days(until: date) == day)
            #expect(read.days(until: date) == 0)
            #expect(before < read)
            before = read
        }
    }

    @Test(arguments: [2_000, 2_024, 2_099, 2_100, 2_199])
    func `the 29th of February is a day of leap years only`(year: Int) {
        let summer = Self.calendar.date(from: DateComponents(year: year, month: 6, day: 1))!
        let isLeap = Self.calendar.range(of: .day, in: .year, for: summer)?.count == 366
        #expect((ReadDate("\(year)-02-29") != nil) == isLeap)
        #expect(ReadDate("\(year)-02-30") == nil)
    }

    @Test(
        arguments: [
            "", "-", "26-10-07", "2026-1-07", "2026-10-7", "2026-13", "2026-00", "2026-04-31", "2026-10-00",
            "1999-12-31", "2200", "2026-10-07-01", "2026-10-", "2026/10/07", " 2026", "2026-10-07 ", "+026", "２０２６",
            "-2026", "20 6",
        ]
    )
    func `what is no date of a price has none`(text: String) {
        #expect(ReadDate(text) == nil)
    }

    @Test func `a month and a year count from their first day, so that no price seems newer than it is`() throws {
        let day = try #require(ReadDate("2025-11-01"))
        let month = try #require(ReadDate("2025-11"))
        let year = try #require(ReadDate("2025"))
        #expect(!(month < day) && !(day < month))
        #expect(year < month)
        #expect(year.text == "2025" && month.text == "2025-11")
        #expect(try !(year < #require(ReadDate("2025-01-01"))))
    }

    @Test func `a price is old after half a year, and its age never shrinks`() throws {
        let read = try #require(ReadDate("2026-01-01"))
        let start = try #require(Self.calendar.date(from: DateComponents(year: 2_026, month: 1, day: 1)))
        func age(_ days: Int) -> String? { read.staleness(on: start.addingTimeInterval(Double(days) * 86_400)) }
        #expect(age(-400) == nil)
        #expect(age(ReadDate.staleAfter) == nil)
        #expect(age(ReadDate.staleAfter + 1) == "6 months old")
        #expect(age(729) == "23 months old")
        #expect(age(731) == "2 years old")
        #expect(age(3_653) == "10 years old")
        var before = 0
        for day in (ReadDate.staleAfter + 1)...4_000 {
            let words = try #require(age(day)).split(separator: " ")
            let months = try #require(Int(words[0])) * (words[1] == "years" ? 12 : 1)
            #expect(months >= before)
            before = months
        }
    }

    @Test func `the hour of the day changes nothing`() throws {
        let read = try #require(ReadDate("2026-03-29"))
        let start = try #require(Self.calendar.date(from: DateComponents(year: 2_026, month: 3, day: 30)))
        for hour in 0..<24 {
            #expect(read.days(until: start.addingTimeInterval(Double(hour) * 3_600 + 3_599)) == 1)
        }
        #expect(read.days(until: start.addingTimeInterval(-1)) == 0)
    }
}
