import FileTypes
import Foundation
import History
import Logging
import PictureMetadata
import ReplicateAPI
import ReplicateClient

/// Saves the outputs of one ended run: tries until everything is saved, or nothing can be any more.
struct OutputDelivery: Sendable {
    let client: APIClient
    let saver: OutputSaver
    let logger: Logger

    /// Tells each saved and each failed output, ``RunEvent/savingPaused`` between two tries, and
    /// ``RunEvent/savingEnded(valuesFile:of:)``.
    ///
    /// - Parameter rest: waits so many seconds without a place of ``Settling``; false when the runner is stopped.
    func run(_ work: RunWork, rest: (Double) async -> Bool) async {
        await work.happened(.savingBegun)
        guard let prediction = await work.record()?.prediction, prediction.isFinished else { return }
        var tries = OutputTries()
        // An exchange with a twin may give the run another prediction meanwhile.
        while let run = await current(work, prediction.id) {
            for index in tries.wanted(of: run) {
                do {
                    let saved = try await save(run.outputs[index], index, of: run, prediction)
                    await work.happened(.outputSaved(saved, index: index, of: prediction.id))
                } catch {
                    if error == .canceled { return }
                    // The answer brings the file with it.
                    if error == .inlineFileMissing { _ = try? await client.prediction(prediction.id, retrying: false) }
                    let reason = tries.failed(index, of: run, with: error, now: client.clock.now())
                    await work.happened(.outputFailed(reason: reason, index: index, of: prediction.id))
                }
            }
            guard let run = await current(work, prediction.id) else { return }
            if tries.isDone(run) {
                let valuesFile = await saveValues(of: run, prediction)
                return await work.happened(.savingEnded(valuesFile: valuesFile, of: prediction.id))
            }
            await work.happened(.savingPaused)
            guard await rest(tries.delay()) else { return }
        }
    }

    /// The run as it is now; nil: it is closed, or has another prediction.
    private func current(_ work: RunWork, _ prediction: Prediction.ID) async -> RunRecord? {
        guard let run = await work.record(), run.stage == .accepted, run.prediction?.id == prediction else {
            return nil
        }
        return run
    }

    private func save(
        _ output: RunRecord.Output,
        _ index: Int,
        of run: RunRecord,
        _ prediction: Prediction
    ) async throws(DownloadError) -> OutputSaver.Saved {
        try await saver.save(
            output.url,
            to: OutputPlace(run, prediction),
            index: index,
            expected: prediction.madeKind,
            metadata: PictureMetadata(run, prediction)
        )
    }

    /// Writes what is no file beside the files, with their names in place of their addresses; nil: nothing was written.
    private func saveValues(of run: RunRecord, _ prediction: Prediction) async -> String? {
        let names = run.outputs.compactMap { output in
            output.path.map { (output.url, URL(filePath: $0).lastPathComponent) }
        }
        guard run.valuesFile == nil, !names.isEmpty, run.values != nil, let output = prediction.output else {
            return nil
        }
        let document = output.replacing(Dictionary(names) { first, _ in first })
        do throws(DownloadError) {
            return try await saver.save(document, to: OutputPlace(run, prediction))
        } catch {
            // The history has all of it.
            logger.error("values were not written", metadata: ["run": "\(run.id)", "error": "\(error)"])
            return nil
        }
    }
}

extension Prediction {
    /// What the server counted among what the model made; nil: nothing that tells.
    fileprivate var madeKind: FileType.Kind? {
        func counted(_ name: String) -> Bool { (metrics[name]?.double ?? 0) > 0 }
        if counted("image_output_count") || counted("image_count") { return .picture }
        if counted("video_output_count") || counted("video_output_duration_seconds") { return .video }
        return counted("audio_output_count") || counted("audio_output_duration_seconds") ? .audio : nil
    }
}
