package import Foundation
package import ReplicateAPI

/// Decides what to ask next and when. Pure: time comes in, orders come out.
///
/// A list page refreshes a hundred predictions at once; single questions go to what a person looks at, because logs and
/// progress come from there only, and to what a page could not show.
package struct PollSchedule: Sendable {
    package enum Order: Hashable, Sendable {
        /// One page of the list, of predictions created after this (server's time).
        case sweep(createdAfter: Date)
        case get(Prediction.ID)
    }

    private struct Entry: Sendable {
        /// Server's time.
        var createdAt: Date
        /// Seconds it usually takes; nil: not learnt.
        var typical: Double?
        var askedAt: Date?
        var isWatched = false
    }

    /// More than this many unwatched ones are swept.
    static let sweepThreshold = 4
    /// Between any two questions: 300 a minute.
    static let leastGap = 0.2

    private var entries: [Prediction.ID: Entry] = [:]
    private var lastAskedAt: Date?
    private var failures = 0
    private var blockedUntil: Date?

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }
    package var ids: [Prediction.ID] { Array(entries.keys) }

    package mutating func add(_ id: Prediction.ID, createdAt: Date, typical: Double?) {
        if entries[id] == nil { entries[id] = Entry(createdAt: createdAt, typical: typical) }
    }

    package mutating func remove(_ id: Prediction.ID) { entries[id] = nil }

    package mutating func watch(_ ids: Set<Prediction.ID>) {
        for id in entries.keys { entries[id]?.isWatched = ids.contains(id) }
    }

    /// What to ask now; nil: nothing yet.
    package mutating func next(now: Date) -> Order? {
        guard let due = dueAt(now: now), due <= now else { return nil }
        lastAskedAt = now
        let overdue = entries.filter { dueAt($0.value, now: now) <= now }
        let quiet = overdue.filter { !$0.value.isWatched }
        if quiet.count > Self.sweepThreshold, let oldest = entries.values.map(\.createdAt).min() {
            for id in quiet.keys { entries[id]?.askedAt = now }
            return .sweep(createdAfter: oldest.addingTimeInterval(-5))
        }
        guard let id = overdue.min(by: { dueAt($0.value, now: now) < dueAt($1.value, now: now) })?.key else {
            return nil
        }
        entries[id]?.askedAt = now
        return .get(id)
    }

    /// When ``next(now:)`` will have something; nil: never, unless something is added.
    package func dueAt(now: Date) -> Date? {
        guard let soonest = entries.values.map({ dueAt($0, now: now) }).min() else { return nil }
        let spaced = lastAskedAt.map { max(soonest, $0.addingTimeInterval(Self.leastGap)) } ?? soonest
        return blockedUntil.map { max(spaced, $0) } ?? spaced
    }

    /// Asking failed: a state of the connection, not of any prediction. Waits longer each time, up to 30 s.
    package mutating func failed(retryAfter: Double?, now: Date) {
        failures += 1
        let own = min(30, pow(2, Double(min(failures, 6)) - 1))
        blockedUntil = now.addingTimeInterval(max(own, retryAfter ?? 0))
    }

    package mutating func succeeded() {
        failures = 0
        blockedUntil = nil
    }

    private func dueAt(_ entry: Entry, now: Date) -> Date {
        guard let asked = entry.askedAt else { return .distantPast }
        return asked.addingTimeInterval(interval(entry, now: asked))
    }

    /// Seconds until the next question about it: by age, by what is usual for the model, by who is watching.
    private func interval(_ entry: Entry, now: Date) -> Double {
        let age = now.timeIntervalSince(entry.createdAt)
        let byAge: Double = age < 10 ? 0.8 : age < 60 ? 1.5 : age < 600 ? 4 : 10
        var interval = byAge
        if let typical = entry.typical, age < typical * 0.7, typical > 5 {
            // Nothing to see yet: wake up when the end comes near.
            interval = min(max(byAge, typical * 0.7 - age), 5)
        } else if let typical = entry.typical, age < typical * 1.5 {
            interval = min(byAge, max(0.3, typical / 20))
        }
        return entry.isWatched ? min(interval, 0.7) : interval
    }
}
