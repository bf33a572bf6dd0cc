import Foundation
package import History
package import Money
package import Pricing
package import ReplicateAPI
package import ReplicateClient
import Synchronization

/// What runs have cost and taken, as prices and estimates need it.
///
/// Any thread may call it.
package final class RunCosts: Sendable {
    private struct Hardware {
        let sku: String?
        let askedAt: Date
    }

    private let store: HistoryStore
    private let client: APIClient
    private let prices: PriceBook
    private let models: ModelCatalogue
    /// What the settings say of the hardware of models, by `owner/name` in lower case.
    private let namedHardware: [String: String]
    /// What models run on, by `owner/name`, and when the history was asked for that.
    private let hardware = Mutex<[String: Hardware]>([:])

    /// - Parameter namedHardware: by `owner/name`; goes before what the history knows.
    package init(
        store: HistoryStore,
        client: APIClient,
        prices: PriceBook,
        models: ModelCatalogue,
        namedHardware: [String: String]
    ) {
        self.store = store
        self.client = client
        self.prices = prices
        self.models = models
        self.namedHardware = Dictionary(namedHardware.map { ($0.key.lowercased(), $0.value) }) { $1 }
    }

    // MARK: What earlier runs teach

    /// What is known of a model's earlier runs. The API is asked for public examples only where the model is billed by
    /// time and there are too few runs of one's own; that they cannot be had is no error.
    package func history(of model: Model) async -> RunHistory {
        var history = knownHistory(of: model.path)
        let isTimed = prices.isBilledByTime(model.path, isOfficial: model.isOfficial)
        guard isTimed, history.seconds.count < 3 else { return history }
        history.exampleSeconds = await exampleSeconds(of: model)
        return history
    }

    /// ``history(of:)`` without asking the server.
    package func knownHistory(of path: String) -> RunHistory {
        RunHistory(
            runs: ((try? store.past.succeeded(path)) ?? []).map(RunHistory.Run.init),
            overruns: ((try? store.past.overruns(path)) ?? []).map(RunHistory.Run.init),
            exampleSeconds: ((try? store.models.exampleTimes(of: path)) ?? nil)?.seconds ?? [],
            hardware: hardware(of: path)
        )
    }

    /// What the model runs on, as the settings or an earlier answer say; nil where neither does.
    private func hardware(of path: String) -> String? {
        let known = namedHardware[path.lowercased()] ?? (try? store.models.hardware(of: path)) ?? nil
        return known.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func exampleSeconds(of model: Model) async -> [Double] {
        let known = try? store.models.exampleTimes(of: model.path)
        if let known, known.fetchedAt.timeIntervalSinceNow > -7 * 86_400 { return known.seconds }
        guard let reference = ModelReference(model.path),
            let examples = try? await client.examples(of: reference)
        else { return known?.seconds ?? [] }
        let seconds = examples.results.filter { $0.status == .succeeded }.compactMap(\.predictTime)
        try? store.models.saveExampleTimes(seconds, of: model.path, at: Date())
        return seconds
    }

    // MARK: What was paid

    /// What a run did cost: as it was booked, or worked out where it has ended and is not booked; nil before its end.
    package func cost(of run: RunRecord) -> ActualCost? {
        if let cost = run.cost { return cost }
        guard let prediction = run.prediction, prediction.isFinished else { return nil }
        let isPublic = ((try? store.models.model(prediction.model)) ?? nil)?.model.isPublic
        return paid(run, prediction, hardware: hardware(of: prediction.model), isPublic: isPublic)
    }

    /// What an ended run has cost and how its output is read, from what is in memory.
    func booking(of run: RunRecord, _ prediction: Prediction) -> Booking {
        Booking(cost: paid(run, prediction), schema: outputSchema(of: run, prediction))
    }

    /// What the model says of its output; of another version than the one that ran nothing is known.
    private func outputSchema(of run: RunRecord, _ prediction: Prediction) -> OutputSchema {
        let path = ModelReference(run.model)?.path ?? prediction.model
        guard let known = models.known(path) else { return .anything }
        let isOther =
            ModelReference.isVersion(prediction.version) && prediction.version != known.model.latestVersion?.id
        return isOther ? .anything : known.output
    }

    private func paid(_ run: RunRecord, _ prediction: Prediction) -> ActualCost {
        paid(
            run,
            prediction,
            hardware: hardware(forBooking: prediction.model),
            isPublic: models.known(prediction.model)?.model.isPublic
        )
    }

    private func paid(_ run: RunRecord, _ prediction: Prediction, hardware: String?, isPublic: Bool?) -> ActualCost {
        let cost = prices.actual(prediction, input: run.input, hardware: hardware, isPublic: isPublic)
        // Some of what the price came from, such as the size of pictures, is not told by the server at the end.
        if case .unknown = cost, prediction.status == .succeeded, case .exact(let money, let because) = run.estimate {
            return .estimated(money, because: "from the estimate, because the server counted nothing: \(because)")
        }
        return cost
    }

    /// The history is asked again after a few seconds only: many ends may come at once.
    private func hardware(forBooking model: String) -> String? {
        if let seen = hardware.withLock({ $0[model] }), seen.askedAt.timeIntervalSinceNow > -5 { return seen.sku }
        let sku = hardware(of: model)
        hardware.withLock { hardware in
            if hardware.count >= 256 { hardware = [:] }
            hardware[model] = Hardware(sku: sku, askedAt: Date())
        }
        return sku
    }
}

extension RunHistory.Run {
    fileprivate init(_ run: PastRun) {
        self.init(input: run.input, seconds: run.seconds, cost: run.cost, estimate: run.estimate)
    }
}
