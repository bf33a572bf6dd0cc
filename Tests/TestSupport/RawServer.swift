import Foundation
import Glibc
import Synchronization

/// Reads one request from each connection, writes the bytes that it was given for it, and ends or resets the connection.
package final class RawServer: Sendable {
    private let listener: LoopbackSocket
    private let answer: @Sendable (Int, String) -> Answer
    private let pause: UInt32
    private let requests = Mutex<[String]>([])

    package var port: Int { listener.port }

    /// What arrived on each connection, as text.
    package var received: [String] { requests.withLock { $0 } }

    package struct Answer: Sendable {
        package var bytes: [UInt8]
        /// The connection is reset after them, not ended.
        package var resets: Bool

        package init(_ bytes: [UInt8], resets: Bool = false) {
            self.bytes = bytes
            self.resets = resets
        }
    }

    /// - Parameter answer: what is written on a connection, by its number from 0.
    package convenience init(resets: Bool = false, answer: @escaping @Sendable (Int) -> [UInt8]) throws {
        try self.init(answering: { number, _ in Answer(answer(number), resets: resets) })
    }

    /// - Parameters:
    ///   - pause: microseconds between one piece of 4 KB that is read and the next, as on a slow link.
    ///   - answer: what is written on a connection, by its number from 0 and the request that came on it. Called on the
    ///     server's own thread, one connection after the other.
    package init(
        pausing pause: UInt32 = 0,
        answering answer: @escaping @Sendable (Int, String) -> Answer
    ) throws {
        self.answer = answer
        self.pause = pause
        listener = try LoopbackSocket(isListening: true)
        Thread.detachNewThread { [self] in serve() }
    }

    package func stop() { listener.interrupt() }

    private func serve() {
        var count = 0
        while let connection = listener.accept() {
            let request = request(connection)
            requests.withLock { $0.append(request) }
            let answer = answer(count, request)
            _ = answer.bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if answer.resets {
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            }
            close(connection)
            count += 1
        }
        listener.close()
    }

    /// Reads head and body: a connection that is closed with unread bytes is reset.
    private func request(_ connection: Int32) -> String {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return text }
            usleep(pause)
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
            guard let head = text.range(of: "\r\n\r\n") else { continue }
            let length =
                text.lowercased().range(of: "content-length: ")
                .flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
            if text[head.upperBound...].utf8.count >= length { return text }
        }
    }
}
