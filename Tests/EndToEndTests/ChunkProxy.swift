import Foundation
import Glibc
import Synchronization
import TestSupport

/// Stands between a program and a server, counts the pieces that go through in either direction, and at one of them
/// calls out and lets nothing through any more.
final class ChunkProxy: Sendable {
    private let listener: LoopbackSocket
    private let target: Int
    private let last: Int
    private let passesLast: Bool
    private let reached: @Sendable () -> Void
    private let count = Mutex(0)
    private let isOpen = Mutex(false)

    /// - Parameters:
    ///   - port: of the server, on loopback.
    ///   - listener: where it is reached; it listens already, and is closed by ``stop()``. nil: at a port of its own.
    ///   - last: the number of the piece at which it ends, from 1.
    ///   - passesLast: whether that piece still goes through.
    ///   - reached: called once, on a thread of the proxy's.
    init(
        to port: Int,
        listener: LoopbackSocket? = nil,
        last: Int = .max,
        passesLast: Bool = true,
        reached: @escaping @Sendable () -> Void = {}
    ) throws {
        self.listener = try listener ?? LoopbackSocket(isListening: true)
        target = port
        self.last = last
        self.passesLast = passesLast
        self.reached = reached
        Thread.detachNewThread { [self] in
            while let connection = self.listener.accept() { serve(connection) }
            self.listener.close()
        }
    }

    var url: URL { URL(string: "http://127.0.0.1:\(listener.port)/v1")! }

    /// From now on everything goes through: the same address answers again.
    func open() { isOpen.withLock { $0 = true } }

    func stop() { listener.interrupt() }

    private func serve(_ client: Int32) {
        guard let server = LoopbackSocket.connect(to: target) else {
            close(client)
            return
        }
        for (source, sink) in [(client, server), (server, client)] {
            Thread.detachNewThread { [self] in
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let length = read(source, &buffer, buffer.count)
                    guard length > 0, mayPass() else { break }
                    _ = send(sink, buffer, length, Int32(MSG_NOSIGNAL))
                }
                // Both directions end; the descriptors stay until the process does, for the other thread may use them.
                shutdown(source, Int32(SHUT_RDWR))
                shutdown(sink, Int32(SHUT_RDWR))
            }
        }
    }

    private func mayPass() -> Bool {
        if isOpen.withLock({ $0 }) { return true }
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number == last { reached() }
        return number < last || number == last && passesLast
    }
}
