import Foundation
import Studio
import StudioRuntime

/// The runtime of a sitting. It is made on a thread of its own while the first frame is drawn, because the history on a slow
/// disk takes longer than everything else; what is ordered before it is there waits for it.
final class SessionRuntime: @unchecked Sendable {
    private enum State {
        case opening([WorldEffect])
        case open(StudioRuntime)
        case failed(any Error)
    }

    // Guarded by the condition.
    private var state = State.opening([])
    private let condition = NSCondition()

    /// Begins to make the runtime, and starts it then. Returns at once.
    ///
    /// - Parameter onFailure: called on that thread when it could not be made; ``result()`` tells why.
    func open(_ make: @escaping @Sendable () throws -> StudioRuntime, onFailure: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            do {
                let runtime = try make()
                runtime.start()
                settle { waiting in
                    for effect in waiting { runtime.perform(effect) }
                    return .open(runtime)
                }
            } catch {
                settle { _ in .failed(error) }
                onFailure()
            }
        }
        thread.name = "opening"
        thread.start()
    }

    /// From any thread; returns at once. Orders are done in their order.
    func perform(_ effect: WorldEffect) {
        condition.withLock {
            switch state {
            case .opening(let waiting): state = .opening(waiting + [effect])
            case .open(let runtime): runtime.perform(effect)
            case .failed: break
            }
        }
    }

    /// Waits until the runtime is there, or throws why it could not be made. Not for use while the studio's loop runs.
    func result() throws -> StudioRuntime {
        try condition.withLock {
            while true {
                switch state {
                case .opening: condition.wait()
                case .open(let runtime): return runtime
                case .failed(let error): throw error
                }
            }
        }
    }

    private func settle(_ next: ([WorldEffect]) -> State) {
        condition.withLock {
            if case .opening(let waiting) = state { state = next(waiting) }
            condition.broadcast()
        }
    }
}
