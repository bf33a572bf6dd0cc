import Foundation
import ReplicateAPI

extension ImageItemState {
    /// What `text` tells by itself: a file to upload, an address to check, or neither.
    init(for text: String) {
        if text.lowercased().hasPrefix("file:") {
            self = Self.file(text)
        } else if LocalImagePath.isLikely(text) {
            self = .localFile(path: text)
        } else if let reason = ImageURL.issue(with: text) {
            self = .invalid(reason: reason)
        } else if text.hasPrefix("data:") {
            // The picture lies in the address itself: there is nothing to look at elsewhere.
            let type = text.dropFirst("data:".count).prefix { $0 != ";" && $0 != "," }
            self = .ok(ImageFacts(contentType: type.isEmpty ? nil : String(type)))
        } else {
            self = .unchecked
        }
    }

    private static func file(_ text: String) -> ImageItemState {
        var rest = text.dropFirst("file:".count)
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let host = rest.prefix { $0 != "/" }
            guard host.isEmpty || host.lowercased() == "localhost" else {
                return .invalid(reason: "is a file on another computer")
            }
            rest = rest.dropFirst(host.count)
        }
        guard rest.hasPrefix("/"), rest.count > 1, let path = String(rest).removingPercentEncoding else {
            return .invalid(reason: "is not a whole file:// address")
        }
        return .localFile(path: path)
    }
}

/// Tells paths of image files from other text, without looking at the disk.
enum LocalImagePath {
    private static let extensions: Set<String> = [
        "png", "jpg", "jpeg", "webp", "gif", "avif", "heic", "bmp", "tif", "tiff",
    ]

    static func isLikely(_ text: String) -> Bool {
        guard hasImageExtension(text), !text.contains("://") else { return false }
        if isRooted(text) { return true }
        // `example.org/a.png` is an address that lacks its scheme rather than a folder with a dot in its name.
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 1 || !parts[0].contains(".")
    }

    /// Whether `text` begins as a path does that cannot be anything else.
    static func isRooted(_ text: String) -> Bool {
        ["/", "~/", "./", "../"].contains { text.hasPrefix($0) } && !text.hasPrefix("//")
    }

    static func hasImageExtension(_ text: String) -> Bool {
        guard let dot = text.lastIndex(of: "."), dot > text.startIndex else { return false }
        return extensions.contains(text[text.index(after: dot)...].lowercased())
    }
}
