import CNcurses
import Glibc

/// A program that uses the terminal instead of this one, such as an editor. Suspend the screen before and resume it
/// after.
///
/// Foundation's `Process` cannot be used: it starts children in a process group of their own, which may not read the
/// terminal.
package struct ForegroundCommand: Sendable {
    /// How a program ended.
    package enum Status: Hashable, Sendable {
        /// It exited with this status.
        case exited(Int32)
        /// This signal ended it.
        case signalled(Int32)
    }

    /// Why a program could not be started.
    package struct NotStarted: Error, CustomStringConvertible {
        /// One sentence with the program's name and the system's reason.
        package let description: String
    }

    private let arguments: [String]

    /// - Parameter arguments: the program, searched on the `PATH`, then its arguments; not empty.
    package init(_ arguments: [String]) {
        precondition(!arguments.isEmpty, "a command needs a program")
        self.arguments = arguments
    }

    /// Starts the program and blocks until it has ended. The child has all signals at their defaults, and only the
    /// standard three descriptors.
    ///
    /// The child belongs to this process group: the suspend key stops both, and the shell's `fg` continues both.
    /// Meanwhile this process ignores INT and QUIT, as system(3) does, and passes TERM and HUP on to the child.
    package func run() throws(NotStarted) -> Status {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        argv.append(nil)
        defer { for argument in argv { free(argument) } }
        ts_begin_foreground_child()
        defer { ts_end_foreground_child() }
        var process: pid_t = 0
        let code = posix_spawnp(&process, arguments[0], &actions, &attributes, argv, environ)
        guard code == 0 else {
            throw NotStarted(description: "\(arguments[0]) could not be started: \(String(cString: strerror(code))).")
        }
        ts_set_foreground_child(process)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    }
}
