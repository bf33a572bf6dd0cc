import CVTerm
import Foundation
import Glibc

/// Both ends of a pseudo-terminal. The program's end stays open here, or its attributes would be lost with the program.
package struct TerminalPair {
    /// The emulator's end.
    package let controller: Int32
    /// The program's end.
    package let line: Int32
    let path: String
    /// The line's attributes before anything runs on it.
    let attributes: termios

    /// Both ends are closed on exec, and are the caller's to close.
    package init(columns: Int, rows: Int) throws {
        var controller: Int32 = -1
        var line: Int32 = -1
        var name = [CChar](repeating: 0, count: 128)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&controller, &line, &name, nil, &size) == 0 else { throw SpawnError("openpty", errno) }
        for descriptor in [controller, line] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        self.controller = controller
        self.line = line
        var attributes = termios()
        tcgetattr(line, &attributes)
        self.attributes = attributes
        path = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }
}

struct SpawnError: Error, CustomStringConvertible {
    let description: String

    init(_ what: String, _ code: Int32) {
        description = "\(what): \(String(cString: strerror(code)))"
    }
}

enum Spawn {
    /// glibc's values; the module hides them.
    private static let setSession: Int16 = 0x80
    private static let setSignalMask: Int16 = 0x08
    private static let setSignalDefaults: Int16 = 0x04

    static func start(
        _ executable: String,
        arguments: [String],
        environment: [String: String],
        directory: String?,
        terminal: String
    ) throws -> pid_t {
        // The shell changes the directory and then becomes the program: the call for it is not in the module.
        let command =
            directory.map { ["/bin/sh", "-c", "cd -- \"$0\" && exec \"$@\"", $0, executable] + arguments }
            ?? [executable] + arguments
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // A session leader without a terminal gets the first one it opens.
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        // A server's sockets, inherited, would keep its connections open after it has closed them.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The threads tests run on block signals, and a child inherits that.
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, setSession | setSignalMask | setSignalDefaults)
        var argv: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        argv.append(nil)
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") }
        envp.append(nil)
        defer { for pointer in argv + envp { free(pointer) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, command[0], &actions, &attributes, argv, envp)
        guard code == 0 else { throw SpawnError("could not start \(executable)", code) }
        return process
    }
}
