import Foundation
package import Logging
import ReplicateAPI

/// Writes events as JSON, one a line: `{"timestamp","level","event",…facts}`. Pure ASCII whatever came from the network, so
/// that a terminal which shows it obeys nothing in it.
package struct JSONLogHandler: LogHandler {
    /// Lines below it are not written.
    package var logLevel: Logger.Level
    /// Facts of every line, before those of one line.
    package var metadata: Logger.Metadata = [:]
    private let write: @Sendable (String) -> Void

    /// - Parameter write: gets whole lines, with their end, from any thread.
    package init(level: Logger.Level = .info, write: @escaping @Sendable (String) -> Void) {
        logLevel = level
        self.write = write
    }

    /// The line that stands for lines that could not be written.
    package static func dropped(_ count: Int) -> String {
        "{\"timestamp\":\"\(Timestamp.format(Date()))\",\"level\":\"warning\",\"event\":\"log_lines_dropped\""
            + ",\"count\":\(count)}\n"
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line = "{\"timestamp\":\"\(Timestamp.format(Date()))\",\"level\":\"\(event.level)\""
        line += ",\"event\":\(JSONLine.quoted("\(event.message)"))"
        let facts = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
        for (key, value) in facts.sorted(by: { $0.key < $1.key }) {
            line += ",\(JSONLine.quoted(key)):\(JSONLine.text(value))"
        }
        write(line + "}\n")
    }
}

enum JSONLine {
    static func text(_ value: Logger.Metadata.Value) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .stringConvertible(let number as Int): String(number)
        case .stringConvertible(let number as Double) where number.isFinite: String(number)
        case .stringConvertible(let value): quoted("\(value)")
        case .array(let values): "[\(values.map(text).joined(separator: ","))]"
        case .dictionary(let members):
            "{\(members.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(text($0.value))" }.joined(separator: ","))}"
        }
    }

    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }
        if isPlain { return "\"\(text)\"" }
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x0A: result += "\\n"
            case 0x20..<0x7F: result.unicodeScalars.append(UnicodeScalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }
}
