import Foundation
import History
import Money
import ReplicateAPI

/// What can happen to a run. See ``RunLife``.
enum RunEvent: Sendable {
    // MARK: Sending

    /// This process goes on with the run as the journal has it.
    case resumed
    /// What the creating request is to name is known.
    case versionFound(String)
    /// What the creating request is to name could not be found out; nothing was sent.
    case versionNotFound(APIError)
    /// The journal says durably that the run is being sent.
    case begun(SendPermit)
    /// The journal could not be written: the run is not being sent.
    case notJournaled
    /// The runner has stopped after the journal said that the run is being sent, and before anything was sent.
    case stopped
    /// Its secret inputs are in no memory any more, so that it cannot be sent.
    case secretsForgotten
    /// The server's answer to the creation.
    case created(Prediction)
    /// The creation that named this version failed, or its answer was lost: ``APIError/effect`` says which.
    case notCreated(APIError, version: String)
    /// The model has a newer version that takes these inputs at no higher price.
    ///
    /// `notice` is a sentence for people.
    case movedToNewVersion(input: JSONObject, notice: String)
    /// The server does not know the version, and there is no other that may be run instead.
    case versionGone(APIError)

    // MARK: Looking for a creation whose answer was lost

    case found(Prediction)
    /// The search has ended without one. `candidates` are ids of predictions that could be this run.
    case notFound(reason: String, candidates: [String])
    /// Another record has this prediction, so that it cannot be this run's.
    case belongsToAnother(Prediction.ID)

    // MARK: Watching

    /// What the server says of the run's prediction.
    case reported(Prediction)
    /// The server says that it knows no such prediction.
    case unknownToServer
    /// Some time has passed since the server did not know the prediction.
    case watchedAgain
    /// The prediction was asked for once more because its end came without logs.
    case logsFetched(Prediction)
    case cancelRequested

    // MARK: After the end

    /// A place for saving outputs is free for this run.
    case savingBegun
    case booked(Booking)
    case outputSaved(OutputSaver.Saved, index: Int, of: Prediction.ID)
    /// `reason` is a part of a sentence.
    case outputFailed(reason: String, index: Int, of: Prediction.ID)
    /// Some outputs failed and are tried again later.
    case savingPaused
    /// Everything that can be saved is saved. `valuesFile` is the path of the JSON file beside the outputs; nil: none was
    /// written.
    case savingEnded(valuesFile: String?, of: Prediction.ID)
}

extension RunEvent {
    /// It is about a run that has a place for a creation, or had one.
    var concernsPlace: Bool {
        switch self {
        case .versionFound, .versionNotFound, .begun, .notJournaled, .stopped, .secretsForgotten, .created,
            .notCreated, .movedToNewVersion, .versionGone:
            true
        case .resumed, .found, .notFound, .belongsToAnother, .reported, .unknownToServer, .watchedAgain,
            .logsFetched, .cancelRequested, .savingBegun, .booked, .outputSaved, .outputFailed, .savingPaused,
            .savingEnded:
            false
        }
    }
}

/// What an ended run has cost, and how its output is read.
struct Booking: Sendable {
    let cost: ActualCost
    let schema: OutputSchema
}
