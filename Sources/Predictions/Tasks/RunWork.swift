import History
import ReplicateAPI

/// What a task that works on one run may ask of the runner, and tell it. Calls go to the runner's thread.
struct RunWork: Sendable {
    /// The record as it is now; nil: the run is not worked on here any more.
    let record: @Sendable () async -> RunRecord?
    /// What the server says of the run, without its secret inputs.
    let cleaned: @Sendable (Prediction) async -> Prediction
    let happened: @Sendable (RunEvent) async -> Void
    /// The API has answered.
    let answered: @Sendable () async -> Void
    /// The API could not be asked.
    let failed: @Sendable (APIError) async -> Void
    /// Waits so many seconds; false when the runner is stopped meanwhile.
    let rest: @Sendable (Double) async -> Bool
}
