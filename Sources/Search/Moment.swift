package import Foundation
import ReplicateAPI

/// A moment as a person writes it: a day, a time in ISO 8601, or how long ago it was.
package struct Moment: Hashable, Sendable {
    /// The moment itself.
    package let date: Date

    /// `30d` is the beginning of the first of the last thirty days, today being one; `12h` and `90m` are counted from now.
    /// nil for any other text.
    package init?(_ text: String, now: Date, calendar: Calendar) {
        if let day = Self.day(text, now: now, calendar: calendar) {
            date = day
        } else if text.contains("T"), let time = Timestamp.parse(text) {
            date = time
        } else if let last = text.last, "smh".contains(last), let span = TimeSpan(text) {
            date = now.addingTimeInterval(-span.seconds)
        } else {
            return nil
        }
    }

    /// The beginning of `2026-11-01`, or of the first of the last `30d`; nil for any other text.
    package static func day(_ text: String, now: Date, calendar: Calendar) -> Date? {
        if text.hasSuffix("d"), let days = Int(text.dropLast()), (1...36_500).contains(days) {
            return calendar.date(byAdding: .day, value: 1 - days, to: calendar.startOfDay(for: now))
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        let components = DateComponents(year: year, month: month, day: day)
        guard components.isValidDate(in: calendar) else { return nil }
        return calendar.date(from: components)
    }
}
