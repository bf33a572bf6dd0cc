import FileTypes

/// The format of a file, found by its first bytes. Its name and the server's media type are not used.
package enum PictureFormat: String, Sendable, CaseIterable {
    case webp, png, jpeg, gif, mp4, webm, svg
    /// Anything else. HTML, JSON and XML are never a picture, whatever they contain.
    case unknown

    /// The number of bytes that `detect(_:)` reads; with fewer, an SVG or a WebM may not be recognised.
    package static let headLength = FileType.headLength

    /// Finds the format by the beginning of a file; bytes after `headLength` are ignored.
    ///
    /// `mp4` includes QuickTime files, which have the same structure. HEIC and AVIF pictures and files with sound only
    /// have it too, and are `unknown`. `webm` excludes other Matroska files.
    package static func detect(_ head: some Sequence<UInt8>) -> PictureFormat {
        switch FileType.detect(head) {
        case .webp?: .webp
        case .png?: .png
        case .jpeg?: .jpeg
        case .gif?: .gif
        case .mp4?, .mov?: .mp4
        case .webm?: .webm
        case .svg?: .svg
        default: .unknown
        }
    }

    /// The media type for HTTP; `application/octet-stream` for `unknown`.
    package var mimeType: String {
        switch self {
        case .webp: "image/webp"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .gif: "image/gif"
        case .mp4: "video/mp4"
        case .webm: "video/webm"
        case .svg: "image/svg+xml"
        case .unknown: "application/octet-stream"
        }
    }

    /// The file extension without the dot; `bin` for `unknown`.
    package var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .unknown: "bin"
        default: rawValue
        }
    }

    /// True for `mp4` and `webm`. An animated GIF or WebP counts as a picture.
    package var isVideo: Bool { self == .mp4 || self == .webm }
}
