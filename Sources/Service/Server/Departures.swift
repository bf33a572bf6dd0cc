import NIOCore
import Synchronization

/// Tells when the other side of a connection goes away, or when the service lets go of everybody.
final class Departures: Sendable {
    /// What is to be done then. In a type of its own: a bare closure in a generic container is wrapped once more each time
    /// it is taken out.
    private struct Action: Sendable {
        let run: @Sendable () -> Void
    }

    private struct State {
        var actions: [ObjectIdentifier: [Int: Action]] = [:]
        /// Channels that are still active, and whose other side has said that nothing more will come.
        var gone: Set<ObjectIdentifier> = []
        var tickets = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Runs `action` once when the other side has gone, from any thread; at once when it already has. Returns a ticket with
    /// which that can be taken back.
    func notice(_ channel: any Channel, _ action: @escaping @Sendable () -> Void) -> Int {
        let (ticket, isGone) = state.withLock { state in
            state.tickets += 1
            let isGone =
                state.isClosed || !channel.isActive || state.gone.contains(ObjectIdentifier(channel))
            if !isGone { state.actions[ObjectIdentifier(channel), default: [:]][state.tickets] = Action(run: action) }
            return (state.tickets, isGone)
        }
        if isGone { action() }
        return ticket
    }

    func forget(_ channel: any Channel, _ ticket: Int) {
        let id = ObjectIdentifier(channel)
        state.withLock { state in
            state.actions[id]?[ticket] = nil
            if state.actions[id]?.isEmpty ?? false { state.actions[id] = nil }
        }
    }

    /// The other side has gone, while the channel stays active for the answer: whoever asks later is told at once.
    func departed(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let actions = state.withLock { state in
            state.gone.insert(id)
            return state.actions.removeValue(forKey: id) ?? [:]
        }
        for action in actions.values { action.run() }
    }

    /// The channel is not active any more; another one may get its identity.
    func closed(_ channel: any Channel) {
        departed(channel)
        state.withLock { _ = $0.gone.remove(ObjectIdentifier(channel)) }
    }

    /// Lets go of everybody, now and from now on.
    func close() {
        let gone = state.withLock { state in
            state.isClosed = true
            defer { state.actions = [:] }
            return state.actions.values.flatMap(\.values)
        }
        for action in gone { action.run() }
    }
}
