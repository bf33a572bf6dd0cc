package import Foundation
import ReplicateAPI

/// A local file for an input, with what is known of it before it is uploaded.
package struct InputFile: Hashable, Sendable {
    /// Why the file cannot be read.
    package enum Obstacle: Hashable, Sendable {
        case missing
        case unreadable
        /// A folder, a pipe or a device.
        case notRegular
    }

    /// Where it lies; it identifies the file.
    package let path: String
    /// What the person who gave it calls it, for messages; ``path`` unless it is the copy of a pipe or a device.
    package var shownPath: String
    /// The size in bytes; nil when it is not known.
    package let size: Int?
    /// The media type, such as `image/png`; nil when it is not known.
    package let type: String?
    /// The size of a picture in megapixels; nil when it is not known.
    package let megapixels: Decimal?
    /// Why the file cannot be read; nil when it can.
    package let obstacle: Obstacle?

    package init(
        path: String,
        size: Int?,
        type: String? = nil,
        megapixels: Decimal? = nil,
        obstacle: Obstacle? = nil
    ) {
        self.path = path
        shownPath = path
        self.size = size
        self.type = type
        self.megapixels = megapixels
        self.obstacle = obstacle
    }

    /// The last component of the path.
    package var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The address that stands for the file in inputs until it is uploaded. The top-level domain `.invalid` is reserved
    /// (RFC 2606) and leads to no host.
    package var placeholder: String {
        let digits = path.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return "https://upload.invalid/\(digits)"
    }

    /// Why the file cannot be uploaded; nil when it can. Reads after the path.
    package var issue: String? {
        switch obstacle {
        case .missing: return "does not exist"
        case .unreadable: return "cannot be read"
        case .notRegular: return "is no file"
        case nil: break
        }
        guard let size else { return "cannot be read" }
        if size == 0 { return "is empty" }
        let limit = StoredFile.mostBytes
        return size > limit ? "is larger than the \(limit / 1_000_000) MB that can be uploaded" : nil
    }
}
