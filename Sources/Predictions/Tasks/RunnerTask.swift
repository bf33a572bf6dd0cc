import History
import ReplicateAPI

/// Something that takes time and goes on in the background.
enum RunnerTask: Sendable {
    /// Find out what the creating request is to name.
    case findVersion(RunRecord)
    /// Send the creating request with this input.
    ///
    /// `cancelAfter`: as ``SpendingPolicy/cancelAfter``.
    case send(RunRecord, JSONObject, SendPermit, cancelAfter: Double?)
    /// Ask whether the model has another version than the one that the server refused with that error.
    case findNewVersion(RunRecord, JSONObject, version: String, APIError)
    case search(RunRecord.ID)
    case cancel(RunRecord.ID)
    case watchAgain(RunRecord.ID)
    case saveOutputs(RunRecord.ID)
    case ask(PollSchedule.Order)
    /// Fetch the logs of a run that has ended without.
    case fetchLogs(RunRecord.ID)
    /// Try to write the journal again after a while.
    case retryJournal
}
