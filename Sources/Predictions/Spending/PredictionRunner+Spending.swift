import Foundation
package import History
package import Money
package import Pricing
package import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
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

    /// ``history(of:)`` without asking anybody.
    package nonisolated func knownHistory(of path: String) -> RunHistory {
        RunHistory(
            runs: ((try? store.pastRuns(of: path)) ?? []).map(RunHistory.Run.init),
            overruns: ((try? store.overruns(of: path)) ?? []).map(RunHistory.Run.init),
            exampleSeconds: ((try? store.exampleTimes(of: path)) ?? nil)?.seconds ?? [],
            hardware: hardware(of: path)
        )
    }

    /// What the model runs on, as the settings or an earlier answer say; nil: nobody has said.
    nonisolated func hardware(of path: String) -> String? {
        let known = namedHardware[path.lowercased()] ?? (try? store.hardware(of: path)) ?? nil
        return known.flatMap { $0.isEmpty ? nil : $0 }
    }

    // MARK: What was paid

    /// What a run did cost: as it was booked, or worked out where it has ended and is not booked; nil before its end.
    package nonisolated func cost(of run: RunRecord) -> ActualCost? {
        if let cost = run.cost { return cost }
        guard let prediction = run.prediction, prediction.isFinished else { return nil }
        let isPublic = ((try? store.model(prediction.model)) ?? nil)?.model.isPublic
        return paid(run, prediction, hardware: hardware(of: prediction.model), isPublic: isPublic)
    }

    /// The same from what is in memory, for the booking of an end.
    func paid(_ run: RunRecord, _ prediction: Prediction) -> ActualCost {
        paid(
            run,
            prediction,
            hardware: hardware(forBooking: prediction.model),
            isPublic: known(prediction.model)?.model.isPublic
        )
    }

    private nonisolated func paid(
        _ run: RunRecord,
        _ prediction: Prediction,
        hardware: String?,
        isPublic: Bool?
    ) -> ActualCost {
        let cost = prices.actual(prediction, input: run.input, hardware: hardware, isPublic: isPublic)
        // Some of what the price came from, such as the size of pictures, is not told by the server at the end.
        if case .unknown = cost, prediction.status == .succeeded, case .exact(let money, let because) = run.estimate {
            return .estimated(money, because: "from the estimate, because the server counted nothing: \(because)")
        }
        return cost
    }

    /// Asked for again after a few seconds only: many ends may come at once.
    private func hardware(forBooking model: String) -> String? {
        if let seen = skus[model], seen.at.timeIntervalSinceNow > -5 { return seen.sku }
        let sku = hardware(of: model)
        if skus.count >= 256 { skus = [:] }
        skus[model] = (sku, Date())
        return sku
    }

    private func exampleSeconds(of model: Model) async -> [Double] {
        let known = try? store.exampleTimes(of: model.path)
        if let known, known.fetchedAt.timeIntervalSinceNow > -7 * 86_400 { return known.seconds }
        guard let reference = ModelReference(model.path),
            let examples = try? await client.examples(of: reference)
        else { return known?.seconds ?? [] }
        let seconds = examples.results.filter { $0.status == .succeeded }.compactMap(\.predictTime)
        try? store.saveExampleTimes(seconds, of: model.path, at: Date())
        return seconds
    }

    // MARK: A guard in time

    /// How long a run may take before the server is to end it; nil: as long as it likes.
    ///
    /// Never less than a minute: a model that boots is not one that hangs.
    func deadline(of run: RunRecord) -> Duration? {
        guard let factor = spending.cancelAfter, let typical = typical(of: run.model) else { return nil }
        return .seconds(max(60, (typical * factor).rounded(.up)))
    }
}

extension RunHistory.Run {
    fileprivate init(_ run: PastRun) {
        self.init(input: run.input, seconds: run.seconds, cost: run.cost, estimate: run.estimate)
    }
}
