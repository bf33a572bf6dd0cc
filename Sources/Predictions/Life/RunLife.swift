import Foundation
import History
import Money
import ReplicateAPI

/// The life of a run: what an event makes of its record, and what is to be done then. Pure.
///
/// Each event has one function; its switch over the stages has a line for every arrow of the life of a run.
enum RunLife {
    /// Seconds until creations are tried again where the API could not be asked.
    static let outagePause = 2.0
    /// Seconds until creations are tried again where the journal could not be written.
    static let journalPause = 5.0
    /// Seconds for which a fresh prediction may be unknown to some of the server.
    static let propagation = 60.0
    /// Seconds after which a prediction that the server does not know is given up.
    static let longestUnknown = 86_400.0

    /// - Parameter now: the server's time.
    static func advance(_ run: inout RunRecord, by event: RunEvent, now: Date) -> [RunStep] {
        switch event {
        case .resumed: resumed(&run)
        case .versionFound(let version): versionFound(&run, version)
        case .versionNotFound(let error): versionNotFound(&run, error, now)
        case .begun(let permit): begun(&run, permit)
        case .notJournaled: notJournaled(&run)
        case .stopped: stopped(&run)
        case .secretsForgotten: secretsForgotten(&run, now)
        case .created(let prediction): created(&run, prediction)
        case .notCreated(let error, let version): notCreated(&run, error, version, now)
        case .movedToNewVersion(let input, let notice): moved(&run, input, notice, now)
        case .versionGone(let error): versionGone(&run, error, now)
        case .found(let prediction): found(&run, prediction)
        case .notFound(let reason, let candidates): notFound(&run, reason, candidates)
        case .belongsToAnother(let prediction): belongsToAnother(&run, prediction)
        case .reported(let prediction): reported(&run, prediction)
        case .unknownToServer: unknownToServer(&run, now)
        case .watchedAgain: watchedAgain(&run)
        case .logsFetched(let prediction): logsFetched(&run, prediction)
        case .cancelRequested: cancelRequested(&run, now)
        case .savingBegun: savingBegun(&run)
        case .booked(let booking): booked(&run, booking, now)
        case .outputSaved(let saved, let index, let prediction):
            changeOutput(&run, index, of: prediction) { $0.take(saved) }
        case .outputFailed(let reason, let index, let prediction):
            changeOutput(&run, index, of: prediction) { $0.failure = "not saved: \(reason)" }
        case .savingPaused: savingPaused(&run)
        case .savingEnded(let valuesFile, let prediction): savingEnded(&run, valuesFile, prediction)
        }
    }

    // MARK: Sending

    private static func resumed(_ run: inout RunRecord) -> [RunStep] {
        switch run.stage {
        case .queued: return [.queue]
        case .sending:
            // The process died between the request and its answer: only the server knows.
            run.stage = .unclear
            return [.write, .lookFor]
        case .unclear: return [.lookFor]
        case .accepted: return accepted(run)
        case .resendable, .settled, .refused: return []
        }
    }

    /// What an accepted run needs, wherever its prediction came from.
    private static func accepted(_ run: RunRecord) -> [RunStep] {
        guard let prediction = run.prediction else { return [] }
        if prediction.isFinished { return [.book] }
        return run.cancelRequestedAt == nil ? [.watch] : [.watch, .cancel]
    }

    private static func versionFound(_ run: inout RunRecord, _ version: String) -> [RunStep] {
        switch run.stage {
        case .queued: [.begin(version: version)]
        // It was canceled while the model was looked up.
        case .sending, .unclear, .resendable, .accepted, .settled, .refused: [.leavePlace]
        }
    }

    private static func versionNotFound(_ run: inout RunRecord, _ error: APIError, _ now: Date) -> [RunStep] {
        switch run.stage {
        case .queued where error.isTransient:
            [.reportOutage(error), .pauseSending(seconds: max(outagePause, error.wait ?? 0)), .queue, .leavePlace]
        // The runner has stopped; the next start finds the run queued.
        case .queued where error.code == .canceled: [.leavePlace]
        case .queued: refuse(&run, error, now)
        case .sending, .unclear, .resendable, .accepted, .settled, .refused: [.leavePlace]
        }
    }

    private static func begun(_ run: inout RunRecord, _ permit: SendPermit) -> [RunStep] {
        switch run.stage {
        case .queued:
            run.stage = .sending
            run.sentAt = permit.sentAt
            run.sentSkew = permit.sentSkew
            return [.tell, .send(permit)]
        // A new run is journaled as sending where it may be sent at once, and told of then.
        case .sending: return [.send(permit)]
        // It was canceled while the journal was written. Its end is written after that.
        case .unclear, .resendable, .accepted, .settled, .refused: return [.leavePlace]
        }
    }

    private static func notJournaled(_ run: inout RunRecord) -> [RunStep] {
        switch run.stage {
        case .queued: [.reportUnwritten, .pauseSending(seconds: journalPause), .queue, .leavePlace]
        case .sending, .unclear, .resendable, .accepted, .settled, .refused: [.leavePlace]
        }
    }

    private static func stopped(_ run: inout RunRecord) -> [RunStep] {
        switch run.stage {
        case .queued, .sending:
            run.stage = .queued
            run.sentAt = nil
            run.sentSkew = nil
            return [.write, .leavePlace]
        case .unclear, .resendable, .accepted, .settled, .refused: return [.leavePlace]
        }
    }

    private static func secretsForgotten(_ run: inout RunRecord, _ now: Date) -> [RunStep] {
        switch run.stage {
        case .queued, .sending:
            let reason = "its secret inputs are not kept, and this is another process: run it again"
            return end(&run, as: .refused, reason, now) + [.leavePlace]
        case .unclear, .resendable, .accepted, .settled, .refused: return [.leavePlace]
        }
    }

    private static func created(_ run: inout RunRecord, _ prediction: Prediction) -> [RunStep] {
        switch run.stage {
        case .sending:
            run.stage = .accepted
            run.prediction = prediction
            run.logs = prediction.logs ?? ""
            return [.countCreation, .writeThenTell] + accepted(run) + [.leavePlace]
        case .queued, .unclear, .resendable, .accepted, .settled, .refused: return [.leavePlace]
        }
    }

    private static func notCreated(
        _ run: inout RunRecord,
        _ error: APIError,
        _ version: String,
        _ now: Date
    ) -> [RunStep] {
        switch run.stage {
        case .sending: return unsent(&run, error, version, now)
        case .queued, .unclear, .resendable, .accepted, .settled, .refused: return [.leavePlace]
        }
    }

    /// A creation went out at most once, and is repeated by itself only where the server certainly created nothing.
    private static func unsent(
        _ run: inout RunRecord,
        _ error: APIError,
        _ version: String,
        _ now: Date
    ) -> [RunStep] {
        switch error.effect {
        case .refused where error.code == .rateLimited:
            if run.cancelRequestedAt != nil { return withdraw(&run, now) + [.leavePlace] }
            run.stage = .queued
            // The server's own answer, and the only one that says how much may be created.
            return [.write, .slowDown(seconds: max(1, error.wait ?? 5)), .queue, .leavePlace]
        case .notSent where error.isTransient:
            if run.cancelRequestedAt != nil { return withdraw(&run, now) + [.leavePlace] }
            run.stage = .queued
            return [.write, .reportOutage(error), .pauseSending(seconds: outagePause), .queue, .leavePlace]
        // The place is kept until it is known whether the run can go to another version.
        case .refused where error.saysGone: return [.findNewVersion(than: version, error)]
        case .notSent, .refused: return refuse(&run, error, now)
        case .unclear:
            run.stage = .unclear
            return [.write, .lookFor, .leavePlace]
        }
    }

    private static func moved(
        _ run: inout RunRecord,
        _ input: JSONObject,
        _ notice: String,
        _ now: Date
    ) -> [RunStep] {
        switch run.stage {
        case .sending where run.cancelRequestedAt != nil: return withdraw(&run, now) + [.leavePlace]
        case .sending:
            run.input = input
            run.stage = .queued
            return [.write, .notice(notice), .queue, .leavePlace]
        case .queued, .unclear, .resendable, .accepted, .settled, .refused: return [.leavePlace]
        }
    }

    private static func versionGone(_ run: inout RunRecord, _ error: APIError, _ now: Date) -> [RunStep] {
        switch run.stage {
        case .sending: refuse(&run, error, now)
        case .queued, .unclear, .resendable, .accepted, .settled, .refused: [.leavePlace]
        }
    }

    // MARK: Looking for a creation whose answer was lost

    private static func found(_ run: inout RunRecord, _ prediction: Prediction) -> [RunStep] {
        switch run.stage {
        case .unclear:
            run.become(prediction)
            return [.write] + accepted(run)
        case .queued, .sending, .resendable, .accepted, .settled, .refused: return []
        }
    }

    private static func notFound(_ run: inout RunRecord, _ reason: String, _ candidates: [String]) -> [RunStep] {
        switch run.stage {
        case .unclear:
            run.stage = .resendable
            run.failure = reason
            run.candidates = candidates
            return [.writeEnd]
        case .queued, .sending, .resendable, .accepted, .settled, .refused: return []
        }
    }

    /// A lost twin with the same input took the prediction for its own. Then the twin's, if there is one, is this run's:
    /// the two cannot be told apart, and neither may be left behind.
    private static func belongsToAnother(_ run: inout RunRecord, _ prediction: Prediction.ID) -> [RunStep] {
        switch run.stage {
        case .accepted, .settled:
            guard run.prediction?.id == prediction else { return [] }
            run.stage = .unclear
            run.prediction = nil
            run.cost = nil
            run.finishedAt = nil
            run.outputs = []
            return [.release(prediction), .write, .lookFor]
        case .queued, .sending, .unclear, .resendable, .refused: return []
        }
    }

    // MARK: Watching

    private static func reported(_ run: inout RunRecord, _ prediction: Prediction) -> [RunStep] {
        switch run.stage {
        case .accepted:
            guard let before = run.prediction, before.id == prediction.id, !before.isFinished else { return [] }
            let logs = run.logs
            run.prediction = prediction
            if let said = prediction.logs, !said.isEmpty { run.logs = said }
            if prediction.isFinished { return [.write, .unwatch(prediction.id), .book] }
            if prediction == before, run.logs == logs { return [] }
            // Progress need not be durable.
            return prediction.status == before.status ? [.tell] : [.write]
        case .queued, .sending, .unclear, .resendable, .settled, .refused: return []
        }
    }

    /// A fresh prediction may take a moment to be known everywhere, and another account's token knows none of ours. Only
    /// after a day it is given up.
    private static func unknownToServer(_ run: inout RunRecord, _ now: Date) -> [RunStep] {
        switch run.stage {
        case .accepted:
            guard let prediction = run.prediction, !prediction.isFinished else { return [] }
            let age = now.timeIntervalSince(prediction.createdAt ?? run.createdAt)
            if age <= propagation { return [] }
            if age <= longestUnknown {
                let failure = "the server does not know it; is this the account's token?"
                let isTold = run.failure == failure
                run.failure = failure
                return [.unwatch(prediction.id)] + (isTold ? [] : [.write]) + [.watchAgainLater]
            }
            run.cost = .unknown(reason: "the server no longer knows it")
            return end(&run, as: .settled, "the server no longer knows this prediction", now)
        case .queued, .sending, .unclear, .resendable, .settled, .refused: return []
        }
    }

    private static func watchedAgain(_ run: inout RunRecord) -> [RunStep] {
        switch run.stage {
        case .accepted: run.prediction?.isFinished == false ? accepted(run) : []
        case .queued, .sending, .unclear, .resendable, .settled, .refused: []
        }
    }

    private static func logsFetched(_ run: inout RunRecord, _ prediction: Prediction) -> [RunStep] {
        switch run.stage {
        case .accepted:
            guard run.prediction?.id == prediction.id else { return [] }
            run.prediction = prediction
            run.logs = prediction.logs ?? ""
            return [.write]
        case .queued, .sending, .unclear, .resendable, .settled, .refused: return []
        }
    }

    /// The run stays what it is until the server confirms; one that succeeded anyway is saved.
    private static func cancelRequested(_ run: inout RunRecord, _ now: Date) -> [RunStep] {
        switch run.stage {
        case .queued:
            run.cancelRequestedAt = now
            return withdraw(&run, now)
        // Without an id there is nothing to cancel yet: it is done as soon as there is one.
        case .sending, .unclear:
            run.cancelRequestedAt = now
            return [.write]
        case .accepted:
            run.cancelRequestedAt = now
            return [.write, .cancel]
        case .resendable, .settled, .refused: return []
        }
    }

    // MARK: After the end

    private static func savingBegun(_ run: inout RunRecord) -> [RunStep] {
        switch run.stage {
        // More of it may be wanted, or saved, than when it was put in line.
        case .accepted: run.prediction?.isFinished == true ? [.book] : []
        case .queued, .sending, .unclear, .resendable, .settled, .refused: []
        }
    }

    private static func booked(_ run: inout RunRecord, _ booking: Booking, _ now: Date) -> [RunStep] {
        switch run.stage {
        case .accepted:
            guard let prediction = run.prediction, prediction.isFinished else { return [] }
            // What was booked once stays: by now a price may have changed, or the server may have removed the inputs.
            if run.cost?.money == nil || run.finishedAt == nil {
                // The moment decides in which budget it counts: it is never before the sending, nor in the future.
                let earliest = run.sentAt ?? run.createdAt
                run.finishedAt = max(earliest, min(prediction.completedAt ?? now, max(now, earliest)))
                run.cost = booking.cost
            }
            run.readOutput(of: prediction, schema: booking.schema)
            if run.hasUnsavedOutputs { return [.save] }
            run.stage = .settled
            return [.writeEnd]
        case .queued, .sending, .unclear, .resendable, .settled, .refused: return []
        }
    }

    /// Changes what is known of one output, unless the record has another prediction by now.
    private static func changeOutput(
        _ run: inout RunRecord,
        _ index: Int,
        of prediction: Prediction.ID,
        _ change: (inout RunRecord.Output) -> Void
    ) -> [RunStep] {
        switch run.stage {
        case .accepted:
            guard run.prediction?.id == prediction, run.outputs.indices.contains(index) else { return [] }
            change(&run.outputs[index])
            return []
        case .queued, .sending, .unclear, .resendable, .settled, .refused: return []
        }
    }

    private static func savingPaused(_ run: inout RunRecord) -> [RunStep] {
        switch run.stage {
        // Told now: a person may have to make room on the disk.
        case .accepted: [.write]
        case .queued, .sending, .unclear, .resendable, .settled, .refused: []
        }
    }

    private static func savingEnded(
        _ run: inout RunRecord,
        _ valuesFile: String?,
        _ prediction: Prediction.ID
    ) -> [RunStep] {
        switch run.stage {
        case .accepted:
            // An exchange with a twin may have given the run another prediction meanwhile.
            guard let own = run.prediction, own.id == prediction, own.isFinished else { return [] }
            run.valuesFile = valuesFile ?? run.valuesFile
            run.stage = .settled
            return [.writeEnd]
        case .queued, .sending, .unclear, .resendable, .settled, .refused: return []
        }
    }

    // MARK: Ends

    /// Takes back a run that was never created.
    private static func withdraw(_ run: inout RunRecord, _ now: Date) -> [RunStep] {
        run.cost = .free(reason: "it was never sent")
        return [.leaveQueue] + end(&run, as: .refused, "canceled before it was sent: free", now)
    }

    private static func refuse(_ run: inout RunRecord, _ error: APIError, _ now: Date) -> [RunStep] {
        run.refusal = error.code
        let invalid = error.invalidFields.isEmpty ? [] : [RunStep.tellInvalid(error.invalidFields)]
        return end(&run, as: .refused, error.explanation, now) + invalid + [.leavePlace]
    }

    private static func end(
        _ run: inout RunRecord,
        as stage: RunRecord.Stage,
        _ failure: String,
        _ now: Date
    ) -> [RunStep] {
        run.stage = stage
        run.failure = failure
        run.finishedAt = now
        if stage == .refused, run.cost == nil {
            run.cost = .free(reason: "it was never created")
        }
        return [.writeEnd]
    }
}

extension RunRecord {
    /// Takes the prediction that was found for this run.
    mutating func become(_ found: Prediction) {
        stage = .accepted
        prediction = found
        candidates = []
        failure = nil
    }

    /// Reads what the ended prediction made, and why it failed; keeps what is saved of it.
    ///
    /// What was made before it failed or was canceled is paid for as well.
    fileprivate mutating func readOutput(of prediction: Prediction, schema: OutputSchema) {
        failure = prediction.failure
        let before = outputs
        if !prediction.dataRemoved || before.isEmpty {
            outputs = OutputContent(prediction.output, schema: schema).files.enumerated().map { index, url in
                before.indices.contains(index) && before[index].url == url ? before[index] : Output(url: url)
            }
        }
        if prediction.succeededWithoutOutput, schema.isFilesOnly || prediction.countsFiles {
            let reason = Prediction.lastLine(ofLogs: prediction.logs ?? logs)
            failure = "nothing was made" + (reason.map { ": \($0)" } ?? "; the model gave no reason")
        } else if prediction.status == .succeeded, outputs.isEmpty, schema.isFilesOnly, let output = prediction.output {
            let text = output.text()
            let shown = text.count > 120 ? text.prefix(119) + "…" : text[...]
            failure = "what was made is no file that can be fetched: \(shown)"
        }
    }
}

extension Prediction {
    /// Why it failed, as a part of a sentence; nil: it did not, or it was canceled.
    fileprivate var failure: String? {
        switch status {
        case .failed: error ?? "the model gave no reason"
        case .canceled, .aborted, .succeeded: nil
        default: "ended with the status \(status.rawValue)"
        }
    }

    /// The server counts files that this model makes, be it none of them.
    fileprivate var countsFiles: Bool {
        ["image_output_count", "image_count", "video_output_count", "audio_output_count"].contains {
            metrics[$0] != nil
        }
    }
}

extension APIError {
    /// The server does not know what the request named, or not any more. Nothing was created.
    var saysGone: Bool { code == .versionNotPermitted || code == .notFound }

    /// Seconds the server asks to wait; nil when it does not.
    var wait: Double? {
        retryAfter.map { Double($0.components.seconds) + Double($0.components.attoseconds) / 1e18 }
    }
}

extension RunRecord.Output {
    fileprivate mutating func take(_ saved: OutputSaver.Saved) {
        path = saved.path
        size = saved.size
        sha256 = saved.sha256
        downloadedSize = saved.downloadedSize
        downloadedSHA256 = saved.downloadedSHA256
        contentType = saved.contentType
        failure = nil
    }
}
