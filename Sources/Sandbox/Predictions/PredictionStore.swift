import Foundation
import Synchronization

/// All predictions, and who waits for news of them. Safe from any thread.
final class PredictionStore: Sendable {
    private struct State {
        var records: [String: PredictionRecord] = [:]
        /// Ids in order of creation, and when that was.
        var order: [String] = []
        var times: [Date] = []
        var watchers: [String: [UUID: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.order.count } }

    /// The place in the order and the time of creation are given under one lock, so that both grow together.
    func add(at time: () -> Date, _ make: (_ sequence: Int, _ now: Date) -> PredictionRecord) -> PredictionRecord {
        state.withLock { state in
            let now = max(time(), state.times.last ?? .distantPast)
            let record = make(state.order.count, now)
            state.records[record.id] = record
            state.order.append(record.id)
            state.times.append(now)
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

    /// Newest first: at most `limit` predictions older than `sequence`, created from `start` (inclusive) until `end`
    /// (exclusive), and whether more follow.
    func page(
        before sequence: Int?,
        from start: Date?,
        until end: Date?,
        limit: Int
    ) -> (rows: [PredictionRecord], more: Bool) {
        state.withLock { state in
            let first = start.map { Self.index(of: $0, in: state.times) } ?? 0
            let last = min(end.map { Self.index(of: $0, in: state.times) } ?? state.order.count, sequence ?? .max)
            guard first < last else { return ([], false) }
            let rows = state.order[max(first, last - limit)..<last].reversed().compactMap { state.records[$0] }
            return (rows, last - limit > first)
        }
    }

    /// The first place whose time is not before `date`.
    private static func index(of date: Date, in times: [Date]) -> Int {
        var range = 0..<times.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range = times[middle] < date ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
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
