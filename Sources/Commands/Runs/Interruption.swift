import Foundation
import Glibc
import History
import ReplicateAPI
import Synchronization

/// ^C, SIGTERM and SIGHUP while a command waits: what was sent goes on at the server, and the journal has it.
///
/// The first signal is told about, with the objects of `--json`; a second one ends the process at once. All members may
/// be used from any thread.
final class Interruption: Sendable {
    static let sentence = "interrupted; the run goes on and is not lost: `darkroom resume` picks it up"

    /// At most ten ids, for a sentence.
    static func list(_ ids: [String]) -> String {
        ids.count <= 10
            ? ids.joined(separator: ", ") : "\(ids.prefix(10).joined(separator: ", ")) and \(ids.count - 10) more"
    }

    /// What has become of a command's runs.
    enum Standing: Equatable, Sendable {
        /// None was journaled, and none will be.
        case notStarted
        /// All that have not ended wait to be sent; their ids.
        case queued([String])
        /// Some were sent or may have been, as far as they are known; `waiting` others wait to be sent.
        case underWay(ids: [String], waiting: Int)
        case ended
        /// The command says itself how things stand.
        case told(String)

        /// - Parameter runs: as the journal has them. None: the command has begun to start some that it does not know yet.
        init(_ runs: [RunRecord]) {
            let open = runs.filter(\.isInFlight)
            let queued = open.filter { $0.stage == .queued }
            if !runs.isEmpty, open.isEmpty {
                self = .ended
            } else if !queued.isEmpty, queued.count == open.count {
                self = .queued(queued.map(\.id))
            } else {
                let sent = open.filter { $0.stage != .queued }
                self = .underWay(ids: sent.map { $0.prediction?.id.rawValue ?? $0.id }, waiting: queued.count)
            }
        }

        var sentence: String {
            switch self {
            case .notStarted: "interrupted; no run was sent, and nothing is owed"
            case .queued(let ids):
                "interrupted; \(ids.count == 1 ? "the run" : "\(ids.count) runs") still waited to be sent: "
                    + "`darkroom resume` and the next start of the studio send \(ids.count == 1 ? "it" : "them"), "
                    + "`darkroom cancel \(ids.joined(separator: " "))` takes \(ids.count == 1 ? "it" : "them") back"
            case .underWay(let ids, waiting: 0):
                Interruption.sentence + (ids.isEmpty ? "" : " (\(Interruption.list(ids)))")
            case .underWay(let ids, let waiting):
                "interrupted; what was sent goes on and is not lost, \(waiting) still waited to be sent: "
                    + "`darkroom resume` picks all of them up"
                    + (ids.isEmpty ? "" : " (sent: \(Interruption.list(ids)))")
            case .ended: "interrupted; no run is under way"
            case .told(let sentence): sentence
            }
        }
    }

    /// Thrown when a run was to be started after the interruption.
    struct TooLate: Error {}

    private struct State {
        var isInterrupted = false
        var hasStarted = false
        var look: @Sendable () -> Standing = { .underWay(ids: [], waiting: 0) }
    }

    private let console: Console
    private let invocation: Invocation
    private let listensToSignals: Bool
    private let state = Mutex(State())

    init(console: Console, invocation: Invocation, listensToSignals: Bool) {
        self.console = console
        self.invocation = invocation
        self.listensToSignals = listensToSignals
    }

    /// From now on those signals say what becomes of the runs, and end with status 128 and the signal's number: 130 for ^C.
    ///
    /// - Parameters:
    ///   - startsRuns: the command starts runs of its own, and calls ``beginStarting()`` before it journals them.
    ///   - look: prints the results of `--json`, and tells how the runs stand; called once, on a thread of its own.
    func install(startsRuns: Bool = false, _ look: @escaping @Sendable () -> Standing) {
        state.withLock {
            $0.hasStarted = !startsRuns
            $0.look = look
        }
        if listensToSignals { SignalListener.start { [self] in interrupt($0) } }
    }

    /// Throws ``TooLate`` after an interruption: it was said that nothing is sent, and then nothing may be.
    func beginStarting() throws(TooLate) {
        let isLate = state.withLock {
            $0.hasStarted = true
            return $0.isInterrupted
        }
        if isLate { throw TooLate() }
    }

    var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

    /// Tells what becomes of the runs; returns the exit status.
    @discardableResult
    func interrupt(_ signal: Int32) -> Int32 {
        let look = state.withLock {
            $0.isInterrupted = true
            return $0.hasStarted ? $0.look : { .notStarted }
        }
        console.endProgress()
        let sentence = look().sentence
        invocation.printEnding(sentence, status: 128 + signal, on: console)
        console.fail("darkroom: \(sentence)")
        return 128 + signal
    }
}

/// Brings the signals of the process to a thread that may do what a signal handler must not.
private enum SignalListener {
    private nonisolated(unsafe) static var pipe: (read: Int32, write: Int32) = (-1, -1)

    /// To be called once. The process ends with the status that `body` returns for the first signal, within two seconds.
    static func start(_ body: @escaping @Sendable (Int32) -> Int32) {
        guard pipe.write < 0 else { return }
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        pipe = (ends[0], ends[1])
        Thread.detachNewThread { wait(body) }
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                // Only what is safe in a signal handler; the next one is the system's own.
                signal(number, SIG_DFL)
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(SignalListener.pipe.write, &byte, 1)
            }
        }
    }

    private static func wait(_ body: @Sendable (Int32) -> Int32) {
        // The parent process may have blocked them.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        var byte: UInt8 = 0
        while read(pipe.read, &byte, 1) != 1 {}
        let number = Int32(byte)
        // A pipe that nobody reads would keep the program from ending.
        Thread.detachNewThread {
            sleep(2)
            _exit(128 + number)
        }
        _exit(body(number))
    }
}
