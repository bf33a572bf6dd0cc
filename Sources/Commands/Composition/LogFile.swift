import Foundation
import Logging

/// The log of this process, in the folders that the settings name.
struct LogFile: Sendable {
    /// The file, for what libraries write to standard error while a screen is up; nil: it cannot be opened.
    let descriptor: Int32?

    /// Makes the folders. Throws ``CommandError`` when they cannot be made.
    init(_ paths: Paths) throws {
        do {
            try Paths.make(paths.data)
            try Paths.make(paths.state)
        } catch {
            throw CommandError(.notWritable, "\(paths.data.path) cannot be made: check its rights, or use --data-dir")
        }
        descriptor = FileLogHandler.open(paths.log)
    }

    var logger: Logger {
        Logger(label: "darkroom") { [descriptor] label -> any LogHandler in
            descriptor.map { FileLogHandler(label: label, descriptor: $0) } ?? SwiftLogNoOpLogHandler()
        }
    }
}
