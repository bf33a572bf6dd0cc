import Foundation

/// The parts of a `multipart/form-data` body (RFC 7578).
struct MultipartForm {
    struct Part: Equatable {
        var name: String
        var filename: String?
        var contentType: String?
        var bytes: Data
    }

    private(set) var parts: [Part] = []

    subscript(name: String) -> Part? { parts.first { $0.name == name } }

    /// nil when `contentType` names no boundary or the body does not follow it.
    init?(_ body: Data, contentType: String) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty
        else { return nil }
        let delimiter = Data("--\(boundary)".utf8)
        guard let first = body.range(of: delimiter) else { return nil }
        var start = first.upperBound
        while body[start...].prefix(2) != Data("--".utf8) {
            guard let headEnd = body.range(of: Data("\r\n\r\n".utf8), in: start..<body.endIndex),
                let end = body.range(of: Data("\r\n".utf8) + delimiter, in: headEnd.upperBound - 2..<body.endIndex)
            else { return nil }
            let head = String(decoding: body[start..<headEnd.lowerBound], as: UTF8.self)
            let content = headEnd.upperBound..<max(headEnd.upperBound, end.lowerBound)
            if let part = Self.part(head: head, bytes: Data(body[content])) { parts.append(part) }
            start = end.upperBound
        }
    }

    private static func part(head: String, bytes: Data) -> Part? {
        var disposition: String?
        var type: String?
        for line in head.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": type = value
            default: continue
            }
        }
        guard let disposition, let name = parameter("name", of: disposition) else { return nil }
        return Part(name: name, filename: parameter("filename", of: disposition), contentType: type, bytes: bytes)
    }

    private static func parameter(_ key: String, of value: String) -> String? {
        for piece in value.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if pair.count == 2, pair[0].lowercased() == key {
                return pair[1].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        }
        return nil
    }
}
