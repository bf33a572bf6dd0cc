import NIOCore
import Synchronization

/// Runs actions when the client of a connection disconnects, or when the service releases all clients because it stops.
final class DisconnectNotifier: Sendable {
    /// A type of its own, because a bare closure in a generic container is wrapped once more each time it is read.
    private struct Action: Sendable {
        let run: @Sendable () -> Void
    }

    private struct State {
        var actions: [ObjectIdentifier: [Int: Action]] = [:]
        /// Channels whose client has closed its side while the channel is still active.
        var disconnected: Set<ObjectIdentifier> = []
        var lastObservation = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Runs `action` once, on any thread, when the client has disconnected; at once when it already has. Returns a number
    /// for ``remove(_:from:)``.
    func observe(_ channel: any Channel, _ action: @escaping @Sendable () -> Void) -> Int {
        let id = ObjectIdentifier(channel)
        let (observation, runsNow) = state.withLock { state in
            state.lastObservation += 1
            let runsNow = state.isClosed || !channel.isActive || state.disconnected.contains(id)
            if !runsNow { state.actions[id, default: [:]][state.lastObservation] = Action(run: action) }
            return (state.lastObservation, runsNow)
        }
        if runsNow { action() }
        return observation
    }

    /// Removes an observation; its action is not run any more, unless it is running at this moment.
    func remove(_ observation: Int, from channel: any Channel) {
        let id = ObjectIdentifier(channel)
        state.withLock { state in
            state.actions[id]?[observation] = nil
            if state.actions[id]?.isEmpty ?? false { state.actions[id] = nil }
        }
    }

    /// The client has closed its side of the connection. The channel stays active for the answer, so this is remembered
    /// until ``channelClosed(_:)``: an observation that begins later runs at once.
    func clientDisconnected(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let actions = state.withLock { state in
            state.disconnected.insert(id)
            return state.actions.removeValue(forKey: id) ?? [:]
        }
        for action in actions.values { action.run() }
    }

    /// The channel is not active any more. Its identity is forgotten, because another channel may get the same one.
    func channelClosed(_ channel: any Channel) {
        clientDisconnected(channel)
        state.withLock { _ = $0.disconnected.remove(ObjectIdentifier(channel)) }
    }

    /// Runs the actions of all connections, and of every later observation at once.
    func close() {
        let actions = state.withLock { state in
            state.isClosed = true
            defer { state.actions = [:] }
            return state.actions.values.flatMap(\.values)
        }
        for action in actions { action.run() }
    }
}
