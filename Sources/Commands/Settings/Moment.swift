import ArgumentParser
import Foundation
import ReplicateAPI

/// A moment on the command line: a day, a time in ISO 8601, or how long ago it was.
struct Moment: Hashable, Sendable, ExpressibleByArgument {
    let date: Date

    init?(argument: String) { self.init(argument, now: Date(), calendar: .current) }

    /// `30d` is the beginning of the first of the last thirty days, today being one; `12h` and `90m` are counted from now.
    init?(_ text: String, now: Date, calendar: Calendar) {
        if let day = SpendCommand.date(text, now: now, calendar: calendar) {
            date = day
        } else if text.contains("T"), let time = Timestamp.parse(text) {
            date = time
        } else if let last = text.last, "smh".contains(last), let span = TimeSpan(argument: text) {
            date = now.addingTimeInterval(-span.seconds)
        } else {
            return nil
        }
    }
}
