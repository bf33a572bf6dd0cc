import Synchronization

/// Why the service does not go on with a configuration, as a sentence.
package struct ServiceRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence for the operator; it holds no secret.
    package let description: String
}

/// The configuration that is in force now: replaced as a whole when the file is read again.
final class LiveConfiguration: Sendable {
    private struct State {
        var configuration: ServiceConfiguration
        /// The address that is really bound; nil until then.
        var bound: String?
    }

    private let state: Mutex<State>

    init(_ configuration: ServiceConfiguration) { state = Mutex(State(configuration: configuration)) }

    var current: ServiceConfiguration { state.withLock { $0.configuration } }

    /// To be told where the service really listens: a name may stand for any address. Throws when what is in force does not
    /// fit it.
    func listens(at address: String) throws(ServiceRefusal) {
        let configuration = state.withLock { state in
            state.bound = address
            return state.configuration
        }
        _ = try fitted(configuration)
    }

    /// Throws when the service must not go on like this where it listens.
    func check(_ configuration: ServiceConfiguration) throws(ServiceRefusal) { _ = try fitted(configuration) }

    /// Where it listens stays what it was, and so does everything when this throws.
    func replace(with configuration: ServiceConfiguration) throws(ServiceRefusal) {
        let fitted = try fitted(configuration)
        state.withLock { $0.configuration = fitted }
    }

    private func fitted(_ configuration: ServiceConfiguration) throws(ServiceRefusal) -> ServiceConfiguration {
        let (current, bound) = state.withLock { ($0.configuration, $0.bound) }
        var configuration = configuration
        configuration.host = bound ?? current.host
        if let objection = configuration.objection { throw ServiceRefusal(description: objection) }
        configuration.host = current.host
        configuration.port = current.port
        if let objection = configuration.objection { throw ServiceRefusal(description: objection) }
        return configuration
    }
}
