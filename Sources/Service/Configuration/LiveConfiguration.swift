import Synchronization

/// The configuration that is in force now: replaced as a whole when the file is read again.
final class LiveConfiguration: Sendable {
    private let value: Mutex<ServiceConfiguration>

    init(_ configuration: ServiceConfiguration) { value = Mutex(configuration) }

    var current: ServiceConfiguration { value.withLock { $0 } }

    /// Where it listens stays what it was.
    func replace(with configuration: ServiceConfiguration) {
        value.withLock { value in
            var configuration = configuration
            configuration.host = value.host
            configuration.port = value.port
            value = configuration
        }
    }
}
