import Foundation
import Glibc

/// The bytes of a file, in memory or on disk, read where they are needed: a header deep inside of a long video costs a
/// few reads.
///
/// Every offset and length may be hostile. Bytes outside of the file are nil; they never trap.
struct ByteSource {
    let count: Int
    private let fetch: (_ offset: Int, _ count: Int) -> [UInt8]?
    private let fetchAll: () -> Data?

    init(_ data: Data) {
        count = data.count
        fetch = { offset, count in
            Array(data[data.startIndex + offset..<data.startIndex + offset + count])
        }
        fetchAll = { data }
    }

    init(_ bytes: [UInt8]) {
        count = bytes.count
        fetch = { offset, count in Array(bytes[offset..<offset + count]) }
        fetchAll = { Data(bytes) }
    }

    /// Opens a regular file. Anything else, such as a folder or a pipe that would block, is `unreadable`.
    init(contentsOf url: URL) throws(PictureError) {
        guard url.isFileURL else { throw .unreadable(reason: "it is not a local file") }
        let file = try OpenFile(path: url.path)
        count = file.count
        fetch = { file.bytes(at: $0, count: $1) }
        fetchAll = { file.all() }
    }

    /// All bytes, in memory once; nil where they cannot be read any more.
    func all() -> Data? { fetchAll() }

    /// Exactly `wanted` bytes; nil when they are not all inside of the file.
    func bytes(at offset: Int, count wanted: Int) -> [UInt8]? {
        guard offset >= 0, wanted >= 0, offset <= count, wanted <= count - offset else { return nil }
        return fetch(offset, wanted)
    }

    /// The first `wanted` bytes, or all bytes of a shorter file.
    func prefix(_ wanted: Int) -> [UInt8] {
        bytes(at: 0, count: min(wanted, count)) ?? []
    }

    /// An unsigned big-endian number of 1 to 8 bytes; nil when it is not completely inside, or above `Int.max`.
    func number(at offset: Int, bytes width: Int) -> Int? {
        guard let bytes = bytes(at: offset, count: width) else { return nil }
        return Int(exactly: bytes.reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) })
    }

    /// The same, least significant byte first.
    func littleEndian(at offset: Int, bytes width: Int) -> Int? {
        guard let bytes = bytes(at: offset, count: width) else { return nil }
        return Int(exactly: bytes.reversed().reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) })
    }

    /// A four-character code; nil when it is not completely inside. Bytes that are not text give a string that equals
    /// no known code.
    func code(at offset: Int) -> String? {
        bytes(at: offset, count: 4).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// A descriptor that closes itself.
private final class OpenFile {
    let count: Int
    private let descriptor: Int32

    init(path: String) throws(PictureError) {
        // Without `O_NONBLOCK`, opening a pipe waits for its writer.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { close(descriptor) }
            throw .unreadable(reason: reason)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadable(reason: "it is not a regular file")
        }
        count = Int(status.st_size)
    }

    deinit { close(descriptor) }

    func bytes(at offset: Int, count wanted: Int) -> [UInt8]? {
        var done = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
            done = read(UnsafeMutableRawBufferPointer(buffer), at: offset, count: wanted)
            initialized = done
        }
        return done == wanted ? bytes : nil
    }

    func all() -> Data? {
        var data = Data(count: count)
        let done = data.withUnsafeMutableBytes { read($0, at: 0, count: count) }
        return done == count ? data : nil
    }

    /// How many bytes there were.
    private func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, count wanted: Int) -> Int {
        var done = 0
        while done < wanted, let start = buffer.baseAddress {
            let read = pread(descriptor, start + done, wanted - done, off_t(offset + done))
            if read < 0, errno == EINTR { continue }
            if read <= 0 { break }
            done += read
        }
        return done
    }
}
