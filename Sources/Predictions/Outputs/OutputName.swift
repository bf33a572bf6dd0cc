package import Foundation

/// Names of saved files: readable, sorted by day, and unable to leave their folder whatever the network sent.
package enum OutputName {
    /// `a-red-fox-x3k9q2-0.webp`: words of the prompt, the beginning of the prediction's id, the output's number.
    package static func file(prompt: String, predictionID: String, index: Int, fileExtension: String) -> String {
        let words = slug(prompt, most: 48)
        let id = slug(String(predictionID.prefix(8)), most: 8)
        let stem = [words, id, String(index)].filter { !$0.isEmpty }.joined(separator: "-")
        return "\(stem).\(slug(fileExtension, most: 8))"
    }

    /// `2026-11-24`, in the person's own calendar day.
    package static func folder(for date: Date, calendar: Calendar) -> String {
        let day = calendar.dateComponents([.year, .month, .day], from: date)
        func padded(_ number: Int?) -> String { String((number ?? 0) + 100).suffix(2).description }
        return "\(day.year ?? 0)-\(padded(day.month))-\(padded(day.day))"
    }

    /// Lower-case ASCII letters and digits with single hyphens between words; empty when there are none.
    static func slug(_ text: String, most: Int) -> String {
        var slug = ""
        for scalar in text.prefix(most * 4).lowercased().unicodeScalars {
            if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
                slug.unicodeScalars.append(scalar)
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug.append("-")
            }
        }
        slug = String(slug.prefix(most))
        // Cut between words where one ends nearby.
        if slug.count == most, let hyphen = slug.lastIndex(of: "-"),
            slug.distance(from: slug.startIndex, to: hyphen) > most / 2
        {
            slug = String(slug[..<hyphen])
        }
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug
    }
}

/// What a file is, by its first bytes and what the host said.
enum OutputType {
    /// The extension to save under; nil when it is a page of text where a file was promised.
    static func fileExtension(head: Data, contentType: String?, url: String) -> String? {
        if let known = magic(head) { return known }
        let named = contentType.flatMap { types[$0] }
        let text = String(decoding: head.prefix(64), as: UTF8.self).lowercased()
            .trimmingCharacters(in: .whitespacesAndNewlines)
        if text.hasPrefix("<!doctype") || text.hasPrefix("<html") { return nil }
        if text.hasPrefix("<?xml"), named != "svg" { return nil }
        if let named { return named }
        let path = url.hasPrefix("data:") ? "" : URL(string: url)?.pathExtension ?? ""
        let slug = OutputName.slug(path, most: 8)
        return slug.isEmpty ? "bin" : slug
    }

    private static func magic(_ head: Data) -> String? {
        let bytes = [UInt8](head.prefix(16))
        func at(_ offset: Int, _ text: StaticString) -> Bool {
            text.withUTF8Buffer {
                bytes.count >= offset + $0.count && bytes[offset..<(offset + $0.count)].elementsEqual($0)
            }
        }
        if at(0, "RIFF"), at(8, "WEBP") { return "webp" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "jpg" }
        if at(0, "GIF8") { return "gif" }
        if at(4, "ftyp") { return "mp4" }
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return "webm" }
        return nil
    }

    private static let types = [
        "image/webp": "webp", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg",
        "video/mp4": "mp4", "video/webm": "webm", "audio/mpeg": "mp3", "audio/wav": "wav", "application/zip": "zip",
        "application/json": "json", "text/plain": "txt",
    ]
}
