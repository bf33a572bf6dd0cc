/// Runs that have ended while no pane with results was on the screen.
package struct UnseenResults: Hashable, Sendable {
    /// They have an output.
    package internal(set) var succeeded = 0
    /// They ended in another way.
    package internal(set) var others = 0

    package init() {}

    mutating func add(_ run: RunItem) {
        if run.stage == .succeeded { succeeded += 1 } else { others += 1 }
    }
}
