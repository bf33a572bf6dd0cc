package import Foundation

/// The API's time stamps: RFC 3339 with any number of fractional digits (6 and 9 both occur), `Z` or an offset.
package enum Timestamp {
    /// nil for anything that is not such a time. Digits beyond the microsecond do not survive `Date`.
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

    /// RFC 3339 in UTC with microseconds, as the API itself writes.
    package static func format(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
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

    /// Days of the proleptic Gregorian calendar, counting years from March so that the leap day comes last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
