import Synchronization

/// Carries changes of runs from the runner, which exists first, to whoever shows or serves them.
package final class RunFeed: Sendable {
    /// In a type of its own: a bare closure in a generic container is wrapped once more each time it is taken out.
    private struct Handler: Sendable {
        let take: @Sendable (RunUpdate) -> Void
    }

    private let handler = Mutex<Handler?>(nil)

    /// A feed without listeners. What is posted meanwhile is lost.
    package init() {}

    /// What comes before somebody is connected is lost.
    package func post(_ update: RunUpdate) { handler.withLock { $0 }?.take(update) }

    /// - Parameter take: called on the thread of whoever posts; must not block.
    package func connect(_ take: @escaping @Sendable (RunUpdate) -> Void) {
        handler.withLock { $0 = Handler(take: take) }
    }

    /// Lets go of what was connected, and of everything that it holds.
    package func disconnect() { handler.withLock { $0 = nil } }
}
