import ArgumentParser

/// What `--interval` takes, in seconds.
enum PollInterval {
    private static let longest = 86_400.0

    /// Throws ``ArgumentParser/ValidationError`` for anything but a number above 0 and up to a day.
    static func check(_ seconds: Double) throws {
        guard seconds > 0, seconds <= longest else {
            throw ValidationError("--interval must be above 0 and at most 86400 seconds.")
        }
    }
}
