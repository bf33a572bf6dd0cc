import FileTypes

/// What a file is, judged by its first bytes and never by its name or what a server called it.
package enum PictureFormat: String, Sendable, CaseIterable {
    case webp, png, jpeg, gif, mp4, webm, svg
    /// Anything else. HTML, JSON and XML are never a picture, whatever they contain.
    case unknown

    /// How many bytes `detect(_:)` looks at; fewer may leave an SVG or a WebM unrecognised.
    package static let headLength = FileType.headLength

    /// Judges a file by its beginning; bytes after `headLength` are ignored.
    ///
    /// `mp4` includes QuickTime files, which share its structure; a HEIC or AVIF still picture and sound alone, which
    /// share it as well, are `unknown`. `webm` excludes other Matroska files.
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

    /// Without the dot; `bin` for `unknown`.
    package var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .unknown: "bin"
        default: rawValue
        }
    }

    /// An animated GIF or WebP counts as a picture.
    package var isVideo: Bool { self == .mp4 || self == .webm }
}
