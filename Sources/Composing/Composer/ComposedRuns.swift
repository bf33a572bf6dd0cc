package import Money

/// What an order comes to.
package struct ComposedRuns: Hashable, Sendable {
    /// The runs in order, those of one prompt together; empty when there are ``issues``.
    package let requests: [RunRequest]
    /// What each run costs, also where something is still in the way.
    package let estimates: [Estimate]
    /// Why nothing can be run; empty when all can.
    package let issues: [RunIssue]
    /// Sentences about what may go wrong though it can be run.
    package let warnings: [String]

    /// All runs together.
    package var total: Estimate { .sum(estimates) }
}
