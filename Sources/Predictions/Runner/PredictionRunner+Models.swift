package import Composing
import Foundation
import History
package import ReplicateAPI
import ReplicateClient

/// A model that was asked for, and what composing needs to know of the version that will be run.
package struct ModelAnswer: Sendable {
    package let model: Model
    package let details: ModelDetails
}

extension PredictionRunner {
    /// The model and, where one is named, the version: what is known if it was seen within the hour, else from the API.
    ///
    /// Throws ``APIError/Code/notFound`` where there is no such model, or no such version of it.
    package func details(
        of reference: ModelReference,
        asking: Bool = false
    ) async throws(APIError) -> ModelAnswer {
        let model = try await model(reference, asking: asking)
        guard let id = reference.version, id != model.latestVersion?.id else {
            return ModelAnswer(model: model, details: ModelDetails(model, as: reference))
        }
        let version = try await version(id, of: reference)
        return ModelAnswer(model: model, details: ModelDetails(model, as: reference, version: version))
    }

    /// A version never changes, so it is asked for once.
    private func version(_ id: String, of reference: ModelReference) async throws(APIError) -> ModelVersion {
        let key = "\(reference.path):\(id)"
        if let known = versions[key] { return known }
        let version = try await client.version(of: reference)
        // Anybody may name any version.
        if versions.count >= 64 { versions = [:] }
        versions[key] = version
        return version
    }

    /// The model as it was last seen, without asking anybody; nil when it never was, or not in the version named.
    package nonisolated func seenDetails(of reference: ModelReference) -> ModelDetails? {
        guard let stored = (try? store.model(reference.path)) ?? nil else { return nil }
        if let id = reference.version, id != stored.model.latestVersion?.id { return nil }
        return ModelDetails(stored.model, as: reference)
    }
}
