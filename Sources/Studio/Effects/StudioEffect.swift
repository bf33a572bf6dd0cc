/// What the reducer wants done, in order; what comes of it returns as a ``StudioAction``.
package enum StudioEffect: Hashable, Sendable {
    /// Done by the main loop, on the main thread.
    case terminal(TerminalEffect)
    /// Done by the runtime, on other threads.
    case world(WorldEffect)
}
