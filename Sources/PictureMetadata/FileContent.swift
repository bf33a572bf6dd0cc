package import Foundation

/// The bytes of a file, read where they are asked for: of a large one only little is ever in memory.
package struct FileContent {
    /// Bytes.
    package let count: Int
    private let fetch: (_ offset: Int, _ count: Int) -> [UInt8]?

    /// - Parameter fetch: gives exactly so many bytes from an offset on; nil: they cannot be read.
    package init(count: Int, fetch: @escaping (_ offset: Int, _ count: Int) -> [UInt8]?) {
        self.count = count
        self.fetch = fetch
    }

    package init(_ data: Data) {
        self.init(count: data.count) { Array(data[(data.startIndex + $0)..<(data.startIndex + $0 + $1)]) }
    }

    /// nil: the file does not have them, or they cannot be read.
    func bytes(_ range: Range<Int>) -> [UInt8]? {
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        let bytes = fetch(range.lowerBound, range.count)
        return bytes?.count == range.count ? bytes : nil
    }
}

/// A part of a file that is made from another one.
package enum FilePiece: Hashable, Sendable {
    /// These bytes of the other file.
    case copied(Range<Int>)
    case written([UInt8])
}

extension [FilePiece] {
    /// Adds bytes of the other file; those that follow on the last ones become one piece with them.
    mutating func copy(_ range: Range<Int>) {
        if case .copied(let before)? = last, before.upperBound == range.lowerBound {
            self[count - 1] = .copied(before.lowerBound..<range.upperBound)
        } else if !range.isEmpty {
            append(.copied(range))
        }
    }
}

extension [UInt8] {
    /// A big-endian number of up to seven bytes; all of them must be there.
    func number(at position: Int, count: Int) -> Int {
        self[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The same with the lowest byte first.
    func littleEndian(at position: Int, count: Int) -> Int {
        self[position..<(position + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    init(bigEndian number: Int, count: Int) {
        self = (0..<count).reversed().map { UInt8(number >> (8 * $0) & 0xFF) }
    }

    init(littleEndian number: Int, count: Int) {
        self = (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) }
    }
}
