package import Composing
import Foundation
package import History
package import ReplicateAPI
package import ReplicateClient
import Synchronization

/// A model that was asked for, and what composing needs to know of the version that will be run.
package struct ModelAnswer: Sendable {
    /// The API's answer about the latest version.
    package let model: Model
    /// Of the version that was asked for.
    package let details: ModelDetails
}

/// A model that was looked up, with what would be read from it for every run.
struct KnownModel: Sendable {
    let model: Model
    /// nil where the model has no version that says what it takes.
    let schema: InputSchema?
    /// Of the latest version.
    let output: OutputSchema
    let fetchedAt: Date

    init(_ model: Model, fetchedAt: Date) {
        self.model = model
        self.fetchedAt = fetchedAt
        schema = model.latestVersion?.inputSchema
        output = model.latestVersion?.outputSchema ?? .anything
    }

    /// Seen within the hour.
    var isFresh: Bool { fetchedAt.timeIntervalSinceNow > -3_600 }
}

/// Models and versions as they were last seen, in memory and in the history, and asked for where that is too long ago.
///
/// Any thread may call it.
package final class ModelCatalogue: Sendable {
    private struct Seen {
        /// By `owner/name`.
        var models: [String: KnownModel] = [:]
        /// Pinned versions, by `owner/name:version`.
        var versions: [String: ModelVersion] = [:]
        /// Seconds that runs of a model usually take, by its reference.
        var typicals: [String: Double] = [:]
    }

    private let store: HistoryStore
    private let client: APIClient
    private let seen = Mutex(Seen())

    /// Knows at first what the history remembers.
    package init(store: HistoryStore, client: APIClient) {
        self.store = store
        self.client = client
    }

    // MARK: Without asking the server

    /// A model as it was last seen, however long ago; nil when it never was.
    func known(_ path: String) -> KnownModel? {
        if let known = seen.withLock({ $0.models[path] }), known.isFresh { return known }
        // Another process may have seen it since.
        guard let stored = (try? store.models.model(path)) ?? nil else { return nil }
        let known = KnownModel(stored.model, fetchedAt: stored.fetchedAt)
        keep(known)
        return known
    }

    /// What the model of a run takes; nil where that is not known.
    ///
    /// - Parameter model: `owner/name` or `owner/name:version`.
    func schema(of model: String) -> InputSchema? { ModelReference(model).flatMap { known($0.path)?.schema } }

    /// The model as it was last seen; nil when it never was, or not in the version named.
    package func seenDetails(of reference: ModelReference) -> ModelDetails? {
        guard let stored = (try? store.models.model(reference.path)) ?? nil else { return nil }
        if let id = reference.version, id != stored.model.latestVersion?.id { return nil }
        return ModelDetails(stored.model, as: reference)
    }

    /// What ``version(toRun:asking:)`` gives, where that is known without asking the server; else nil.
    func knownVersion(toRun text: String) -> String? {
        guard let reference = ModelReference(text) else { return nil }
        if reference.version != nil { return reference.description }
        guard let known = known(reference.path), known.isFresh else { return nil }
        return Self.version(of: known.model, reference)
    }

    /// What a creating request names: `owner/name` for official models, `owner/name:version` for others.
    static func version(of model: Model, _ reference: ModelReference) -> String {
        if model.isOfficial { return reference.path }
        guard let version = model.latestVersion?.id, ModelReference.isVersion(version) else { return reference.path }
        return "\(reference.path):\(version)"
    }

    /// Seconds from sending to end that runs of the model usually take; nil before there were two.
    func typical(of model: String) -> Double? {
        if let known = seen.withLock({ $0.typicals[model] }) { return known }
        guard let past = try? store.past.durations(model), past.count >= 2 else { return nil }
        let median = past.sorted()[past.count / 2]
        seen.withLock { $0.typicals[model] = median }
        return median
    }

    // MARK: Asking the server

    /// A model, and whether the server was asked for it.
    struct Lookup: Sendable {
        let model: Model
        let wasAsked: Bool
    }

    /// A model that was seen within the hour, else from the API.
    ///
    /// - Parameter asking: asks the server even where it was seen.
    func lookUp(_ reference: ModelReference, asking: Bool = false) async throws(APIError) -> Lookup {
        if !asking, let known = known(reference.path), known.isFresh {
            return Lookup(model: known.model, wasAsked: false)
        }
        let model = try await client.model(reference)
        let now = Date()
        keep(KnownModel(model, fetchedAt: now))
        try? store.models.save(model, at: now)
        return Lookup(model: model, wasAsked: true)
    }

    /// A version of a model. It never changes, so it is asked for once.
    ///
    /// - Parameter reference: names the version.
    private func version(_ id: String, of reference: ModelReference) async throws(APIError) -> ModelVersion {
        let key = "\(reference.path):\(id)"
        if let known = seen.withLock({ $0.versions[key] }) { return known }
        let version = try await client.version(of: reference)
        seen.withLock { seen in
            // Callers of the service may name any version.
            if seen.versions.count >= 64 { seen.versions = [:] }
            seen.versions[key] = version
        }
        return version
    }

    /// What composing needs of the model in the version that the reference names. The server is asked for a version that
    /// is not the latest.
    func answer(_ model: Model, for reference: ModelReference) async throws(APIError) -> ModelAnswer {
        guard let id = reference.version, id != model.latestVersion?.id else {
            return ModelAnswer(model: model, details: ModelDetails(model, as: reference))
        }
        let version = try await version(id, of: reference)
        return ModelAnswer(model: model, details: ModelDetails(model, as: reference, version: version))
    }

    private func keep(_ known: KnownModel) {
        seen.withLock { seen in
            // Callers of the service may name any model.
            if seen.models.count >= 256 { seen.models = [:] }
            seen.models[known.model.path] = known
        }
    }
}
