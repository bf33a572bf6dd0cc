import Foundation
import History
import ReplicateAPI
import ReplicateClient

/// Runs that this process takes over. A claim is one transaction, and gives nothing where another living process works on
/// the run.
///
/// A run in flight that was sent, or is to be sent, with another token or to another address is left alone, unless the
/// server has just shown its prediction to this one.
extension JournalWriter {
    /// Everything in flight that belongs to no other living process.
    func claimInFlight() throws -> [RunRecord] {
        let account = account
        let mine = Set(try store.claimInFlight { $0 == nil || $0 == account })
        return try store.inFlight().filter { mine.contains($0.id) }
    }

    /// One run in flight as it stands; nil also where it is not in flight.
    ///
    /// - Parameter queued: also one that was never sent.
    func claimInFlight(_ id: RunRecord.ID, queued: Bool) throws -> RunRecord? {
        try store.claim(id) { run, _ in
            run.isInFlight && run.belongs(to: account) && (queued || run.stage != .queued)
        }
    }

    /// One run in flight, to cancel it; one that was never sent also where another living process has it in line.
    func claimToCancel(_ id: RunRecord.ID) throws -> RunRecord? {
        try store.claim(id, takesQueued: true) { run, _ in
            // Whoever cancels one that was never sent asks no server.
            run.isInFlight && (run.belongs(to: account) || run.stage == .queued)
        }
    }

    /// One in flight as it stands, or one that ended without all of it on the disk, to try once more to save that; nil also
    /// where nothing is left to be done.
    ///
    /// - Parameters:
    ///   - savesOutputs: nil: as before.
    ///   - folder: an absolute path; nil: as before.
    func claimUnsaved(
        _ id: RunRecord.ID,
        savesOutputs: Bool?,
        folder: String?,
        now: Date
    ) throws -> RunRecord? {
        try store.claim(id) { run, _ in
            run.savesOutputs = savesOutputs ?? run.savesOutputs
            run.outputFolder = folder ?? run.outputFolder
            if run.isInFlight {
                run.account = account ?? run.account
                return true
            }
            guard run.savesOutputs, run.prediction?.isFinished == true else { return false }
            run.forget(Set(run.missingFiles))
            guard OutputTries.mayHelp(run, now: now) else { return false }
            run.stage = .accepted
            return true
        }
    }

    /// One that has ended, to fetch these files again; nil also where they are not to be had any more.
    func claimLostFiles(_ paths: Set<String>, of id: RunRecord.ID, now: Date) throws -> RunRecord? {
        try store.claim(id) { run, _ in
            guard run.prediction?.isFinished == true, !run.isInFlight else { return false }
            run.forget(paths)
            guard OutputTries.mayHelp(run, now: now) else { return false }
            run.stage = .accepted
            return true
        }
    }

    /// A lost run, which becomes this prediction; nil also where it is not lost any more, or another record has the
    /// prediction.
    ///
    /// - Parameter id: nil: of any lost run that the prediction could be.
    func claimLost(_ id: RunRecord.ID?, as prediction: Prediction) throws -> RunRecord? {
        let found = try id ?? store.resendable().first { $0.candidates.contains(prediction.id.rawValue) }?.id
        guard let found else { return nil }
        do {
            return try store.claim(found) { run, _ in
                guard run.stage == .resendable else { return false }
                run.become(run.withoutSecrets(prediction))
                run.account = account ?? run.account
                return true
            }
        } catch HistoryError.ownedByAnother {
            return nil
        }
    }

    /// A lost run that is to be sent again; nil also where it is not lost any more. Throws ``BudgetRefusal``.
    func claimToResend(_ id: RunRecord.ID, spending: SpendingPolicy, clock: ServerClock) throws -> RunRecord? {
        try store.claim(id) { run, reader in
            guard run.stage == .resendable else { return false }
            run.stage = .queued
            run.account = account ?? run.account
            run.failure = nil
            run.candidates = []
            var gate = try spending.gate(reader, clock: clock)
            try gate.admit([run.estimate])
            return true
        }
    }

    /// What ``follow(_:_:_:active:now:)`` has found.
    struct Followed: Sendable {
        let run: RunRecord
        /// This process is to go on with it.
        var isClaimed = false
        /// Its record is new, or was changed by the claim.
        var isChanged = false
    }

    /// Takes over the run that has a prediction, or makes one.
    ///
    /// One of this history is claimed as by ``claimUnsaved(_:savesOutputs:folder:now:)``. One that a lost run could be
    /// becomes that run's. Any other is journaled; what was booked of it before it was deleted stays.
    ///
    /// - Parameters:
    ///   - record: how it is journaled; it has a prediction.
    ///   - active: runs that this process works on: those are not claimed once more.
    func follow(
        _ record: RunRecord,
        _ savesOutputs: Bool?,
        _ folder: String?,
        active: Set<RunRecord.ID>,
        now: Date
    ) throws -> Followed {
        guard let prediction = record.prediction else { return Followed(run: record) }
        if let known = try store.run(predictionID: prediction.id.rawValue) {
            guard !active.contains(known.id),
                let claimed = try claimUnsaved(known.id, savesOutputs: savesOutputs, folder: folder, now: now)
            else { return Followed(run: known) }
            return Followed(run: claimed, isClaimed: true)
        }
        if let lost = try claimLost(nil, as: prediction) {
            return Followed(run: lost, isClaimed: true, isChanged: true)
        }
        var run = record
        run.savesOutputs = savesOutputs ?? run.savesOutputs
        run.outputFolder = folder ?? run.outputFolder
        _ = try store.write([]) { reader in
            if let deleted = try reader.deletedRun(of: prediction.id) { run.takeBooking(of: deleted) }
            return [run]
        }
        return Followed(run: run, isClaimed: true, isChanged: true)
    }

    /// Makes the prediction this run's; throws as ``HistoryStore/update(_:)-(RunRecord)``.
    func update(_ run: RunRecord) throws { try store.update(run) }

    /// Keeps the logs of a prediction whose run ended before they were there; nil: there is no such run any more.
    func keepLogs(_ logs: String, of prediction: Prediction) -> RunRecord? {
        guard let known = try? store.run(predictionID: prediction.id.rawValue) else { return nil }
        return try? store.claim(known.id) { run, _ in
            // Of secrets that are forgotten by now, a model may have written some there.
            guard !run.isInFlight, run.prediction?.id == prediction.id, run.secretInputs.isEmpty else { return false }
            run.logs = logs
            run.prediction = prediction
            return true
        }
    }
}
