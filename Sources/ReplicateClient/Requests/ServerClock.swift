package import Foundation
import ReplicateAPI
import Synchronization

/// The server's time, learnt from the `Date` headers of its answers. This machine's clock may be wrong, and may be
/// changed while the program runs. Between answers the time goes on evenly, also while the machine sleeps. It may be
/// used from any thread.
package final class ServerClock: Sendable {
    private let start = Date()
    private let elapsed: @Sendable () -> TimeInterval
    private let offset = Mutex<TimeInterval?>(nil)

    /// - Parameter elapsed: seconds since this object was created. It must not decrease, and must count while the
    ///   machine sleeps.
    package init(elapsed: @escaping @Sendable () -> TimeInterval) { self.elapsed = elapsed }

    /// Uses the system's `ContinuousClock`.
    package convenience init() {
        let start = ContinuousClock.now
        self.init {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            return Double(seconds) + Double(attoseconds) / 1e18
        }
    }

    /// Seconds by which the server is ahead of this machine's clock at the start, negative when it is behind; nil
    /// before the first answer.
    package var skew: TimeInterval? { offset.withLock { $0 } }

    /// The time at which this object was created, by the server's clock as far as it is known now.
    package var startTime: Date { start.addingTimeInterval(skew ?? 0) }

    /// The present time by the server's clock; by this machine's clock before the first answer.
    package func now() -> Date { uncorrectedNow.addingTimeInterval(skew ?? 0) }

    /// The present time by this machine's clock as it was when this object was created: ``now()`` without ``skew``.
    package var uncorrectedNow: Date { start.addingTimeInterval(elapsed()) }

    /// Takes over the time of a `Date` header. The header has whole seconds and is up to one second too early, so the
    /// latest of several is the best. The time goes back only when the server's clock has changed by 1.5 s or more.
    ///
    /// - Parameter age: the header `Age`. An answer that has one, other than 0, comes from a cache: its date is that of the
    ///   stored answer, and by how much `Age` is wrong nobody can tell. Such an answer is ignored.
    func update(from header: String?, age: String? = nil) {
        if let age, Double(age.trimmingCharacters(in: .whitespaces)) != 0 { return }
        guard let header, let date = HTTPDate.parse(header) else { return }
        let new = date.timeIntervalSince(uncorrectedNow)
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
        // A server may send any number: a sum of such would overflow.
        guard clock.count == 3, (1...9_999).contains(year), (1...31).contains(day), (0..<24).contains(clock[0]),
            (0..<60).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        let days = Timestamp.daysSince1970(year: year, month: month + 1, day: day)
        return Date(timeIntervalSince1970: Double(days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]))
    }
}
