package import Foundation
import ReplicateAPI

/// A file of this computer that is to go into a run: what a look at it told, before anything is uploaded.
package struct InputFile: Hashable, Sendable {
    package enum Obstacle: Hashable, Sendable {
        case missing
        case unreadable
        /// A folder, a pipe or a device.
        case notRegular
    }

    package let path: String
    /// Bytes; nil when they could not be told.
    package let size: Int?
    /// A media type such as `image/png`; nil: not known.
    package let type: String?
    /// Of a picture; nil: not known.
    package let megapixels: Decimal?
    package let obstacle: Obstacle?

    package init(
        path: String,
        size: Int?,
        type: String? = nil,
        megapixels: Decimal? = nil,
        obstacle: Obstacle? = nil
    ) {
        self.path = path
        self.size = size
        self.type = type
        self.megapixels = megapixels
        self.obstacle = obstacle
    }

    package var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The address that stands for the file until it is uploaded; the top-level domain belongs to nobody.
    package var placeholder: String {
        let digits = path.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return "https://upload.invalid/\(digits)"
    }

    /// Why it cannot be uploaded; reads after the path.
    var issue: String? {
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
