import Foundation
import ReplicateAPI
import ReplicateClient

/// The requests that a ``PollSchedule/Order`` stands for.
struct PollRequests: Sendable {
    let client: APIClient

    /// nil: the server does not know the prediction.
    func prediction(_ id: Prediction.ID) async throws(APIError) -> Prediction? {
        do { return try await client.prediction(id, retrying: false) } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// The prediction with its logs; nil: it has none, or is gone.
    func logs(of id: Prediction.ID) async throws(APIError) -> Prediction? {
        guard let whole = try await prediction(id), !whole.dataRemoved, let logs = whole.logs, !logs.isEmpty else {
            return nil
        }
        return whole
    }

    /// Reads the list over a window, until all of `members` were shown; returns those that were not. A page that cannot be
    /// read, such as one of rows with large inputs, shows nobody: they are asked for singly then.
    ///
    /// - Parameter take: takes in rows, and returns the predictions that they showed well enough.
    func sweep(
        _ members: Set<Prediction.ID>,
        from: Date,
        to: Date,
        take: ([PredictionRow]) async -> Set<Prediction.ID>
    ) async throws(APIError) -> Set<Prediction.ID> {
        var missing = members
        do throws(APIError) {
            var page = try await client.predictionRows(createdAfter: from, createdBefore: to)
            // Others' predictions may fill pages; a list without an end must not hold us.
            for _ in 0..<50 {
                missing.subtract(await take(page.results))
                guard !missing.isEmpty, let next = try await client.predictionRows(after: page) else { break }
                page = next
            }
        } catch {
            guard error.code == .invalidResponse else { throw error }
        }
        return missing
    }
}
