import History
import ReplicateAPI

/// What is to be done because of a ``RunEvent``. See ``RunLife``.
enum RunStep: Hashable, Sendable {
    // MARK: The record

    /// Write the record; tell of it at once. After a crash in between, the server is asked again.
    case write
    /// Write the record; tell of it when it is durable.
    case writeThenTell
    /// Write the record and forget it when it is durable; tell of it at once.
    case writeEnd
    case tell
    /// Tell a sentence about something that was not ordered in these words.
    case notice(String)
    /// Tell which inputs the server did not accept.
    case tellInvalid([APIError.InvalidField])

    // MARK: Sending

    /// Put it in line to be sent.
    case queue
    /// Take it out of the line.
    case leaveQueue
    /// Have the journal say that it is being sent, with a request that names this.
    case begin(version: String)
    /// Send the creating request.
    case send(SendPermit)
    /// Its place for a creation is free.
    case leavePlace
    /// Ask whether the model has another version than this one, which the server refused with that error.
    case findNewVersion(than: String, APIError)
    /// A creation went through.
    case countCreation
    /// Send nothing for these seconds, and fewer creations a minute: the server has refused one.
    case slowDown(seconds: Double)
    /// Send nothing for these seconds.
    case pauseSending(seconds: Double)
    /// Tell that the API cannot be reached.
    case reportOutage(APIError)
    /// Tell that the journal cannot be written.
    case reportUnwritten

    // MARK: The prediction

    /// Look for a creation whose answer was lost.
    case lookFor
    case watch
    case unwatch(Prediction.ID)
    /// Give the prediction up as this run's.
    case release(Prediction.ID)
    /// Ask again after a minute whether the server knows the prediction.
    case watchAgainLater
    /// Ask the server for the end until it confirms one.
    case cancel
    /// Work out what it cost.
    case book
    /// Save its outputs when a place is free.
    case save
}
