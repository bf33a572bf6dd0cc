import Foundation
import Glibc
import Logging
import Terminal

/// Appends to the log file, one line an event: time, level, message, facts. Never to the terminal.
struct FileLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    private let label: String
    private let descriptor: Int32

    init(label: String, descriptor: Int32) {
        self.label = label
        self.descriptor = descriptor
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\($0.value)" }.joined()
        let time = Date().formatted(.iso8601)
        // People read it on a terminal.
        let line = DisplayText.sanitise("\(time) \(event.level) \(label): \(event.message)\(facts)") + "\n"
        // One write a line: lines of two processes do not mix.
        _ = line.utf8.withContiguousStorageIfAvailable { write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Opens the log for appending, for its owner only; nil when it cannot be, and for anything but a file: a pipe that
    /// nobody reads would stop the studio.
    static func open(_ file: URL) -> Int32? {
        try? Paths.make(file.deletingLastPathComponent())
        let place = file.resolvingSymlinksInPath().path
        let kind = (try? FileManager.default.attributesOfItem(atPath: place))?[.type] as? FileAttributeType
        guard kind == nil || kind == .typeRegular else { return nil }
        let descriptor = Glibc.open(place, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
        return descriptor >= 0 ? descriptor : nil
    }
}
