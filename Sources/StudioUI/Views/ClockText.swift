import Foundation
import Studio

/// Times as the table shows them.
enum ClockText {
    /// What any duration fits into.
    static let durationColumns = 9

    /// `7 s`, `2 m 05 s`, `1 h 12 m`; what takes a hundred hours or more is shown as a little less.
    static func duration(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 359_999))
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3_600: return "\(whole / 60) m \(padded(whole % 60)) s"
        default: return "\(whole / 3_600) h \(padded(whole / 60 % 60)) m"
        }
    }

    /// How long a run will still take, by what its model usually takes; nil where that is not known.
    static func remaining(of run: RunItem, at now: Date) -> String? {
        guard let typical = run.typicalDuration else { return nil }
        let left = typical - run.elapsed(at: now)
        return left > 1 ? "about \(duration(left)) left" : "any moment now"
    }

    /// The local time of day for today, else the date: what does not change while nobody looks.
    static func moment(_ date: Date, now: Date, calendar: Calendar) -> String {
        let parts = calendar.dateComponents([.month, .day, .hour, .minute], from: date)
        if calendar.isDate(date, inSameDayAs: now) {
            return "\(padded(parts.hour ?? 0)):\(padded(parts.minute ?? 0))"
        }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(months[((parts.month ?? 1) - 1) % 12]) \(parts.day ?? 1)"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
