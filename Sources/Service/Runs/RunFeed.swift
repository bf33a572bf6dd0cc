package import Predictions
import Synchronization

/// Carries changes of runs from the runner, which exists first, to the service.
package final class RunFeed: Sendable {
    /// In a type of its own: a bare closure in a generic container is wrapped once more each time it is taken out.
    private struct Handler: Sendable {
        let take: @Sendable (RunUpdate) -> Void
    }

    private let handler = Mutex<Handler?>(nil)

    package init() {}

    /// What comes before the service listens is nobody's business yet.
    package func post(_ update: RunUpdate) { handler.withLock { $0 }?.take(update) }

    func connect(_ take: @escaping @Sendable (RunUpdate) -> Void) {
        handler.withLock { $0 = Handler(take: take) }
    }
}
