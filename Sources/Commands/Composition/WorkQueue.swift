import Foundation

/// What a ``WorkerPool`` has to do, and who waits for a time.
///
/// `@unchecked`: everything is guarded by the condition.
final class WorkQueue: @unchecked Sendable {
    private struct Sleeper {
        /// By ``MonotonicCondition/now``.
        let end: Double
        let continuation: CheckedContinuation<Void, Never>
    }

    private let condition = MonotonicCondition()
    private var jobs: [UnownedJob] = []
    /// Jobs of ``jobs`` that were taken already.
    private var taken = 0
    private var sleepers: [UUID: Sleeper] = [:]
    /// Those whose task was canceled before they lay down.
    private var restless: Set<UUID> = []
    /// When the one thread that keeps the clock looks at it again; nil: no thread does.
    private var alarm: Double?

    func add(_ job: UnownedJob) {
        condition.withLock {
            jobs.append(job)
            condition.signal()
        }
    }

    func wake(_ continuation: CheckedContinuation<Void, Never>, _ id: UUID, after duration: Duration) {
        let isCanceled = condition.withLock {
            if restless.remove(id) != nil { return true }
            let end = MonotonicCondition.now + max(0, duration / .seconds(1))
            sleepers[id] = Sleeper(end: end, continuation: continuation)
            // Whoever keeps the clock must hear of an earlier end.
            if alarm.map({ end < $0 }) ?? true { condition.broadcast() }
            return false
        }
        if isCanceled { continuation.resume() }
    }

    func wakeNow(_ id: UUID) {
        let sleeper = condition.withLock {
            let sleeper = sleepers.removeValue(forKey: id)
            if sleeper == nil { restless.insert(id) }
            return sleeper
        }
        sleeper?.continuation.resume()
    }

    func forget(_ id: UUID) { condition.withLock { _ = restless.remove(id) } }

    /// Waits for a job, and wakes whose time has come meanwhile.
    func next() -> UnownedJob {
        while true {
            let (job, due) = take()
            // Not under the lock: what is woken may come back as a job at once.
            for sleeper in due { sleeper.continuation.resume() }
            if let job { return job }
        }
    }

    /// Returns with a job, or with those whose time has come.
    private func take() -> (UnownedJob?, [Sleeper]) {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let due = removeDue()
            if !due.isEmpty { return (nil, due) }
            if taken < jobs.count {
                let job = jobs[taken]
                taken += 1
                // Where there is always another, the end is never reached.
                if taken == 1_024 {
                    jobs.removeFirst(taken)
                    taken = 0
                }
                // Another keeps the clock while this one works.
                if alarm == nil, !sleepers.isEmpty { condition.signal() }
                return (job, [])
            }
            jobs.removeAll(keepingCapacity: true)
            taken = 0
            let first = sleepers.values.map(\.end).min()
            guard let first, alarm.map({ first < $0 }) ?? true else {
                condition.wait()
                continue
            }
            alarm = first
            condition.wait(until: first)
            if alarm == first { alarm = nil }
        }
    }

    private func removeDue() -> [Sleeper] {
        guard !sleepers.isEmpty else { return [] }
        let now = MonotonicCondition.now
        let due = sleepers.filter { $0.value.end <= now }
        for id in due.keys { sleepers[id] = nil }
        return Array(due.values)
    }
}
