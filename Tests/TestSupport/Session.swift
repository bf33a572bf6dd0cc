import Foundation
import Glibc
import Synchronization

/// What happens between a pseudo-terminal and the program on it: two threads, one reading, one waiting for the end.
final class Session: Sendable {
    private struct State: Sendable {
        var emulator: Emulator
        var scanner = OutputScanner()
        var frame: TerminalFrame
        var isInsideFrame = false
        var output: [UInt8] = []
        var modes: Set<Int> = []
        var bells = 0
        var version = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var status: PseudoTerminal.ExitStatus?
        var isStopped = false
        var isAllRead = false
        var isOpen = true
        var isClosed = false
    }

    private let controller: Int32
    private let line: Int32
    private let process: pid_t
    private let answers: PseudoTerminal.Answers
    private let initial: termios
    private let wakeRead: Int32
    private let wakeWrite: Int32
    private let state: Mutex<State>

    init(pair: TerminalPair, process: pid_t, columns: Int, rows: Int, answers: PseudoTerminal.Answers) {
        controller = pair.controller
        line = pair.line
        self.process = process
        self.answers = answers
        initial = pair.attributes
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (wakeRead, wakeWrite) = (ends[0], ends[1])
        let emulator = Emulator(columns: columns, rows: rows)
        state = Mutex(State(emulator: emulator, frame: emulator.frame()))
    }

    deinit {
        if !state.withLock({ $0.isClosed }) { close(controller) }
        close(line)
        close(wakeRead)
        close(wakeWrite)
    }

    func start() {
        Thread { self.read() }.start()
        Thread { self.waitForProcess() }.start()
    }

    // MARK: Threads

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            var descriptors = [
                pollfd(fd: controller, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wakeRead, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&descriptors, 2, -1) > 0 || errno == EINTR else { break }
            if !state.withLock({ $0.isOpen }) { break }
            if descriptors[0].revents & Int16(POLLIN) != 0 {
                let count = Glibc.read(controller, &buffer, buffer.count)
                if count > 0 {
                    receive(buffer[..<count])
                    continue
                }
                if errno != EINTR && errno != EAGAIN { break }
            } else if descriptors[0].revents != 0 || descriptors[1].revents != 0 {
                // The program has ended or the window is closed, and all output is read.
                break
            }
        }
        change { state in
            state.isAllRead = true
            if !state.isOpen {
                close(controller)
                state.isClosed = true
            }
        }
    }

    private func waitForProcess() {
        while true {
            var details = siginfo_t()
            // Looked at first and reaped under the lock: nobody may signal an identifier that is free again.
            let options = WEXITED | WSTOPPED | WCONTINUED
            guard waitid(P_PID, id_t(process), &details, options | WNOWAIT) == 0 else {
                if errno == EINTR { continue }
                break
            }
            let ended = change { state -> Bool in
                var reaped = siginfo_t()
                waitid(P_PID, id_t(process), &reaped, options)
                let status = reaped._sifields._sigchld.si_status
                switch reaped.si_code {
                case Int32(CLD_EXITED): state.status = .exited(status)
                case Int32(CLD_KILLED), Int32(CLD_DUMPED): state.status = .signalled(status)
                case Int32(CLD_STOPPED): state.isStopped = true
                case Int32(CLD_CONTINUED): state.isStopped = false
                default: break
                }
                return state.status != nil
            }
            if ended { break }
        }
        wakeReader()
    }

    private func wakeReader() {
        var byte: UInt8 = 0
        _ = Glibc.write(wakeWrite, &byte, 1)
    }

    private func receive(_ bytes: ArraySlice<UInt8>) {
        var replies: [UInt8] = []
        change { state in
            state.output += bytes
            for piece in state.scanner.feed(bytes) {
                switch piece {
                case .bytes(let bytes): state.emulator.write(bytes)
                case .mode(let mode, let isSet): if isSet { state.modes.insert(mode) } else { state.modes.remove(mode) }
                case .synchronized(let begins):
                    state.isInsideFrame = begins
                    if !begins { state.frame = state.emulator.frame() }
                case .query(let query): replies += Array(reply(to: query).utf8)
                }
            }
            if !state.isInsideFrame { state.frame = state.emulator.frame() }
            state.bells = state.emulator.bells
        }
        if !replies.isEmpty { send(replies) }
    }

    private func reply(to query: OutputScanner.Query) -> String {
        if case .none = answers { return "" }
        return switch query {
        case .primaryAttributes: "\u{1B}[?62;22c"
        // Known, and reset to begin with.
        case .mode(let mode): "\u{1B}[?\(mode);\([2026, 1036].contains(mode) ? 2 : 0)$y"
        case .background where answers == .light: "\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\"
        case .background: "\u{1B}]11;rgb:1414/1515/1a1a\u{1B}\\"
        case .keyboard: ""
        }
    }

    // MARK: State

    @discardableResult
    private func change<T: Sendable>(_ body: (inout State) -> T) -> T {
        let (result, waiting) = state.withLock { state in
            let result = body(&state)
            state.version += 1
            defer { state.waiting = [] }
            return (result, state.waiting)
        }
        for continuation in waiting { continuation.resume() }
        return result
    }

    /// Returns once the version is another one, or when anyone is woken.
    func change(since version: Int) async {
        await withCheckedContinuation { continuation in
            let isOld = state.withLock { state in
                if state.version == version { state.waiting.append(continuation) }
                return state.version != version
            }
            if isOld { continuation.resume() }
        }
    }

    var frame: TerminalFrame { state.withLock { $0.frame } }
    var version: Int { state.withLock { $0.version } }
    var output: [UInt8] { state.withLock { $0.output } }
    var modes: Set<Int> { state.withLock { $0.modes } }
    var bells: Int { state.withLock { $0.bells } }
    var status: PseudoTerminal.ExitStatus? { state.withLock { $0.status } }
    var isStopped: Bool { state.withLock { $0.isStopped } }
    var isFinished: Bool { state.withLock { $0.isAllRead && $0.status != nil } }

    // MARK: Doing

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty, state.withLock({ $0.isOpen && $0.status == nil }) {
            let count = rest.withUnsafeBytes { Glibc.write(controller, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }

    func resize(columns: Int, rows: Int) {
        change { state in
            state.emulator.resize(columns: columns, rows: rows)
            state.frame = state.emulator.frame()
            var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
            if state.isOpen { _ = ioctl(controller, UInt(TIOCSWINSZ), &size) }
        }
    }

    /// Tells the line alone another size, not what is shown.
    func resizeLine(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        state.withLock { state in
            if state.isOpen { _ = ioctl(controller, UInt(TIOCSWINSZ), &size) }
        }
    }

    func kill(_ number: Int32) {
        state.withLock { state in
            if state.status == nil { _ = Glibc.kill(process, number) }
        }
    }

    func hangUp() {
        // The reader closes it: a descriptor closed under a poll is not noticed.
        change { $0.isOpen = false }
        wakeReader()
    }

    var attributesAreRestored: Bool {
        var now = termios()
        guard tcgetattr(line, &now) == 0 else { return false }
        let isSame =
            now.c_iflag == initial.c_iflag && now.c_oflag == initial.c_oflag && now.c_cflag == initial.c_cflag
            && now.c_lflag == initial.c_lflag
        return isSame
            && withUnsafeBytes(of: now.c_cc) { a in withUnsafeBytes(of: initial.c_cc) { a.elementsEqual($0) } }
    }

    var isCooked: Bool {
        var now = termios()
        guard tcgetattr(line, &now) == 0 else { return false }
        return now.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO)
    }

    // MARK: The safety net

    final class Expiry: Sendable {
        private let passed = Atomic(false)
        private let task = Mutex<Task<Void, Never>?>(nil)

        var hasPassed: Bool { passed.load(ordering: .acquiring) }

        func cancel() {
            task.withLock { $0?.cancel() }
        }

        fileprivate func start(_ timeout: Duration, _ wake: @escaping @Sendable () -> Void) {
            task.withLock {
                $0 = Task {
                    try? await Task.sleep(for: timeout)
                    if Task.isCancelled { return }
                    self.passed.store(true, ordering: .releasing)
                    wake()
                }
            }
        }
    }

    func expiry(after timeout: Duration) -> Expiry {
        let expiry = Expiry()
        expiry.start(timeout) { [weak self] in self?.change { _ in } }
        return expiry
    }
}
