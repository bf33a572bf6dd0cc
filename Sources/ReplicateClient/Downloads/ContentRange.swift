/// The header `Content-Range: bytes 100-199/200` (RFC 9110, 14.4). Positions count from 0, and `last` is included.
struct ContentRange: Equatable {
    let first: Int64
    let last: Int64
    /// The length of the whole content; nil when the host does not know it.
    let total: Int64?

    /// Nil when `text` is not a range of bytes.
    init?(_ text: String) {
        guard text.lowercased().hasPrefix("bytes ") else { return nil }
        let halves = text.dropFirst(6).split(separator: "/")
        let ends = halves.first?.split(separator: "-").compactMap { Int64($0) } ?? []
        guard halves.count == 2, ends.count == 2, ends[0] >= 0, ends[0] <= ends[1] else { return nil }
        (first, last) = (ends[0], ends[1])
        total = Int64(halves[1])
    }
}
