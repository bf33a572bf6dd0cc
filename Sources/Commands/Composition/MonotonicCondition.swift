import CDispatch
import Glibc

/// A lock and a signal whose waits go by the monotonic clock: `NSCondition` would wait an hour longer when somebody sets
/// this machine's clock back by one.
///
/// `@unchecked`: both are made for use by many threads.
final class MonotonicCondition: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let signalled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(signalled, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(signalled)
        pthread_mutex_destroy(mutex)
        signalled.deallocate()
        mutex.deallocate()
    }

    /// Seconds since some moment, going on evenly whatever the machine's clock is set to.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    func lock() { pthread_mutex_lock(mutex) }
    func unlock() { pthread_mutex_unlock(mutex) }

    func withLock<Result>(_ body: () -> Result) -> Result {
        lock()
        defer { unlock() }
        return body()
    }

    func signal() { pthread_cond_signal(signalled) }
    func broadcast() { pthread_cond_broadcast(signalled) }

    /// Under the lock; may also return for no reason.
    func wait() { pthread_cond_wait(signalled, mutex) }

    /// As ``wait()``, and when the moment of ``now`` has come.
    func wait(until moment: Double) {
        var time = timespec(tv_sec: Int(moment), tv_nsec: Int((moment - moment.rounded(.down)) * 1e9))
        pthread_cond_timedwait(signalled, mutex, &time)
    }
}
