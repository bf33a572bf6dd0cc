import Glibc

/// A descriptor of a terminal on which nothing waits. It is opened anew: the usual one is shared with other programs, which
/// would not wait either.
struct NonblockingTerminal {
    let descriptor: Int32
    /// False where the terminal could not be opened again, such as after `su`: ``descriptor`` is the usual one, and waits.
    let isOwn: Bool

    /// - Parameter access: `O_RDONLY` or `O_WRONLY`.
    init(_ terminal: Int32, access: Int32) {
        let own = open("/proc/self/fd/\(terminal)", access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        isOwn = own >= 0
        descriptor = isOwn ? own : terminal
    }

    func close() {
        if isOwn { Glibc.close(descriptor) }
    }
}
