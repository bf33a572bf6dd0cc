import Glibc

/// A TCP socket on a port of its own at 127.0.0.1. The port is nobody else's until it is closed, whether it listens or not.
package struct LoopbackSocket: Sendable {
    package struct Failure: Error {}

    package let descriptor: Int32
    package let port: Int

    /// - Parameter isListening: false: whoever connects is refused.
    package init(isListening: Bool) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = Self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound, !isListening || listen(descriptor, 16) == 0 else {
            Glibc.close(descriptor)
            throw Failure()
        }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// From now on who connects is no longer refused.
    package func startListening() throws { guard listen(descriptor, 16) == 0 else { throw Failure() } }

    /// A connection to whoever listens there; nil: nobody does.
    package static func connect(to port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = address(port: port)
        let isConnected = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isConnected { return descriptor }
        Glibc.close(descriptor)
        return nil
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = UInt16(port).bigEndian
        return address
    }

    /// Waits for a connection; nil once ``interrupt()`` was called.
    package func accept() -> Int32? {
        while true {
            let connection = Glibc.accept(descriptor, nil, nil)
            if connection >= 0 { return connection }
            // Neither a signal nor a caller that has hung up already ends the server.
            guard errno == EINTR || errno == ECONNABORTED else { return nil }
        }
    }

    /// Ends the wait of another thread, which then closes: closed here, that thread could take connections of whoever gets
    /// the number next.
    package func interrupt() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    package func close() { Glibc.close(descriptor) }
}
