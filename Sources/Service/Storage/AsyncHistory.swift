import History
import Predictions

/// The history as the service uses it: reads run on one thread, writes on another, and neither on the threads that answer
/// requests.
///
/// The disk may be busy, or another process may hold the lock of the database. Then only the requests that need the
/// database wait. Reads do not wait for writes.
struct AsyncHistory: Sendable {
    private let store: HistoryStore
    private let reader = DiskThread(name: "history reader")
    private let writer = DiskThread(name: "history writer")

    /// The longest time that a call of ``writeInTime(_:)`` waits for the writes before it.
    static let longestWait = Duration.seconds(15)

    /// The writes before this one took longer than ``longestWait``; nothing was written.
    struct Busy: Error {}

    init(_ store: HistoryStore) { self.store = store }

    func read<Value: Sendable>(_ body: @Sendable (HistoryStore) throws -> Value) async throws -> Value {
        try await reader.perform { try body(store) }
    }

    func write<Value: Sendable>(_ body: @Sendable (HistoryStore) throws -> Value) async throws -> Value {
        try await writer.perform { try body(store) }
    }

    /// Writes like ``write(_:)``, for a client that waits for the answer. Throws ``Busy`` instead of writing when the client
    /// has waited longer than ``longestWait``, because it may have disconnected.
    func writeInTime<Value: Sendable>(_ body: @Sendable (HistoryStore) throws -> Value) async throws -> Value {
        let limit = ContinuousClock.now + Self.longestWait
        return try await writer.perform {
            guard ContinuousClock.now < limit else { throw Busy() }
            return try body(store)
        }
    }
}

/// Runs blocking calls one after another on a thread of its own.
private actor DiskThread {
    private let thread: PollerThread

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(name: String) { thread = PollerThread(name: name) }

    func perform<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value { try body() }
}
