import Foundation

/// When a callback is tried again: soon at first, then more rarely, for an hour. Pure.
enum CallbackSchedule {
    /// From the first attempt on.
    static let patience: TimeInterval = 3_600

    private static let waits: [TimeInterval] = [5, 15, 45, 120, 300, 600, 900]

    /// When to try again after `attempts` failures; nil: it has been tried for long enough.
    ///
    /// - Parameters:
    ///   - retryAfter: seconds that the receiver asked to wait; never beyond the hour.
    ///   - chance: 0…1, so that many callbacks to one host do not come at the same moment.
    static func next(
        attempts: Int,
        firstAttemptAt: Date,
        now: Date,
        retryAfter: TimeInterval?,
        chance: Double
    ) -> Date? {
        let end = firstAttemptAt.addingTimeInterval(patience)
        guard now < end else { return nil }
        let own = waits[min(max(attempts, 1), waits.count) - 1] * (0.9 + 0.2 * chance)
        // The last attempt is at the end of the hour, not some time before it.
        return min(now.addingTimeInterval(max(own, retryAfter ?? 0)), end)
    }
}
