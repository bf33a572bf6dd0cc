/// What the studio talks to.
package enum StudioMode: Hashable, Sendable {
    case live
    /// The built-in sandbox: real HTTP, real files, no money.
    case demo
    /// No token: everything can be composed and looked at, nothing can be run.
    case noToken
}
