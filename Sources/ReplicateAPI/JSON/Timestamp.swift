package import Foundation

/// The API's time stamps: RFC 3339 with any number of fractional digits (6 and 9 both occur), and with `Z` or an
/// offset.
package enum Timestamp {
    /// Reads a time stamp; nil for any other text. `Date` keeps microseconds; further digits are lost.
    package static func parse(_ text: String) -> Date? {
        var bytes = Array(text.utf8)[...]
        guard let year = digits(&bytes, 4), skip(&bytes, "-"), let month = digits(&bytes, 2), skip(&bytes, "-"),
            let day = digits(&bytes, 2), skip(&bytes, "Tt "), let hour = digits(&bytes, 2), skip(&bytes, ":"),
            let minute = digits(&bytes, 2), skip(&bytes, ":"), let second = digits(&bytes, 2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction = 0.0
        if skip(&bytes, ".,") {
            var scale = 0.1
            let start = bytes.startIndex
            while let digit = digits(&bytes, 1) {
                fraction += Double(digit) * scale
                scale /= 10
            }
            guard bytes.startIndex > start else { return nil }
        }
        guard let offset = offset(&bytes), bytes.isEmpty else { return nil }
        let days = daysSince1970(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// RFC 3339 in UTC with milliseconds, such as `2026-11-25T10:00:00.000Z`.
    ///
    /// Written without Foundation's format style, which takes about a hundred times as long: each line of the service's
    /// log has a time stamp.
    package static func format(_ date: Date) -> String {
        let time = date.timeIntervalSince1970
        // Outside of these limits a year does not have four digits.
        guard time >= -62_135_596_800, time < 253_402_300_800 else {
            return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        // A time that was read as .123 is a little smaller than that as a binary fraction.
        let milliseconds = Int((time * 1_000 + 0.01).rounded(.down))
        let second = milliseconds.floored(by: 1_000)
        let day = second.quotient.floored(by: 86_400)
        let (year, month, dayOfMonth) = calendarDay(at: day.quotient)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func put(_ number: Int, _ digits: Int, _ end: Unicode.Scalar) {
            var rest = number
            let start = text.count
            for _ in 0..<digits {
                text.insert(UInt8(48 + rest % 10), at: start)
                rest /= 10
            }
            text.append(UInt8(ascii: end))
        }
        put(year, 4, "-")
        put(month, 2, "-")
        put(dayOfMonth, 2, "T")
        put(day.remainder / 3_600, 2, ":")
        put(day.remainder / 60 % 60, 2, ":")
        put(day.remainder % 60, 2, ".")
        put(second.remainder, 3, "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// The inverse of ``daysSince1970(year:month:day:)``.
    private static func calendarDay(at days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let (era, dayOfEra) = shifted.floored(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func digits(_ bytes: inout ArraySlice<UInt8>, _ count: Int) -> Int? {
        let head = bytes.prefix(count)
        guard head.count == count, head.allSatisfy({ (48...57).contains($0) }) else { return nil }
        bytes = bytes.dropFirst(count)
        return head.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private static func skip(_ bytes: inout ArraySlice<UInt8>, _ anyOf: StaticString) -> Bool {
        guard let first = bytes.first,
            anyOf.withUTF8Buffer({ $0.contains(first) })
        else { return false }
        bytes = bytes.dropFirst()
        return true
    }

    private static func offset(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        if skip(&bytes, "Zz") { return 0 }
        let sign = bytes.first == UInt8(ascii: "-") ? -1 : 1
        guard skip(&bytes, "+-"), let hours = digits(&bytes, 2) else { return nil }
        _ = skip(&bytes, ":")
        guard let minutes = digits(&bytes, 2) else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar; negative before 1970. The month counts from
    /// 1. Internally years begin in March, so that the leap day is the last day of a year.
    package static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Int {
    /// Rounded towards minus infinity, so that the remainder is never negative; `divisor` must be positive.
    fileprivate func floored(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
