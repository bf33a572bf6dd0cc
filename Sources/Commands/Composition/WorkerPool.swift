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
