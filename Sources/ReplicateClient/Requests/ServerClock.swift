package import Foundation
import ReplicateAPI
import Synchronization

/// The server's time, learnt from the `Date` headers of its answers: this machine's clock may be wrong, and may be set
/// while the program runs. Between answers it goes on evenly, while the machine sleeps too.
package final class ServerClock: Sendable {
    private let start = Date()
    private let elapsed: @Sendable () -> TimeInterval
    private let offset = Mutex<TimeInterval?>(nil)

    /// - Parameter elapsed: seconds since this was made, never fewer than before; counts while the machine sleeps.
    package init(elapsed: @escaping @Sendable () -> TimeInterval) { self.elapsed = elapsed }

    package convenience init() {
        let start = ContinuousClock.now
        self.init {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            return Double(seconds) + Double(attoseconds) / 1e18
        }
    }

    /// Seconds the server is ahead of what this machine's clock said at the start; nil before the first answer.
    package var skew: TimeInterval? { offset.withLock { $0 } }

    /// When this was made, by the server's time as far as that is known by now.
    package var opened: Date { start.addingTimeInterval(skew ?? 0) }

    package func now() -> Date { unaided.addingTimeInterval(skew ?? 0) }

    private var unaided: Date { start.addingTimeInterval(elapsed()) }

    /// The header is cut to the second, so what it tells is too early by up to one: of several, the latest is nearest the
    /// truth. Only a step of the server's clock makes it go back.
    func learn(from header: String?) {
        guard let header, let date = HTTPDate.parse(header) else { return }
        let new = date.timeIntervalSince(unaided)
        offset.withLock { offset in
            if let old = offset, (new - old).magnitude < 1.5 { offset = max(old, new) } else { offset = new }
        }
    }
}

/// The date form of HTTP headers: `Tue, 24 Nov 2026 14:12:11 GMT`.
enum HTTPDate {
    static func parse(_ text: String) -> Date? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," })
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count >= 5, let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])),
            let year = Int(words[3])
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3 else { return nil }
        let days = Timestamp.daysSince1970(year: year, month: month + 1, day: day)
        return Date(timeIntervalSince1970: Double(days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]))
    }
}
