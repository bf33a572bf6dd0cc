import ReplicateAPI

/// Why the server would not create a run, said of one input.
///
/// It concerns the value that was sent: it is shown while that value stands, and no longer once it is changed.
package struct InputRefusal: Hashable, Sendable {
    /// `owner/name`.
    let model: String
    /// nil: nothing was sent for the input, and it has no default.
    let value: JSONValue?
    /// The server's sentence; not yet safe for a terminal.
    let message: String
}
