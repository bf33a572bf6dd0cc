import Foundation

/// One thread that runs an actor's jobs in order, and sleeps while there are none.
///
/// The journal waits for the disk: on a thread of its own that delays no other work.
package final class PollerThread: SerialExecutor {
    private let jobs = JobQueue()

    /// The thread ends when the last reference to this value has gone.
    package init(name: String) {
        let thread = Thread { [jobs] in
            while let (job, executor) = jobs.next() { job.runSynchronously(on: executor) }
        }
        thread.name = name
        thread.start()
    }

    deinit { jobs.close() }

    package func enqueue(_ job: consuming ExecutorJob) { jobs.add(UnownedJob(job), asUnownedSerialExecutor()) }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}

/// `@unchecked`: everything is guarded by the condition.
private final class JobQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [(UnownedJob, UnownedSerialExecutor)] = []
    /// Taken over from ``waiting`` as a whole and handed out one by one, last first.
    private var taken: [(UnownedJob, UnownedSerialExecutor)] = []
    private var isClosed = false

    func add(_ job: UnownedJob, _ executor: UnownedSerialExecutor) {
        condition.lock()
        waiting.append((job, executor))
        condition.signal()
        condition.unlock()
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.signal()
        condition.unlock()
    }

    /// Waits for a job; nil once closed. Called by the thread only.
    func next() -> (UnownedJob, UnownedSerialExecutor)? {
        if let job = taken.popLast() { return job }
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty, !isClosed { condition.wait() }
        taken = waiting.reversed()
        waiting = []
        return taken.popLast()
    }
}
