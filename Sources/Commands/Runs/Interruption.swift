import Foundation
import Glibc
import Synchronization

/// ^C, SIGTERM and SIGHUP while a command waits: the run goes on at the server, and the journal has it.
///
/// The first one is told about, with the objects of `--json`; a second one ends the process at once.
enum Interruption {
    static let sentence = "interrupted; the run goes on and is not lost: `darkroom resume` picks it up"

    /// Written to by the signal handler; read by a thread that may do what a handler must not.
    private nonisolated(unsafe) static var pipe: (read: Int32, write: Int32) = (-1, -1)
    private static let report = Mutex<@Sendable () -> Void>({})

    /// From now on those signals say how to pick the run up and end with status 128 and the signal's number: 130 for ^C.
    ///
    /// - Parameter tell: prints what is known of the runs; called once, on a thread of its own.
    static func install(telling tell: @escaping @Sendable () -> Void = {}) {
        report.withLock { $0 = tell }
        guard pipe.write < 0 else { return }
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        pipe = (ends[0], ends[1])
        Thread.detachNewThread { Self.wait() }
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                // Only what is safe in a signal handler; the next one is the system's own.
                signal(number, SIG_DFL)
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(Interruption.pipe.write, &byte, 1)
            }
        }
    }

    private static func wait() {
        // Who starts a program may have blocked them for it.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        var byte: UInt8 = 0
        while read(pipe.read, &byte, 1) != 1 {}
        let status = 128 + Int32(byte)
        // A pipe that nobody reads would keep the program from ending.
        Thread.detachNewThread {
            sleep(2)
            _exit(status)
        }
        Console.endProgress()
        report.withLock { $0 }()
        Invocation.current.printEnding(sentence, status: status)
        Console.say("darkroom: \(sentence)")
        _exit(status)
    }
}
