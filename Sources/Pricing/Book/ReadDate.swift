package import Foundation

/// The date on which a price was read, as exact as it is known: `2026-10-07`, `2025-11`, `2025`.
package struct ReadDate: Hashable, Comparable, Sendable {
    /// The date as it was written.
    package let text: String
    /// Days since 1970-01-01. For a month or a year its first day, so that a price never seems newer than it is.
    private let day: Int

    /// Nil unless the text is a date of the years 2000 to 2199.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let lengths = [4, 2, 2]
        guard (1...3).contains(parts.count), zip(parts, lengths).allSatisfy({ $0.utf8.count == $1 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) } + [1, 1]
        guard (2_000..<2_200).contains(numbers[0]), (1...12).contains(numbers[1]),
            (1...Self.days(inMonth: numbers[1], of: numbers[0])).contains(numbers[2])
        else { return nil }
        self.text = text
        day = Self.day(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    package static func < (left: ReadDate, right: ReadDate) -> Bool { left.day < right.day }

    /// Whole days from this date to `date` in UTC; 0 when `date` is earlier.
    package func days(until date: Date) -> Int {
        max(0, Int((date.timeIntervalSince1970 / 86_400).rounded(.down)) - day)
    }

    /// Days after which a price counts as old, because prices change.
    package static let staleAfter = 183

    /// The age in words, such as `7 months old`; nil up to ``staleAfter`` days.
    package func staleness(on date: Date) -> String? {
        let days = days(until: date)
        guard days > Self.staleAfter else { return nil }
        let months = days * 12 / 365
        return months < 24 ? "\(months) months old" : "\(months / 12) years old"
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Howard Hinnant's algorithm `days_from_civil`. Foundation's calendar is too slow to be used at each key press.
    private static func day(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
