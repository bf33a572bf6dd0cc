import Foundation
import Glibc
package import PictureMetadata

/// A regular file that is open for reading until this is released.
package final class OpenFile {
    private let descriptor: Int32
    /// Bytes, when it was opened.
    package let size: Int

    /// nil: there is no such file, it is none, or it may not be read. A pipe is not waited for.
    package init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Reads from the disk each time that something is asked for.
    package var content: FileContent { FileContent(count: size) { self.bytes(at: $0, count: $1) } }

    /// Exactly so many bytes from an offset on; nil: there are fewer, or they cannot be read.
    package func bytes(at offset: Int, count: Int) -> [UInt8]? {
        guard offset >= 0, count >= 0, offset <= size - count else { return nil }
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let read = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset + filled))
                if read < 0, errno == EINTR { continue }
                guard read > 0 else {
                    isWhole = false
                    return
                }
                filled += read
            }
        }
        return isWhole ? bytes : nil
    }
}
