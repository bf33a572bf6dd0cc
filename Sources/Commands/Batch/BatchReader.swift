import Foundation
import Glibc
import ReplicateAPI

/// Reads a batch record by record: a file of any length takes no more memory than its longest line.
struct BatchReader {
    /// Bytes that a line or a row may have.
    static let longest = 8 << 20

    private let handle: FileHandle
    private let format: BatchFormat
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private var line = 0
    private var heading: [String]?

    /// Throws ``CommandError`` when the file cannot be opened.
    init(path: String, format: BatchFormat) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandError(.notFound, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        self.handle = handle
        self.format = format
    }

    /// The next record; nil at the end. Throws ``BatchMistake`` for one that cannot be read; the next call goes on after it.
    mutating func next() throws -> BatchRecord? {
        switch format {
        case .jsonl: try nextObject()
        case .csv: try nextRow(separator: UInt8(ascii: ","))
        case .tsv: try nextRow(separator: UInt8(ascii: "\t"))
        case .lines: try nextPrompt()
        }
    }

    // MARK: Lines

    private mutating func nextPrompt() throws -> BatchRecord? {
        while let text = try nextLine() {
            let prompt = text.trimmingCharacters(in: .whitespaces)
            if !prompt.isEmpty { return BatchRecord(line: line, content: .prompt(prompt)) }
        }
        return nil
    }

    private mutating func nextObject() throws -> BatchRecord? {
        while let text = try nextLine() {
            if text.allSatisfy(\.isWhitespace) { continue }
            let value: JSONValue
            do { value = try JSONValue(parsing: Data(text.utf8), refusesRepeats: true) } catch {
                throw BatchMistake(line: line, description: "is no JSON object: \(error.reason)")
            }
            guard let object = value.object else { throw BatchMistake(line: line, description: "is no JSON object") }
            return BatchRecord(line: line, content: .object(object))
        }
        return nil
    }

    /// The next line without its break.
    private mutating func nextLine() throws -> String? {
        var bytes: [UInt8] = []
        guard try !isFinished() else { return nil }
        while let byte = try nextByte(), byte != UInt8(ascii: "\n") {
            bytes.append(byte)
            if bytes.count > Self.longest { try skipTooLong() }
        }
        line += 1
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return try text(bytes, at: line)
    }

    private mutating func skipTooLong() throws -> Never {
        while let byte = try nextByte(), byte != UInt8(ascii: "\n") {}
        line += 1
        throw BatchMistake(line: line, description: "is longer than \(Self.longest >> 20) MB")
    }

    private func text(_ bytes: [UInt8], at line: Int) throws -> String {
        let isFirst = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
        guard let text = String(validating: isFirst ? Array(bytes.dropFirst(3)) : bytes, as: UTF8.self) else {
            throw BatchMistake(line: line, description: "is no UTF-8")
        }
        return text
    }

    // MARK: Rows

    private mutating func nextRow(separator: UInt8) throws -> BatchRecord? {
        while let (cells, first) = try nextCells(separator) {
            if cells.allSatisfy(\.isEmpty) { continue }
            guard let heading else {
                let names = cells.map { $0.trimmingCharacters(in: .whitespaces) }
                if names.contains(where: \.isEmpty) {
                    throw BatchMistake(line: first, description: "is the heading, and a column has no name")
                }
                if let repeated = Dictionary(grouping: names, by: \.self).filter({ $1.count > 1 }).keys.min() {
                    throw BatchMistake(line: first, description: "is the heading, and names \(repeated) twice")
                }
                heading = names
                continue
            }
            guard cells.count == heading.count else {
                let words = "has \(cells.count) cells, and the heading has \(heading.count)"
                throw BatchMistake(line: first, description: words)
            }
            let named = zip(heading, cells).filter { !$0.1.isEmpty }.map { (name: $0.0, text: $0.1) }
            return BatchRecord(line: first, content: .cells(named))
        }
        return nil
    }

    /// The cells of the next row, and the line on which it begins. A quote means something at the beginning of a cell only.
    private mutating func nextCells(_ separator: UInt8) throws -> ([String], Int)? {
        guard try !isFinished() else { return nil }
        let first = line + 1
        var cells: [[UInt8]] = [[]]
        var isQuoted = false
        var wasQuoted = false
        var length = 0
        while let byte = try nextByte() {
            length += 1
            if length > Self.longest { try skipTooLong() }
            if byte == UInt8(ascii: "\n") { line += 1 }
            if isQuoted {
                if byte != UInt8(ascii: "\"") {
                    cells[cells.count - 1].append(byte)
                } else if try peek() == byte {
                    cells[cells.count - 1].append(byte)
                    _ = try nextByte()
                } else {
                    isQuoted = false
                    wasQuoted = true
                }
            } else if byte == UInt8(ascii: "\n") {
                return (try texts(cells, first), first)
            } else if byte == separator {
                cells.append([])
                wasQuoted = false
            } else if byte == UInt8(ascii: "\""), !wasQuoted, isBlank(cells[cells.count - 1], first, cells.count) {
                cells[cells.count - 1] = []
                isQuoted = true
            } else {
                // The carriage return before a line feed is part of the break.
                if byte == UInt8(ascii: "\r"), try endsLine() { continue }
                cells[cells.count - 1].append(byte)
            }
        }
        line += 1
        if isQuoted { throw BatchMistake(line: first, description: "has a quote that is not closed") }
        return (try texts(cells, first), first)
    }

    /// Nothing stands in the cell yet; before the first of a file there may be a mark of its encoding.
    private func isBlank(_ cell: [UInt8], _ line: Int, _ count: Int) -> Bool {
        cell.isEmpty || line == 1 && count == 1 && cell == [0xEF, 0xBB, 0xBF]
    }

    private func texts(_ cells: [[UInt8]], _ first: Int) throws -> [String] {
        try cells.enumerated().map { index, bytes in
            let hasMark = first == 1 && index == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
            return try text(hasMark ? Array(bytes.dropFirst(3)) : bytes, at: first)
        }
    }

    // MARK: Bytes

    private mutating func isFinished() throws -> Bool { try peek() == nil }

    private mutating func endsLine() throws -> Bool {
        guard let next = try peek() else { return true }
        return next == UInt8(ascii: "\n")
    }

    private mutating func peek() throws -> UInt8? {
        if position == buffer.count, !isAtEnd {
            let data: Data?
            do { data = try handle.read(upToCount: 1 << 16) } catch {
                throw CommandError(.notFound, "The batch cannot be read: \(error.localizedDescription)")
            }
            buffer = data.map(Array.init) ?? []
            position = 0
            isAtEnd = buffer.isEmpty
        }
        return position < buffer.count ? buffer[position] : nil
    }

    private mutating func nextByte() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        return byte
    }
}
