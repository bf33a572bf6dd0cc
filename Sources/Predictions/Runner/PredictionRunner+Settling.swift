import FileTypes
import Foundation
package import History
import Logging
package import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    /// Ends that are worked on at once: each is a few downloads.
    private static let mostSettling = 8
    /// Files are gone an hour after the end; a little later there is nothing left to try.
    private static let outputLifetime = 3_600.0 + 600
    /// Storage may take some minutes to know everywhere what was put there: that long, and so many tries.
    private static let earlyMinutes = 600.0
    private static let earlyTries = 9

    /// Books what a finished run cost, and closes its record: at once where nothing is to be fetched, else when it was its
    /// turn and what it made is saved.
    func settle(_ id: String) {
        guard book(id) != nil else { return }
        toSettle.append(id)
        settleMore()
    }

    /// Takes over a run that nobody works on: one in flight as it stands, one that ended without all of it on the disk to
    /// try once more to save that. nil when somebody works on it, or nothing is left to be done.
    ///
    /// - Parameters: as for ``follow(_:origin:savesOutputs:folder:)``.
    func claim(_ id: String, savesOutputs: Bool?, folder: String?) throws -> RunRecord? {
        try store.claim(id) { run, _ in
            run.savesOutputs = savesOutputs ?? run.savesOutputs
            run.outputFolder = folder ?? run.outputFolder
            if run.isInFlight { return true }
            guard run.savesOutputs, run.prediction?.isFinished == true else { return false }
            run.forget(Set(run.missingFiles))
            guard mayBeFetched(run) else { return false }
            run.stage = .accepted
            return true
        }
    }

    private func settleMore() {
        while settling < Self.mostSettling, !toSettle.isEmpty {
            let id = toSettle.removeFirst()
            settling += 1
            work {
                await self.fetch(id)
                await self.settled()
            }
        }
    }

    private func settled() {
        settling -= 1
        settleMore()
    }

    private func fetch(_ id: String) async {
        // More of it may be wanted, or saved, than when it was put in line.
        guard let prediction = book(id) else { return }
        await saveOutputs(of: id, prediction)
    }

    /// Books what a finished run cost, and closes its record unless outputs are to be saved: then it is returned.
    private func book(_ id: String) -> Prediction? {
        guard var run = active[id], let prediction = run.prediction, prediction.isFinished else { return nil }
        run.finishedAt = prediction.completedAt ?? client.clock.now()
        run.cost = paid(run, prediction)
        run.failure = prediction.status == .succeeded ? nil : Self.failure(of: prediction)
        // What was made before it failed or was canceled is paid for as well.
        let schema = outputSchema(of: run, prediction)
        let before = run.outputs
        if !prediction.dataRemoved || before.isEmpty {
            run.outputs = OutputContent(prediction.output, schema: schema).files.enumerated().map { index, url in
                before.indices.contains(index) && before[index].url == url ? before[index] : RunRecord.Output(url: url)
            }
        }
        if prediction.succeededWithoutOutput, schema.isFilesOnly || prediction.countsFiles {
            let reason = Prediction.lastLine(ofLogs: prediction.logs ?? run.logs)
            run.failure = "nothing was made" + (reason.map { ": \($0)" } ?? "; the log does not say why")
        }
        active[id] = run
        // What stands in the answer has no address at which it could stay.
        let isMissing = run.outputs.contains { output in
            output.path == nil && (run.savesOutputs || InlineFiles.isReference(output.url))
        }
        guard !isMissing else { return prediction }
        close(id)
        return nil
    }

    /// What the model says of its output; of another version than the one that ran nothing is known.
    private func outputSchema(of run: RunRecord, _ prediction: Prediction) -> OutputSchema {
        let path = ModelReference(run.model)?.path ?? prediction.model
        guard let known = known(path) else { return .anything }
        let isOther =
            ModelReference.isVersion(prediction.version) && prediction.version != known.model.latestVersion?.id
        return isOther ? .anything : known.output
    }

    private static func failure(of prediction: Prediction) -> String? {
        switch prediction.status {
        case .failed: prediction.error ?? "the model gave no reason"
        case .canceled, .aborted, .succeeded: nil
        default: "ended with the status \(prediction.status.rawValue)"
        }
    }

    private func close(_ id: String) {
        guard var run = active[id] else { return }
        run.stage = .settled
        finish(run)
    }

    /// Tries until everything is saved, or nothing can be any more.
    private func saveOutputs(of id: String, _ prediction: Prediction) async {
        var lost: Set<Int> = []
        var attempt = 0
        // An exchange with a twin may give the run another prediction meanwhile.
        while let run = active[id], run.prediction?.id == prediction.id {
            for (index, output) in run.outputs.enumerated() where output.path == nil && !lost.contains(index) {
                guard run.savesOutputs || InlineFiles.isReference(output.url) else {
                    lost.insert(index)
                    continue
                }
                do {
                    let saved = try await saver.save(
                        output.url,
                        in: run.outputFolder,
                        prompt: run.prompt,
                        predictionID: prediction.id.rawValue,
                        index: index,
                        date: run.createdAt,
                        expected: prediction.madeKind
                    )
                    change(id, prediction.id, index) { output in
                        output.path = saved.path
                        output.size = saved.size
                        output.sha256 = saved.sha256
                        output.contentType = saved.contentType
                        output.failure = nil
                    }
                } catch {
                    if error == .canceled { return }
                    // The answer brings the file with it.
                    if error == .inlineFileMissing { _ = try? await client.prediction(prediction.id, retrying: false) }
                    let isHopeless = !mayComeRight(error, run, attempt)
                    if isHopeless { lost.insert(index) }
                    let reason = isHopeless ? error.description : error.descriptionForNow
                    change(id, prediction.id, index) { $0.failure = "not saved: \(reason)" }
                }
            }
            guard let run = active[id], run.prediction?.id == prediction.id else { return }
            let isDone = run.outputs.enumerated().allSatisfy { $0.element.path != nil || lost.contains($0.offset) }
            if isDone {
                await saveValues(of: run, prediction)
                return close(id)
            }
            // Told now: a person may have to make room on the disk.
            save(run)
            attempt += 1
            // Others may settle while this one waits.
            settling -= 1
            settleMore()
            let goesOn = await rest(min(pow(2, Double(min(attempt, 6))), 60))
            settling += 1
            guard goesOn else { return }
        }
    }

    /// Writes what is no file beside the files, with their names in place of their addresses.
    private func saveValues(of run: RunRecord, _ prediction: Prediction) async {
        let names = run.outputs.compactMap { output in
            output.path.map { (output.url, URL(filePath: $0).lastPathComponent) }
        }
        guard run.valuesFile == nil, !names.isEmpty, run.values != nil, let output = prediction.output else { return }
        let document = output.replacing(Dictionary(names) { first, _ in first })
        do throws(DownloadError) {
            let path = try await saver.save(
                document,
                in: run.outputFolder,
                prompt: run.prompt,
                predictionID: prediction.id.rawValue,
                date: run.createdAt
            )
            active[run.id]?.valuesFile = path
        } catch {
            // The history has all of it.
            logger.error("values were not written", metadata: ["run": "\(run.id)", "error": "\(error)"])
        }
    }

    private func change(
        _ id: String,
        _ prediction: Prediction.ID,
        _ index: Int,
        _ body: (inout RunRecord.Output) -> Void
    ) {
        guard var run = active[id], run.prediction?.id == prediction, run.outputs.indices.contains(index) else {
            return
        }
        body(&run.outputs[index])
        active[id] = run
    }

    private func mayComeRight(_ error: DownloadError, _ run: RunRecord, _ attempt: Int) -> Bool {
        switch error.retryability {
        case .always: !isTooLate(run)
        case .initially: attempt < Self.earlyTries && sinceEnd(of: run) < Self.earlyMinutes
        case .never: false
        }
    }

    /// Something is not on the disk that may still be had: what stands in the answer itself can be for ever.
    func mayBeFetched(_ run: RunRecord) -> Bool {
        let isLate = isTooLate(run)
        return run.outputs.contains { $0.path == nil && (!isLate || $0.url.hasPrefix("data:")) }
    }

    private func isTooLate(_ run: RunRecord) -> Bool { sinceEnd(of: run) > Self.outputLifetime }

    /// In seconds.
    private func sinceEnd(of run: RunRecord) -> Double {
        let end = run.prediction?.completedAt ?? run.finishedAt
        return end.map { client.clock.now().timeIntervalSince($0) } ?? 0
    }
}

extension RunRecord {
    /// What it made that is no file; nil: nothing but files, or nothing.
    package var values: JSONValue? {
        if outputs.isEmpty { return prediction?.content.values }
        return prediction?.output?.removing(Set(outputs.map(\.url)))
    }
}

extension Prediction {
    /// The server counts files that this model makes, be it none of them.
    fileprivate var countsFiles: Bool {
        ["image_output_count", "image_count", "video_output_count", "audio_output_count"].contains {
            metrics[$0] != nil
        }
    }

    /// What the server counted among what the model made; nil: nothing that tells.
    fileprivate var madeKind: FileType.Kind? {
        func counted(_ name: String) -> Bool { (metrics[name]?.double ?? 0) > 0 }
        if counted("image_output_count") || counted("image_count") { return .picture }
        if counted("video_output_count") || counted("video_output_duration_seconds") { return .video }
        return counted("audio_output_count") || counted("audio_output_duration_seconds") ? .audio : nil
    }
}
