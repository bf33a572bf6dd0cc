import Foundation

/// A few threads for work in no order, and a clock for whoever waits: all of them sleep until there is something to do.
///
/// The runtime's own pool stands on libdispatch, which on Linux looks after its threads once a second from its first
/// job on, for ever: an idle studio would be woken for nothing.
final class WorkerPool: TaskExecutor {
    static let shared = WorkerPool(threads: max(2, ProcessInfo.processInfo.activeProcessorCount))

    private let queue = WorkQueue()

    private init(threads: Int) {
        for index in 1...threads {
            let thread = Thread { [unowned self] in
                // The pool is never let go of.
                while true { queue.next().runSynchronously(on: asUnownedTaskExecutor()) }
            }
            thread.name = "worker \(index)"
            thread.start()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) { queue.add(UnownedJob(job)) }

    /// As `Task.sleep`: ends early, by throwing, when the task is canceled.
    func sleep(for duration: Duration) async throws {
        let sleeper = UUID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { queue.wake($0, sleeper, after: duration) }
        } onCancel: {
            queue.wakeNow(sleeper)
        }
        queue.forget(sleeper)
        try Task.checkCancellation()
    }
}

/// `@unchecked`: everything is guarded by the condition.
private final class WorkQueue: @unchecked Sendable {
    private struct Sleeper {
        let end: Date
        let continuation: CheckedContinuation<Void, Never>
    }

    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []
    /// Jobs of ``jobs`` that were taken already.
    private var taken = 0
    private var sleepers: [UUID: Sleeper] = [:]
    /// Those whose task was canceled before they lay down.
    private var restless: Set<UUID> = []
    /// When the one thread that keeps the clock looks at it again; nil: no thread does.
    private var alarm: Date?

    func add(_ job: UnownedJob) {
        condition.withLock {
            jobs.append(job)
            condition.signal()
        }
    }

    func wake(_ continuation: CheckedContinuation<Void, Never>, _ id: UUID, after duration: Duration) {
        let isCanceled = condition.withLock {
            if restless.remove(id) != nil { return true }
            let end = Date(timeIntervalSinceNow: max(0, duration / .seconds(1)))
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
                defer { taken += 1 }
                // Another keeps the clock while this one works.
                if alarm == nil, !sleepers.isEmpty { condition.signal() }
                return (jobs[taken], [])
            }
            jobs.removeAll(keepingCapacity: true)
            taken = 0
            let first = sleepers.values.map(\.end).min()
            guard let first, alarm.map({ first < $0 }) ?? true else {
                condition.wait()
                continue
            }
            alarm = first
            _ = condition.wait(until: first)
            if alarm == first { alarm = nil }
        }
    }

    private func removeDue() -> [Sleeper] {
        guard !sleepers.isEmpty else { return [] }
        let now = Date()
        let due = sleepers.filter { $0.value.end <= now }
        for id in due.keys { sleepers[id] = nil }
        return Array(due.values)
    }
}
