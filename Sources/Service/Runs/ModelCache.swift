import Composing
import Foundation
import Pricing
import ReplicateAPI
import Synchronization

/// What requests need to know about models. The API is asked for each model once an hour at most; the times and costs of its
/// earlier runs are read from the history every few seconds at most.
final class ModelCache: Sendable {
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
    /// Models that are kept. Clients may name any model, so there must be a limit.
    private static let most = 1_000
    /// Seconds after which the earlier runs are read again.
    private static let historyLifetime = 5.0

    /// - Parameters:
    ///   - history: reads the earlier runs of a model; its name is as the API spells it.
    ///   - fetch: asks the API for a model.
    init(
        history: @escaping @Sendable (ModelReference) async -> RunHistory,
        fetch: @escaping @Sendable (ModelReference) async throws(APIError) -> ModelDetails
    ) {
        self.history = history
        self.fetch = fetch
    }

    /// - Throws: what `fetch` throws; nothing is kept then.
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
