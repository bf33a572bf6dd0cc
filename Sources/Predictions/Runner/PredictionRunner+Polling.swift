import Foundation
package import History
package import Pricing
import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    func ask(_ order: PollSchedule.Order) async {
        do {
            switch order {
            case .get(let id): take(try await client.prediction(id), isWhole: true)
            case .sweep(let createdAfter): try await sweep(createdAfter)
            }
            heard()
        } catch {
            if error.code == .notFound, case .get(let id) = order { return vanished(id) }
            failed(error)
        }
    }

    private func sweep(_ createdAfter: Date) async throws(APIError) {
        var page = try await client.predictions(createdAfter: createdAfter)
        for _ in 0..<100 {
            for prediction in page.results { take(prediction, isWhole: false) }
            guard let next = try await client.predictions(after: page) else { break }
            page = next
        }
    }

    /// What the server says of a prediction. Rows of a list bring no logs, so an end seen there is asked for once more.
    private func take(_ prediction: Prediction, isWhole: Bool) {
        guard let id = byPrediction[prediction.id], var run = active[id], run.stage == .accepted,
            run.prediction?.isFinished != true || isWhole
        else { return }
        if prediction.isFinished, !isWhole {
            work { await self.ask(.get(prediction.id)) }
            return
        }
        let before = run
        run.prediction = prediction
        if let logs = prediction.logs, !logs.isEmpty { run.logs = logs }
        guard run != before else { return }
        // Progress alone need not be durable; an end must be.
        if prediction.isFinished || prediction.status != before.prediction?.status {
            try? save(run)
        } else {
            active[id] = run
            onUpdate(.run(run))
        }
        if prediction.isFinished {
            schedule.remove(prediction.id)
            work { await self.settle(id) }
        }
    }

    /// The server no longer knows a prediction that it had accepted.
    private func vanished(_ prediction: Prediction.ID) {
        guard let id = byPrediction[prediction], var run = active[id] else { return schedule.remove(prediction) }
        // A fresh id may take a moment to be known everywhere.
        guard Date().timeIntervalSince(run.createdAt) > 60 else { return }
        run.stage = .settled
        run.failure = "the server no longer knows this prediction"
        run.finishedAt = Date()
        run.cost = RunRecord.Cost(kind: "unknown", amount: nil, because: "the server no longer knows it")
        try? finish(run)
    }

    // MARK: The end

    /// Saves what a finished run made, books what it cost, and closes the record.
    func settle(_ id: String) async {
        guard let run = active[id], let prediction = run.prediction, prediction.isFinished else { return }
        var done = run
        done.finishedAt = prediction.completedAt ?? client.clock.now()
        done.cost = RunRecord.Cost(
            prices.actual(prediction, input: run.input, hardware: hardware(of: prediction.model))
        )
        if prediction.status != .succeeded {
            done.failure = failureText(of: prediction)
            done.stage = .settled
            try? finish(done)
            return
        }
        done.outputs = prediction.outputURLs.enumerated().map { index, url in
            run.outputs.indices.contains(index) && run.outputs[index].url == url
                ? run.outputs[index] : RunRecord.Output(url: url)
        }
        try? save(done)
        if !unsaved.contains(id) { await saveOutputs(of: id, prediction) }
        guard var settled = active[id] else { return }
        settled.stage = .settled
        try? finish(settled)
    }

    private func failureText(of prediction: Prediction) -> String? {
        switch prediction.status {
        case .failed: prediction.error ?? "the model gave no reason"
        case .canceled, .aborted, .succeeded: nil
        default: "ended with the status \(prediction.status.rawValue)"
        }
    }

    private func saveOutputs(of id: String, _ prediction: Prediction) async {
        var attempt = 0
        var pending = Set((active[id]?.outputs ?? []).indices.filter { active[id]?.outputs[$0].path == nil })
        while !pending.isEmpty, !Task.isCancelled {
            for index in pending.sorted() {
                guard var run = active[id] else { return }
                do {
                    let saved = try await saver.save(
                        run.outputs[index].url,
                        prompt: run.prompt,
                        predictionID: prediction.id.rawValue,
                        index: index,
                        date: run.createdAt
                    )
                    run.outputs[index].path = saved.path
                    run.outputs[index].size = saved.size
                    run.outputs[index].sha256 = saved.sha256
                    run.outputs[index].contentType = saved.contentType
                    run.outputs[index].failure = nil
                    pending.remove(index)
                } catch {
                    if error == .canceled { return }
                    run.outputs[index].failure = "not saved: \(error)"
                    if !error.isTransient { pending.remove(index) }
                }
                // A cancel may have been asked for while this waited.
                run.cancelRequestedAt = active[id]?.cancelRequestedAt ?? run.cancelRequestedAt
                try? save(run)
            }
            attempt += 1
            guard !pending.isEmpty, attempt < 12, await rest(min(pow(2, Double(attempt)), 60)) else { return }
        }
    }

    /// Asks for the end of a run until the server says that it has ended.
    func confirmCancel(_ id: String) async {
        for attempt in 0..<20 {
            guard let run = active[id], run.stage != .settled else { return }
            if let prediction = run.prediction {
                if prediction.isFinished { return }
                do {
                    take(try await client.cancel(prediction.id), isWhole: true)
                    heard()
                    if active[id]?.prediction?.isFinished ?? true { return }
                } catch {
                    // It may just have ended by itself: the next look tells.
                    if !error.isTransient { return }
                    failed(error)
                }
            }
            guard await rest(min(0.5 * pow(1.5, Double(attempt)), 10)) else { return }
        }
    }
}

extension RunRecord.Cost {
    init(_ cost: ActualCost) {
        switch cost {
        case .free(let reason): self.init(kind: "free", amount: "0", because: reason)
        case .counted(let money, let because): self.init(kind: "counted", amount: "\(money.amount)", because: because)
        case .estimated(let money, let because):
            self.init(kind: "estimated", amount: "\(money.amount)", because: because)
        case .unknown(let reason): self.init(kind: "unknown", amount: nil, because: reason)
        }
    }
}

extension RunRecord {
    /// What the run cost; nil before its end.
    package var actualCost: ActualCost? {
        guard let cost else { return nil }
        let money = cost.amount.flatMap { Money($0) }
        return switch (cost.kind, money) {
        case ("free", _): .free(reason: cost.because)
        case ("counted", let money?): .counted(money, because: cost.because)
        case ("estimated", let money?): .estimated(money, because: cost.because)
        default: .unknown(reason: cost.because)
        }
    }

    /// What it was thought to cost.
    package var estimated: Estimate {
        guard let low = estimate.low.flatMap({ Money($0) }), let high = estimate.high.flatMap({ Money($0) }) else {
            return .unknown(reason: estimate.because)
        }
        return low == high
            ? .exact(low, because: estimate.because) : .range(low: low, high: high, because: estimate.because)
    }
}
