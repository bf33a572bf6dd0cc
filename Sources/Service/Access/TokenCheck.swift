/// Whether there is a token for the API; without one nothing is asked of it.
struct TokenCheck: Sendable {
    let isThere: Bool

    /// To be called after the body was read, and before anything is asked of the API.
    func require() throws(HTTPProblem) {
        guard isThere else { throw .noToken }
    }
}
