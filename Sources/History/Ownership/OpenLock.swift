import Glibc

/// Tells that somebody has the history open, for as long as the value lives. Who repairs the file must be alone.
final class OpenLock: Sendable {
    /// -1: the folder takes no file; then nothing can be owned there either.
    private let descriptor: Int32

    /// - Parameter folder: that of the owners' locks; made when it is not there.
    init(folder: String) {
        mkdir(folder, 0o700)
        descriptor = open("\(folder)/open", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor >= 0 { _ = Self.lock(descriptor, LOCK_SH) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether nobody else has the history open. To be called while nobody else can open it.
    var isAlone: Bool {
        guard descriptor >= 0 else { return false }
        let isAlone = Self.lock(descriptor, LOCK_EX | LOCK_NB) == 0
        _ = Self.lock(descriptor, LOCK_SH)
        return isAlone
    }

    private static func lock(_ descriptor: Int32, _ operation: Int32) -> Int32 {
        while true {
            let result = flock(descriptor, operation)
            if result == 0 || errno != EINTR { return result }
        }
    }
}
