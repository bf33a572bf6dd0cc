/// How the database is worked with.
package enum DatabaseAccess: Sendable {
    /// What is read does not wait for what is written.
    case concurrent
    /// One after the other: opened sooner, and without writing, for a command that is over in a moment.
    case serial
}
