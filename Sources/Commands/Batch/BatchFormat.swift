import ArgumentParser
import Foundation
import ReplicateAPI

/// How the lines of a batch are written.
enum BatchFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// A JSON object on each line.
    case jsonl
    /// RFC 4180 with a heading; a cell in quotes may hold line breaks.
    case csv
    /// As `csv`, with tabs.
    case tsv
    /// A prompt on each line.
    case lines

    /// By the file's name, or by its beginning where the name does not tell.
    init(path: String, beginning: some Sequence<UInt8>) {
        switch URL(filePath: path).pathExtension.lowercased() {
        case "jsonl", "ndjson", "json": self = .jsonl
        case "csv": self = .csv
        case "tsv", "tab": self = .tsv
        default:
            let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
            self = beginning.first { !blanks.contains($0) } == UInt8(ascii: "{") ? .jsonl : .lines
        }
    }
}

/// What stands on one line of a batch, or in one row.
struct BatchRecord: Sendable {
    enum Content: Sendable {
        case object(JSONObject)
        /// By the name of the column; a name may come twice.
        case cells([(name: String, text: String)])
        case prompt(String)
    }

    /// The line on which it begins, from 1.
    let line: Int
    let content: Content
}

/// Why a line cannot be read, to be read after its number.
struct BatchMistake: Error, Sendable, CustomStringConvertible {
    let line: Int
    let description: String
}
