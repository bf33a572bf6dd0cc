import History
import Predictions

/// The history for the service: every question to it waits on a thread of its own kind, never on those that answer requests.
///
/// The disk may be busy and the database locked by another process for as long as it likes: then those wait who need it,
/// and nobody else. Reading does not stand behind writing.
struct HistoryDesk: Sendable {
    private let store: HistoryStore
    private let reader = DiskThread(name: "history reader")
    private let writer = DiskThread(name: "history writer")

    /// Who has waited for as long as that for the writer is sent away instead of written: nobody may be there any more.
    static let longestWait = Duration.seconds(15)

    /// Nothing was written: those before took too long.
    struct Busy: Error {}

    init(_ store: HistoryStore) { self.store = store }

    func read<Value: Sendable>(_ body: @Sendable (HistoryStore) throws -> Value) async throws -> Value {
        try await reader.perform { try body(store) }
    }

    func write<Value: Sendable>(_ body: @Sendable (HistoryStore) throws -> Value) async throws -> Value {
        try await writer.perform { try body(store) }
    }

    /// As ``write(_:)``, for somebody who waits; throws ``Busy`` when that took too long already.
    func writeInTime<Value: Sendable>(_ body: @Sendable (HistoryStore) throws -> Value) async throws -> Value {
        let limit = ContinuousClock.now + Self.longestWait
        return try await writer.perform {
            guard ContinuousClock.now < limit else { throw Busy() }
            return try body(store)
        }
    }
}

/// Does what may block, one after another.
private actor DiskThread {
    private let thread: PollerThread

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(name: String) { thread = PollerThread(name: name) }

    func perform<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value { try body() }
}
