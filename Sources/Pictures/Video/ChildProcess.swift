import CImageCodecs
import Foundation
import Glibc

/// Runs another program and reads its standard output.
///
/// It is started without a shell, with an empty standard input, and with standard error discarded. It has a process
/// group of its own, so that its children end with it. It inherits no descriptors.
package struct ChildProcess {
    /// How its output ended.
    package enum Outcome: Equatable {
        /// Standard output was closed after these bytes. The exit status is not read.
        case finished([UInt8])
        case failedToStart
        case tooMuchOutput
        case timedOut
        case cancelled
    }

    let executable: String
    let arguments: [String]
    let environment: [String]

    /// - Parameters:
    ///   - executable: its path.
    ///   - environment: `NAME=value`; nothing is inherited.
    package init(executable: String, arguments: [String], environment: [String]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// The path of a program in folders that are separated by colons; nil when none has it. Relative folders are skipped:
    /// the program that runs must not depend on the working directory.
    package static func program(_ name: String, in searchPath: String) -> String? {
        searchPath.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
            .first { access($0, X_OK) == 0 }
    }

    /// Runs until the program closes its standard output, has written more than `atMost` bytes, `limit` has passed, or
    /// the task is cancelled. Then its process group is killed and the program is reaped, before this returns. A thread
    /// of its own does the waiting, so that no thread of the pool is blocked.
    package func output(limit: Duration, atMost: Int) async -> Outcome {
        guard let cancellation = WakePipe() else { return .failedToStart }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread { continuation.resume(returning: run(limit: limit, atMost: atMost, cancellation: cancellation)) }
                    .start()
            }
        } onCancel: {
            cancellation.wake()
        }
    }

    private func run(limit: Duration, atMost: Int, cancellation: WakePipe) -> Outcome {
        let deadline = ContinuousClock.now + limit
        guard let pipe = closeOnExecPair() else { return .failedToStart }
        defer { close(pipe.ours) }
        let child = spawn(output: pipe.theirs)
        close(pipe.theirs)
        guard let child else { return .failedToStart }
        defer {
            kill(-child, SIGKILL)
            while waitpid(child, nil, 0) < 0, errno == EINTR {}
        }

        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return .timedOut }
            var watched = [
                pollfd(fd: cancellation.readEnd, events: Int16(POLLIN), revents: 0),
                pollfd(fd: pipe.ours, events: Int16(POLLIN), revents: 0),
            ]
            // Rounded up: a timeout of zero would be a busy loop until the deadline.
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
            guard poll(&watched, nfds_t(watched.count), Int32(clamping: milliseconds)) > 0 else { continue }
            if watched[0].revents != 0 { return .cancelled }
            let count = read(pipe.ours, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return .finished(bytes) }
            bytes += chunk[..<count]
            if bytes.count > atMost { return .tooMuchOutput }
        }
    }

    /// Starts it, to be read from piece by piece; nil: it could not be started.
    func start() -> RunningChild? {
        guard let pipe = closeOnExecPair() else { return nil }
        defer { close(pipe.theirs) }
        guard let child = spawn(output: pipe.theirs) else {
            close(pipe.ours)
            return nil
        }
        return RunningChild(process: child, output: pipe.ours)
    }

    /// The id of the started process; nil when it could not be started.
    private func spawn(output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { posix_spawnattr_destroy(&attributes) }

        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // A socket that the child inherits would stay open after this process has closed it.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        // The child must receive signals that the studio ignores or blocks (SIGPIPE, SIGINT).
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var words = ([executable] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for string in words + variables { free(string) } }
        var child: pid_t = 0
        return posix_spawn(&child, executable, &actions, &attributes, &words, &variables) == 0 ? child : nil
    }
}

/// A program that runs, and whose standard output is read as it comes. It is killed with its process group, and reaped,
/// when this is released. For one thread at a time.
final class RunningChild {
    enum Piece: Equatable {
        case bytes([UInt8])
        /// Its output ended before.
        case ended
        case timedOut
        case cancelled
    }

    private let process: pid_t
    private let output: Int32

    fileprivate init(process: pid_t, output: Int32) {
        self.process = process
        self.output = output
    }

    deinit {
        kill(-process, SIGKILL)
        close(output)
        while waitpid(process, nil, 0) < 0, errno == EINTR {}
    }

    /// Waits for exactly so many bytes.
    ///
    /// - Parameter isOver: asked several times a second; true gives it up.
    func read(_ count: Int, limit: Duration, isOver: () -> Bool) -> Piece {
        read(count, atLeast: count, limit: limit, isOver: isOver)
    }

    /// Waits for some bytes, at most so many.
    ///
    /// - Parameter isOver: asked several times a second; true gives it up.
    func readSome(_ most: Int, limit: Duration, isOver: () -> Bool) -> Piece {
        read(most, atLeast: 1, limit: limit, isOver: isOver)
    }

    private func read(_ count: Int, atLeast least: Int, limit: Duration, isOver: () -> Bool) -> Piece {
        let deadline = ContinuousClock.now + limit
        var outcome: Piece?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < least, outcome == nil {
                var watched = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
                if poll(&watched, 1, 100) > 0 {
                    let read = Glibc.read(output, buffer.baseAddress! + filled, count - filled)
                    if read > 0 { filled += read } else if read == 0 || errno != EINTR { outcome = .ended }
                    if isOver() { outcome = .cancelled }
                } else if isOver() {
                    outcome = .cancelled
                } else if ContinuousClock.now > deadline {
                    outcome = .timedOut
                }
            }
        }
        return outcome ?? .bytes(bytes)
    }
}

/// Two connected descriptors. Sockets, because they have close-on-exec from the start. With a pipe, another thread
/// could start a program before the flag is set, and that program would hold our end open.
private func closeOnExecPair() -> (ours: Int32, theirs: Int32)? {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    return socketpair(AF_UNIX, kind, 0, &ends) == 0 ? (ends[0], ends[1]) : nil
}

/// Lets one thread end the `poll` of another thread, once.
private final class WakePipe: Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    init?() {
        guard let pair = closeOnExecPair() else { return nil }
        (readEnd, writeEnd) = (pair.ours, pair.theirs)
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func wake() {
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }
}
