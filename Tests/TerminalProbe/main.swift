import Foundation
import Terminal

// A program to be driven by tests on a pseudo-terminal.
//
//   terminal-probe events        shows what arrives; q quits, see Commands for the other keys
//   terminal-probe emptied       the same, but another program takes what is typed before it is read
//   terminal-probe draw FILE     shows the next drawing of FILE on every key

do {
    TerminalSignals.installCrashHandlers()
    let waker = Waker()
    let signals = TerminalSignals(waker: waker)
    let log = open("/dev/null", O_WRONLY | O_CLOEXEC)
    let screen = try Screen.open(logDescriptor: log)
    defer { screen.close() }
    var reader = InputReader(descriptor: screen.inputDescriptor, waker: waker, signals: signals.takePending)
    switch CommandLine.arguments.dropFirst() {
    case ["emptied"]:
        let takePending = signals.takePending
        reader = InputReader(descriptor: screen.inputDescriptor, waker: waker) {
            tcflush(STDIN_FILENO, TCIFLUSH)
            return takePending()
        }
        var log = EventLog(screen: screen)
        log.run(&reader)
    case ["events"]:
        var log = EventLog(screen: screen)
        log.run(&reader)
    case let arguments where arguments.first == "draw" && arguments.count == 2:
        try Slides(screen: screen, path: arguments[2]).run(&reader)
    default:
        screen.close()
        print("usage: terminal-probe events | emptied | draw FILE")
        exit(64)
    }
} catch {
    print("\(error)")
    exit(1)
}
