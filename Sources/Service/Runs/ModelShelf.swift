import Foundation
import ReplicateAPI
import Synchronization

/// Input schemas of models, each asked for once an hour however many requests want it.
final class ModelShelf: Sendable {
    private struct Entry {
        let schema: InputSchema
        let fetchedAt: Date
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let fetch: @Sendable (ModelReference) async throws(APIError) -> Model
    /// Anybody may name any model: more than this many are not kept.
    private static let most = 1_000

    init(fetch: @escaping @Sendable (ModelReference) async throws(APIError) -> Model) { self.fetch = fetch }

    /// A schema without fields where the model publishes none: everything fits it.
    func schema(of reference: ModelReference, now: Date = Date()) async throws(APIError) -> InputSchema {
        if let known = entries.withLock({ $0[reference.path] }), now.timeIntervalSince(known.fetchedAt) < 3_600 {
            return known.schema
        }
        let schema = try await fetch(reference).latestVersion?.inputSchema ?? InputSchema(fields: [])
        entries.withLock { entries in
            if entries.count >= Self.most { entries = [:] }
            entries[reference.path] = Entry(schema: schema, fetchedAt: now)
        }
        return schema
    }
}
