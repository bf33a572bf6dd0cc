import Composing
import Foundation
import Pricing
import ReplicateAPI
import Synchronization

/// What requests need to know of models, each asked for once an hour however many requests want it; what its earlier runs
/// took and cost, every few seconds.
final class ModelShelf: Sendable {
    struct Answer: Sendable {
        let details: ModelDetails
        let history: RunHistory
    }

    private struct Entry {
        var answer: Answer
        let fetchedAt: Date
        var historyAt: Date
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let fetch: @Sendable (ModelReference) async throws(APIError) -> ModelDetails
    private let history: @Sendable (ModelReference) async -> RunHistory
    /// Anybody may name any model: more than this many are not kept.
    private static let most = 1_000
    private static let historyLifetime = 5.0

    /// - Parameter history: of a model by its name as the API spells it.
    init(
        history: @escaping @Sendable (ModelReference) async -> RunHistory,
        fetch: @escaping @Sendable (ModelReference) async throws(APIError) -> ModelDetails
    ) {
        self.history = history
        self.fetch = fetch
    }

    func answer(for reference: ModelReference, now: Date = Date()) async throws(APIError) -> Answer {
        let key = reference.description
        let known = entries.withLock { $0[key] }
        if let known, now.timeIntervalSince(known.fetchedAt) < 3_600 {
            if abs(now.timeIntervalSince(known.historyAt)) < Self.historyLifetime { return known.answer }
            let answer = Answer(details: known.answer.details, history: await history(known.answer.details))
            keep(Entry(answer: answer, fetchedAt: known.fetchedAt, historyAt: now), key)
            return answer
        }
        let details = try await fetch(reference)
        let answer = Answer(details: details, history: await history(details))
        keep(Entry(answer: answer, fetchedAt: now, historyAt: now), key)
        return answer
    }

    private func history(_ details: ModelDetails) async -> RunHistory {
        guard let reference = ModelReference(details.pricedPath) else { return RunHistory() }
        return await history(reference)
    }

    private func keep(_ entry: Entry, _ key: String) {
        entries.withLock { entries in
            if entries.count >= Self.most, entries[key] == nil { entries = [:] }
            entries[key] = entry
        }
    }
}
