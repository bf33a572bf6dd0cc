import Foundation
import Glibc
import TestSupport

/// A connection on which anything may be said.
final class RawConnection: Sendable {
    private let descriptor: Int32

    /// - Parameter receiving: bytes that the system keeps of what is not read; nil: as many as it likes.
    init(port: Int, receiving: Int32? = nil) throws {
        guard let descriptor = LoopbackSocket.connect(to: port) else { throw POSIXError(.ECONNREFUSED) }
        self.descriptor = descriptor
        if var receiving {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiving, socklen_t(MemoryLayout<Int32>.size))
        }
        signal(SIGPIPE, SIG_IGN)
    }

    deinit { close(descriptor) }

    /// False when the other side no longer takes anything. On a thread of its own: it blocks, and the server that should
    /// take it needs the pool's threads.
    @discardableResult
    func send(_ text: String) async -> Bool {
        let descriptor = descriptor
        return await withCheckedContinuation { continuation in
            Thread {
                let bytes = Array(text.utf8)
                var sent = 0
                while sent < bytes.count {
                    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + sent, bytes.count - sent) }
                    guard count > 0 else { break }
                    sent += count
                }
                continuation.resume(returning: sent == bytes.count)
            }.start()
        }
    }

    /// Says that nothing more will be sent.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Everything until the other side closes, or until `text` has come. On a thread of its own: it blocks.
    func read(until text: String? = nil) async -> String {
        let descriptor = descriptor
        return await withCheckedContinuation { continuation in
            Thread {
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = Glibc.read(descriptor, &buffer, buffer.count)
                    guard count > 0 else { break }
                    all += buffer.prefix(count)
                    if let text, String(decoding: all, as: UTF8.self).contains(text) { break }
                }
                continuation.resume(returning: String(decoding: all, as: UTF8.self))
            }.start()
        }
    }
}
