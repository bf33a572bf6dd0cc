import Glibc

/// ^C while a command waits: the run goes on at the server, and the journal has it.
enum Interruption {
    /// From now on ^C says how to pick the run up and ends with status 130.
    static func install() {
        signal(SIGINT) { _ in
            // Only what is safe in a signal handler.
            let text: StaticString =
                "\ndarkroom: interrupted; the run goes on and is not lost: `darkroom resume` picks it up\n"
            var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
            // A pipe that nobody reads would keep the program from ending.
            if poll(&ready, 1, 0) > 0 { text.withUTF8Buffer { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) } }
            _exit(130)
        }
    }
}
