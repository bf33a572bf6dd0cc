import Foundation
import Synchronization

/// All predictions, and who waits for news of them. Safe from any thread.
final class PredictionStore: Sendable {
    private struct State {
        var records: [String: PredictionRecord] = [:]
        /// Ids in order of creation.
        var order: [String] = []
        var watchers: [String: [UUID: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.order.count } }

    func add(_ make: (_ sequence: Int) -> PredictionRecord) -> PredictionRecord {
        state.withLock { state in
            let record = make(state.order.count)
            state.records[record.id] = record
            state.order.append(record.id)
            return record
        }
    }

    subscript(id: String) -> PredictionRecord? { state.withLock { $0.records[id] } }

    /// Changes a prediction that has not ended; one that has is left alone and nil returned.
    @discardableResult
    func update(_ id: String, _ change: (inout PredictionRecord) -> Void) -> PredictionRecord? {
        state.withLock { state in
            guard var record = state.records[id], !record.status.isTerminal else { return nil }
            change(&record)
            state.records[id] = record
            for watcher in (state.watchers[id] ?? [:]).values { watcher.yield() }
            return record
        }
    }

    /// Newest first: at most `limit` predictions older than `sequence` that pass `filter`, and whether more follow.
    func page(
        before sequence: Int?,
        limit: Int,
        where filter: (PredictionRecord) -> Bool
    ) -> (rows: [PredictionRecord], more: Bool) {
        state.withLock { state in
            var rows: [PredictionRecord] = []
            for id in state.order.prefix(sequence ?? state.order.count).reversed() {
                guard let record = state.records[id], filter(record) else { continue }
                if rows.count == limit { return (rows, true) }
                rows.append(record)
            }
            return (rows, false)
        }
    }

    /// An element now and after every change; several changes may come as one.
    func changes(of id: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let key = UUID()
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.watchers[id]?[key] = nil }
        }
        state.withLock { $0.watchers[id, default: [:]][key] = continuation }
        continuation.yield()
        return stream
    }
}
