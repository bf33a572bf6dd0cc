package import Predictions
import Synchronization

/// Carries changes of runs from the runner, which exists first, to the service.
package final class RunFeed: Sendable {
    private let handler = Mutex<(@Sendable (RunUpdate) -> Void)?>(nil)

    package init() {}

    /// What comes before the service listens is nobody's business yet.
    package func post(_ update: RunUpdate) { handler.withLock { $0 }?(update) }

    func connect(_ handler: @escaping @Sendable (RunUpdate) -> Void) { self.handler.withLock { $0 = handler } }
}
