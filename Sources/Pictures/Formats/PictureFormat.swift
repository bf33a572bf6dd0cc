/// What a file is, judged by its first bytes and never by its name or what a server called it.
package enum PictureFormat: String, Sendable, CaseIterable {
    case webp, png, jpeg, gif, mp4, webm, svg
    /// Anything else. HTML, JSON and XML are never a picture, whatever they contain.
    case unknown

    /// How many bytes `detect(_:)` looks at; fewer may leave an SVG or a WebM unrecognised.
    package static let headLength = 1024

    /// Judges a file by its beginning; bytes after `headLength` are ignored.
    ///
    /// `mp4` includes QuickTime files, which share its structure; a HEIC or AVIF still picture, which shares it as
    /// well, is `unknown`. `webm` excludes other Matroska files.
    package static func detect(_ head: some Sequence<UInt8>) -> PictureFormat {
        let head = Array(head.prefix(headLength))
        func has(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
            head.count >= offset + bytes.count && head[offset..<offset + bytes.count].elementsEqual(bytes)
        }
        func says(_ text: StaticString, at offset: Int) -> Bool {
            text.withUTF8Buffer { has(Array($0), at: offset) }
        }
        if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if has([0xFF, 0xD8, 0xFF]) { return .jpeg }
        if says("RIFF", at: 0) && says("WEBP", at: 8) { return .webp }
        if says("GIF87a", at: 0) || says("GIF89a", at: 0) { return .gif }
        if says("ftyp", at: 4) {
            let stills = [
                "avif", "avis", "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "crx ", "jxl ",
            ]
            return stills.contains(String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self)) ? .unknown : .mp4
        }
        // QuickTime before `ftyp` was invented. The leading zero keeps text out.
        if has([0]), says("moov", at: 4) || says("mdat", at: 4) || says("wide", at: 4) { return .mp4 }
        if has([0x1A, 0x45, 0xDF, 0xA3]) { return isWebM(head) ? .webm : .unknown }
        return isSVG(head) ? .svg : .unknown
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

    /// Looks for the DocType element (0x4282) with the value `webm`.
    private static func isWebM(_ head: [UInt8]) -> Bool {
        let docType: [UInt8] = [0x42, 0x82, 0x84] + Array("webm".utf8)
        return head.indices.contains { head[$0...].starts(with: docType) }
    }

    /// Whether the root element is `svg`, after any byte order mark, declaration, comments and document type.
    private static func isSVG(_ head: [UInt8]) -> Bool {
        var rest = head[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while true {
            rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            if rest.starts(with: Array("<svg".utf8)) {
                guard let next = rest.dropFirst(4).first else { return false }
                return [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ">"), UInt8(ascii: "/")].contains(next)
            }
            let end: [UInt8]
            if rest.starts(with: Array("<!--".utf8)) {
                end = Array("-->".utf8)
            } else if rest.starts(with: Array("<?xml".utf8)) || rest.starts(with: Array("<!DOCTYPE svg".utf8)) {
                end = Array(">".utf8)
            } else {
                return false
            }
            guard let close = rest.indices.first(where: { rest[$0...].starts(with: end) }) else { return false }
            rest = rest[(close + end.count)...]
        }
    }
}
