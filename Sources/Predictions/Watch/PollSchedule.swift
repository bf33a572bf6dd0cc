package import Foundation
package import ReplicateAPI

/// Decides what to ask next and when. Pure: time comes in, orders come out.
///
/// Predictions are grouped by time of creation into windows of about one list page, so that one request refreshes all
/// of a window. Single questions go to what a person looks at, because logs and progress come from there only, and to
/// what a page did not show. All times are the server's.
package struct PollSchedule: Sendable {
    /// What is to be asked next.
    package enum Order: Hashable, Sendable {
        /// The list between two times of creation; ``members(of:)`` says whom it is meant to show.
        case window(PollWindow.ID, from: Date, to: Date)
        case get(Prediction.ID)
        /// Once more after the end: rows of a list bring no logs.
        case logs(Prediction.ID)
    }

    private struct Entry: Sendable {
        var createdAt: Date
        /// Seconds it usually takes; nil: not learnt.
        var typical: Double?
        var window: PollWindow.ID
        var askedAt: Date?
        /// Asked for singly: somebody looks at it, or no page shows it.
        var isSingle = false
        var isUnlisted = false
        var isBeingAsked = false
    }

    private var entries: [Prediction.ID: Entry] = [:]
    private var singles: Set<Prediction.ID> = []
    private var windows = PollWindows()
    private var logs = LogQueue()
    private var pace: PollPace
    /// The latest moment that was heard of.
    private var latest = Date.distantPast

    /// - Parameter interval: seconds between two questions about the same; nil: by age and by what is usual.
    package init(interval: Double? = nil) { pace = PollPace(interval: interval) }

    /// Nothing is left to ask, ever.
    package var isEmpty: Bool { entries.isEmpty && logs.isEmpty }
    /// The number of watched predictions.
    package var count: Int { entries.count }

    /// Watches a prediction from now on. `typical`: seconds that the model usually takes; nil: not known.
    package mutating func add(_ id: Prediction.ID, createdAt: Date, typical: Double?) {
        guard entries[id] == nil else { return }
        entries[id] = Entry(createdAt: createdAt, typical: typical, window: windows.add(id, createdAt: createdAt))
    }

    /// Stops watching; nothing happens when it is not watched.
    package mutating func remove(_ id: Prediction.ID) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        windows.remove(id, from: entry.window)
        singles.remove(id)
        logs.finish(id)
    }

    /// Whom somebody looks at; replaces who was looked at before.
    package mutating func watch(_ ids: Set<Prediction.ID>) {
        for id in singles where entries[id]?.isUnlisted == false && !ids.contains(id) {
            entries[id]?.isSingle = false
        }
        for id in ids where entries[id] != nil { entries[id]?.isSingle = true }
        singles = singles.union(ids).filter { entries[$0]?.isSingle == true }
    }

    /// The end of a prediction is known without its logs: fetched when there is time.
    package mutating func wantLogs(_ id: Prediction.ID) { logs.add(id) }

    /// Whom an order of this window is meant to show.
    package func members(of window: PollWindow.ID) -> Set<Prediction.ID> { windows[window]?.members ?? [] }

    // MARK: What to ask

    /// What to ask now; nil: nothing yet. What is returned must be reported with ``asked(_:unseen:now:)`` or
    /// ``failed(_:retryAfter:now:)``.
    package mutating func next(now: Date) -> Order? {
        if now < latest.addingTimeInterval(-2) { forgetTimes() }
        latest = now
        guard let due = dueAt(now: now), due <= now else { return nil }
        pace.take(now: now)
        let single = soonestSingle(now)
        let window = windows.soonest
        if let single, window.map({ single.due <= $0.dueAt }) ?? true, single.due <= now {
            entries[single.id]?.isBeingAsked = true
            return .get(single.id)
        }
        if let window, window.dueAt <= now {
            if window.members.count == 1, let id = window.members.first {
                // The only one of its window is cheaper to ask for than a page.
                rest(window.id, now)
                guard entries[id]?.isBeingAsked == false else { return nil }
                entries[id]?.isBeingAsked = true
                return .get(id)
            }
            windows.begin(window.id)
            return .window(window.id, from: window.from, to: window.to)
        }
        guard let id = logs.next(now: now) else { return nil }
        return .logs(id)
    }

    /// The clock has stepped back: what was due in a second would be due in an hour.
    private mutating func forgetTimes() {
        for id in entries.keys { entries[id]?.askedAt = nil }
        windows.makeAllDue()
        logs.makeDue()
        pace.forgetTimes()
    }

    /// When ``next(now:)`` will have something; nil: never, unless something is added or reported.
    package func dueAt(now: Date) -> Date? {
        let candidates = [soonestSingle(now)?.due, windows.soonest?.dueAt, logs.dueAt].compactMap { $0 }
        guard let soonest = candidates.min() else { return nil }
        return max(soonest, pace.openAt(windows: windows.count))
    }

    private func soonestSingle(_ now: Date) -> (id: Prediction.ID, due: Date)? {
        singles.lazy
            .compactMap { id -> (id: Prediction.ID, due: Date)? in
                guard let entry = entries[id], !entry.isBeingAsked else { return nil }
                guard let asked = entry.askedAt else { return (id, .distantPast) }
                // Together, those who are looked at cost as much as one.
                let share = Double(max(singles.count, 1))
                return (id, asked.addingTimeInterval(interval(entry, asked) * share))
            }
            .min { ($0.due, $0.id.rawValue) < ($1.due, $1.id.rawValue) }
    }

    // MARK: What came of it

    /// An order was answered. `unseen` are members of the window that no page showed: they are asked for singly from
    /// now on.
    package mutating func asked(_ order: Order, unseen: Set<Prediction.ID> = [], now: Date) {
        pace.succeeded()
        switch order {
        case .get(let id):
            entries[id]?.isBeingAsked = false
            entries[id]?.askedAt = now
        case .window(let window, _, _):
            for id in unseen where entries[id] != nil {
                entries[id]?.isUnlisted = true
                entries[id]?.isSingle = true
                singles.insert(id)
            }
            rest(window, now)
        case .logs(let id): logs.finish(id)
        }
    }

    /// Asking failed: a state of the connection, not of any prediction. Waits longer each time, up to 10 s, or as long
    /// as the server asks.
    package mutating func failed(_ order: Order, retryAfter: Double?, now: Date) {
        pace.failed(retryAfter: retryAfter, now: now)
        switch order {
        case .get(let id): entries[id]?.isBeingAsked = false
        case .window(let window, _, _): windows.end(window, dueAt: now)
        case .logs(let id): logs.postpone(id, now: now)
        }
    }

    /// The window is due again when its most urgent member is.
    private mutating func rest(_ id: PollWindow.ID, _ now: Date) {
        guard let window = windows[id] else { return }
        var interval: Double?
        for member in window.members {
            guard let entry = entries[member], !entry.isSingle else { continue }
            let own = self.interval(entry, now)
            interval = min(interval ?? own, own)
        }
        // With everybody looked at singly, a page tells nothing new.
        windows.end(id, dueAt: now.addingTimeInterval(interval ?? 5))
    }

    private func interval(_ entry: Entry, _ now: Date) -> Double {
        pace.interval(entry.createdAt, entry.typical, isAlone: entries.count == 1, now)
    }
}
