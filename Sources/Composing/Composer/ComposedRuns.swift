package import Money

/// The result of composing an order.
package struct ComposedRuns: Hashable, Sendable {
    /// The runs in order, those with the same prompt together; empty when there are ``issues``.
    package let requests: [RunRequest]
    /// The estimate of each run, also when there are issues.
    package let estimates: [Estimate]
    /// The estimate of every run, whatever its prompt says; nil: it depends on the prompt.
    package let common: Estimate?
    /// Why the order cannot be run; empty when it can.
    package let issues: [RunIssue]
    /// Sentences about likely problems that do not prevent the runs.
    package let warnings: [String]

    /// The estimate of all runs together.
    package var total: Estimate { .sum(estimates) }
}
