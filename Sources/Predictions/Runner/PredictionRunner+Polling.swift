import Foundation
import History
import Logging
import Money
import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    func ask(_ order: PollSchedule.Order) async {
        do throws(APIError) {
            var unseen: Set<Prediction.ID> = []
            switch order {
            case .get(let id):
                do {
                    take([try await client.prediction(id, retrying: false)])
                } catch  where error.code == .notFound {
                    missing(id)
                }
            case .window(let window, let from, let to): unseen = try await sweep(window, from: from, to: to)
            case .logs(let id): try await fetchLogs(of: id)
            }
            heard()
            schedule.asked(order, unseen: unseen, now: client.clock.now())
        } catch {
            schedule.failed(order, retryAfter: error.wait, now: client.clock.now())
            if error.code != .canceled { failed(error) }
        }
    }

    /// Reads the list over a window; returns its members that were not in it, or not well enough.
    private func sweep(
        _ window: PollWindow.ID,
        from: Date,
        to: Date
    ) async throws(APIError) -> Set<Prediction.ID> {
        var missing = schedule.members(of: window)
        var page = try await client.predictionRows(createdAfter: from, createdBefore: to)
        // Others' predictions may fill pages; a list without an end must not hold us.
        for _ in 0..<50 {
            missing.subtract(take(page.results))
            guard !missing.isEmpty, let next = try await client.predictionRows(after: page) else { break }
            page = next
        }
        // What was added meanwhile, or has ended, is no concern of this order.
        return missing.filter { byPrediction[$0] != nil }
    }

    /// Takes in what rows of a list say; returns whom they showed well enough.
    private func take(_ rows: [PredictionRow]) -> Set<Prediction.ID> {
        var shown: Set<Prediction.ID> = []
        var changed: [Prediction] = []
        for row in rows {
            guard let id = byPrediction[row.id], let run = active[id] else { continue }
            if row.status == run.prediction?.status, !row.isFinished {
                shown.insert(row.id)
            } else if let prediction = row.prediction, prediction.isComplete {
                shown.insert(row.id)
                changed.append(prediction)
            }
        }
        take(changed)
        for prediction in changed where prediction.isFinished && prediction.logs == nil {
            schedule.wantLogs(prediction.id)
        }
        return shown
    }

    /// What the server says of predictions, taken in together: one write for all of them.
    func take(_ predictions: [Prediction]) {
        var changed: [RunRecord] = []
        for prediction in predictions {
            guard let id = byPrediction[prediction.id], var run = active[id], run.stage == .accepted,
                run.prediction?.isFinished != true
            else { continue }
            let before = run
            let prediction = secrets.cleaned(prediction, of: run)
            run.prediction = prediction
            if let logs = prediction.logs, !logs.isEmpty { run.logs = logs }
            if run == before { continue }
            if prediction.status == before.prediction?.status, !prediction.isFinished {
                // Progress need not be durable.
                active[id] = run
                onUpdate(.run(run))
            } else {
                changed.append(run)
            }
            if prediction.isFinished { schedule.remove(prediction.id) }
        }
        if !changed.isEmpty { save(changed) }
        for run in changed where run.prediction?.isFinished == true { settle(run.id) }
    }

    /// The server does not know a prediction that it had accepted: a fresh one may take a moment to be known
    /// everywhere, and another account's token knows none of ours. Only after a day it is given up.
    private func missing(_ prediction: Prediction.ID) {
        guard let id = byPrediction[prediction], var run = active[id] else { return schedule.remove(prediction) }
        let age = client.clock.now().timeIntervalSince(run.prediction?.createdAt ?? run.createdAt)
        guard age > 60 else { return }
        guard age > 86_400 else {
            schedule.remove(prediction)
            let failure = "the server does not know it; is this the account's token?"
            if run.failure != failure {
                run.failure = failure
                save(run)
            }
            return work { if await self.rest(60) { await self.lookAgain(for: id) } }
        }
        run.stage = .settled
        run.failure = "the server no longer knows this prediction"
        run.finishedAt = client.clock.now()
        run.cost = .unknown(reason: "the server no longer knows it")
        finish(run)
    }

    private func lookAgain(for id: String) {
        guard let run = active[id], run.prediction?.isFinished == false else { return }
        adopt(run)
        pump()
    }

    // MARK: Logs after the end

    /// Has the logs of an ended run fetched that has none; once, and within the hour in which they exist.
    func wantLogs(of id: String) {
        guard let run = try? store.run(id), run.logs.isEmpty, let prediction = run.prediction, prediction.isFinished,
            let end = prediction.completedAt, client.clock.now().timeIntervalSince(end) < 3_600,
            askedForLogs.insert(prediction.id).inserted
        else { return }
        // A failure is of no consequence: what the run made is saved already.
        work { try? await self.fetchLogs(of: prediction.id) }
    }

    private func fetchLogs(of prediction: Prediction.ID) async throws(APIError) {
        let whole: Prediction
        do { whole = try await client.prediction(prediction, retrying: false) } catch {
            // One that is gone has no logs any more.
            if error.code == .notFound { return }
            throw error
        }
        guard !whole.dataRemoved, let logs = whole.logs, !logs.isEmpty else { return }
        if let id = byPrediction[prediction], var run = active[id] {
            run.prediction = secrets.cleaned(whole, of: run)
            run.logs = run.prediction?.logs ?? ""
            save(run)
        } else if let known = try? store.run(predictionID: prediction.rawValue) {
            let changed = try? store.claim(known.id) { run, _ in
                // Of secrets that are forgotten by now, a model may have written some there.
                guard !run.isInFlight, run.prediction?.id == prediction, run.secretInputs.isEmpty else { return false }
                run.logs = logs
                run.prediction = whole
                return true
            }
            if let changed { onUpdate(.run(changed)) }
        }
    }
}

extension Prediction {
    /// A row of a list may be thinner than a single answer: an end without what it made has to be asked for singly.
    fileprivate var isComplete: Bool {
        guard isFinished else { return true }
        // What failed may have made something all the same.
        guard status == .succeeded else { return raw["output"] != nil || dataRemoved || status == .aborted }
        // Why nothing was made is told by the log, which rows do not have.
        return (dataRemoved || !succeededWithoutOutput) && !metrics.isEmpty
    }
}
