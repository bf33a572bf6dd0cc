import Foundation
import Glibc
import Synchronization
import TestSupport

/// A pipe or a terminal that a command writes to, and what it has written.
///
/// A thread reads it, so that neither side waits for the other.
final class CapturedStream: Sendable {
    enum Kind: Hashable, Sendable {
        case pipe
        /// A pipe whose reader has gone away.
        case abandonedPipe
        case terminal(columns: Int)
    }

    /// The command's end. Open until ``close()``.
    let descriptor: Int32
    private let bytes: Mutex<[UInt8]>
    private let end: AsyncStream<Void>

    init(_ kind: Kind) throws {
        let reader: Int32
        switch kind {
        case .pipe, .abandonedPipe: (reader, descriptor) = try Self.pipe()
        case .terminal(let columns):
            let pair = try TerminalPair(columns: columns, rows: 24)
            Self.makeRaw(pair.line)
            (reader, descriptor) = (pair.controller, pair.line)
        }
        bytes = Mutex([])
        let (end, continuation) = AsyncStream<Void>.makeStream()
        self.end = end
        guard kind != .abandonedPipe else {
            Glibc.close(reader)
            continuation.finish()
            return
        }
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = Glibc.read(reader, &buffer, buffer.count)
                if count > 0 {
                    bytes.withLock { $0 += buffer[..<count] }
                } else if count == 0 || errno != EINTR {
                    // A terminal ends with EIO when its last user closes it.
                    break
                }
            }
            Glibc.close(reader)
            continuation.finish()
        }
    }

    /// What has come by now.
    var written: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    /// Closes the command's end; returns everything that was written. To be called once.
    func close() async -> String {
        Glibc.close(descriptor)
        for await _ in end {}
        return written
    }

    /// Both ends of a new pipe. Programs that other tests start do not inherit them.
    static func pipe() throws -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// What is written comes out byte for byte, and what is typed is not repeated.
    static func makeRaw(_ line: Int32) {
        var attributes = termios()
        tcgetattr(line, &attributes)
        attributes.c_oflag &= ~tcflag_t(OPOST)
        attributes.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(line, TCSANOW, &attributes)
    }
}
