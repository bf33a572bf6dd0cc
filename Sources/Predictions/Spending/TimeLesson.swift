import ReplicateClient
import Synchronization

/// Finds out the server's time, by which the budgets go.
final class TimeLesson: Sendable {
    private let client: APIClient
    private let pool: (any TaskExecutor)?
    private let lesson = Mutex<Task<Void, Never>?>(nil)

    /// - Parameter pool: where the request is made; nil: the runtime's pool.
    init(client: APIClient, pool: (any TaskExecutor)?) {
        self.client = client
        self.pool = pool
    }

    /// Asks the server for its time where that is not known; those who call meanwhile share one request. Where the server
    /// cannot be asked its time stays unknown.
    func learn() async {
        guard client.clock.skew == nil else { return }
        let task = lesson.withLock { lesson in
            let task =
                lesson
                ?? Task { [client, pool] in
                    await withTaskExecutorPreference(pool) { await client.synchronizeClock() }
                }
            lesson = task
            return task
        }
        await task.value
        lesson.withLock { if $0 == task { $0 = nil } }
    }
}
