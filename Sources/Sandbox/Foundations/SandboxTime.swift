package import Foundation

/// Where the sandbox's time comes from.
///
/// `system` is the machine's clock. A test passes its own pair to make hours pass at once; both closures are called
/// from any thread.
package struct SandboxTime: Sendable {
    /// The present moment. It need not be the machine's.
    package var now: @Sendable () -> Date
    /// Returns when the duration has passed; throws `CancellationError` when the task is cancelled first.
    package var sleep: @Sendable (Duration) async throws -> Void

    /// Both closures are called from any thread.
    package init(
        now: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's clock, which may be set back.
    package static let system = SandboxTime(
        now: { Date() },
        sleep: { try await Task.sleep(for: $0) }
    )
}
