import Composing

/// What was composed last, and what of.
struct ComposedOrder: Hashable, Sendable {
    let order: GivenRun
    let runs: ComposedRuns
}
