import Foundation
import History
import Logging
import ReplicateAPI

/// What the runner has to do; see ``RunnerState``.
enum RunnerEffect: Sendable {
    /// Tell a change to those who show or serve it.
    case tell(RunUpdate)
    case log(RunnerLogEntry)
    /// Wake those who wait for the end of a run; nil: it is not worked on here any more.
    case wake(RunRecord.ID, RunRecord?)
    /// A submission is journaled, or nothing of it is.
    case answerSubmission(UUID, Result<[OrderedRun], any Error>)
    case begin(RunnerTask)
}

/// A line for the log.
enum RunnerLogEntry: Hashable, Sendable {
    case takenOver(RunRecord.ID, Prediction.ID?)
    case lookedFor(RunRecord.ID)
    case movedToNewVersion(RunRecord.ID, model: String)
    case notSent(RunRecord.ID)
    case notWritten(reason: String)
    case requestFailed(APIError)
}

extension Logger {
    func record(_ entry: RunnerLogEntry) {
        switch entry {
        case .takenOver(let id, let prediction):
            warning(
                "another process has taken the run over",
                metadata: ["run": "\(id)", "prediction": "\(prediction?.rawValue ?? "none")"]
            )
        case .lookedFor(let id):
            warning("the answer to a creation was lost; it is looked for", metadata: ["run": "\(id)"])
        case .movedToNewVersion(let id, let model):
            notice("a run goes to a newer version", metadata: ["run": "\(id)", "model": "\(model)"])
        case .notSent(let id):
            error("the journal cannot be written; nothing was sent", metadata: ["run": "\(id)"])
        case .notWritten(let reason): error("the history cannot be written", metadata: ["error": "\(reason)"])
        case .requestFailed(let error):
            notice("a request failed", metadata: ["request": "\(error.request)", "code": "\(error.code.rawValue)"])
        }
    }
}
