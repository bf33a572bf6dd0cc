import FileTypes
import Foundation

/// Under which ending an output is saved: by its first bytes, and by its names where many formats begin alike.
enum OutputEnding {
    /// As much of a file as is looked at: a page may hide behind a long comment.
    static let headLength = 64 << 10

    /// The ending, without the leading dot; nil: it is a page of HTML, or JSON, where a file of
    /// another type was promised: what a host says instead of the file.
    ///
    /// - Parameters:
    ///   - contentType: what the host called it; nil: nothing.
    ///   - url: its name counts, unless it is a `data:` URI.
    ///   - expected: what the model makes, where its answer tells; nil: it does not.
    static func of(head: Data, contentType: String?, url: String, expected: FileType.Kind? = nil) -> String? {
        let names = Names(contentType: contentType, url: url)
        guard let type = FileType.detect(head, length: headLength) else { return names.ending(isText: isText(head)) }
        if type == .html, names.promiseAnotherThanText(expected) { return nil }
        if type == .json, names.promiseMedia { return nil }
        if type == .mp4, names.byHost == .m4a || names.byAddress == .m4a { return FileType.m4a.fileExtension }
        return type.isGeneric ? names.moreExact(than: type) ?? type.fileExtension : type.fileExtension
    }

    /// Printable UTF-8, as far as it is looked at.
    private static func isText(_ head: Data) -> Bool {
        let start = head.prefix(4_096)
        guard !start.isEmpty, !start.contains(where: { $0 < 0x20 && !(0x08...0x0D).contains($0) && $0 != 0x1B }) else {
            return false
        }
        // A character may be cut at the end.
        return (0...3).contains { String(validating: start.dropLast($0), as: UTF8.self) != nil }
    }
}

/// What an output is called by its host and its address.
private struct Names {
    let byHost: FileType?
    let byAddress: FileType?
    /// As it stands in the address: `tar.gz`, `tgz`; empty where there is none.
    let addressEnding: String

    init(contentType: String?, url: String) {
        byHost = contentType.flatMap(FileType.init(mediaType:))
        let file = url.hasPrefix("data:") ? "" : URLComponents(string: url)?.path.split(separator: "/").last ?? ""
        let parts = file.split(separator: ".").dropFirst().suffix(2).map { OutputName.slug(String($0), most: 16) }
        let last = FileType(fileExtension: parts.last ?? "")
        // `tar.gz`, `nii.gz`: what was packed, and how.
        let isPacked = parts.count == 2 && Self.packers.contains(last) && parts[0].count <= 4 && !parts[0].isEmpty
        byAddress = last
        addressEnding = isPacked ? parts.joined(separator: ".") : parts.last ?? ""
    }

    private static let packers: Set<FileType?> = [.gzip, .bzip2, .xz, .zstd]

    /// Where nothing is known by the bytes.
    func ending(isText: Bool) -> String {
        // `text/plain` is what hosts call whatever they do not know.
        let host = byHost == .text ? nil : byHost
        let known = byAddress != nil || host == nil ? nil : host?.fileExtension
        let ending = known ?? (addressEnding.isEmpty ? byHost?.fileExtension ?? "" : addressEnding)
        // What begins as text is none of the formats that begin otherwise.
        let isOther = FileType(fileExtension: ending)?.hasSignature == true && isText
        return ending.isEmpty || isOther ? isText ? "txt" : "bin" : ending
    }

    /// A format that begins like `type`, such as a PyTorch file, which is a ZIP archive.
    func moreExact(than type: FileType) -> String? {
        if byAddress == type { return addressEnding }
        if !addressEnding.isEmpty, byAddress?.hasSignature != true { return addressEnding }
        guard let byHost, !byHost.hasSignature, byHost != .text else { return nil }
        return byHost.fileExtension
    }

    /// A picture, film or sound by its address. A scene may be JSON.
    var promiseMedia: Bool {
        switch byAddress?.kind {
        case .picture, .video, .audio: true
        default: false
        }
    }

    func promiseAnotherThanText(_ expected: FileType.Kind?) -> Bool {
        if let byAddress { return ![.page, .text, .document].contains(byAddress.kind) }
        if let byHost, byHost.kind != .page { return byHost.kind != .text }
        if !addressEnding.isEmpty { return byHost == .html }
        return expected == .picture || expected == .video || expected == .audio
    }
}
