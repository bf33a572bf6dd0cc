import CCurl

/// Undoes the compression of a file that arrives in pieces, and knows whether all of it has arrived: libcurl takes a
/// stream without its end for a whole one. Use it on one thread at a time.
final class Inflater {
    private let handle = ccurl_inflate_begin()
    private var buffer = [UInt8](repeating: 0, count: 1 << 17)

    /// The bytes are not what was announced.
    struct Corrupt: Error {}

    /// nil: content of this encoding comes as it is, or cannot be undone.
    init?(encoding: String) {
        guard ["gzip", "x-gzip", "deflate"].contains(encoding) else { return nil }
    }

    deinit { ccurl_inflate_end(handle) }

    /// Whether what has arrived ends where the compressed content ends.
    var isWhole: Bool { ccurl_inflate_is_whole(handle) }

    /// Calls `body` with what comes out of a piece, part by part.
    func inflate(_ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var rest = piece
        var made = 0
        repeat {
            var taken = rest.count
            made = buffer.count
            guard ccurl_inflate(handle, rest.baseAddress, &taken, &buffer, &made) else { throw Corrupt() }
            if made > 0 { try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<made])) } }
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
            // A full buffer may hide more.
        } while !rest.isEmpty || made == buffer.count && !isWhole
    }
}
