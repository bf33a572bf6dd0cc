import Foundation

enum DataURI {
    /// Decodes `data:image/png;base64,…`, or one with percent-encoded text, into `file`. Throws `notAFile` when the URI
    /// is not valid or holds no bytes.
    static func decode(_ uri: String, into file: PartialDownload) throws(DownloadError) -> Download {
        guard let comma = uri.firstIndex(of: ",") else { throw .notAFile(reason: "the data: URI is not whole") }
        let head = uri[uri.index(uri.startIndex, offsetBy: 5)..<comma]
        let content = String(uri[uri.index(after: comma)...])
        let isBase64 = head.lowercased().hasSuffix(";base64")
        let decoded =
            isBase64
            ? Data(base64Encoded: content, options: .ignoreUnknownCharacters)
            : content.removingPercentEncoding.map { Data($0.utf8) }
        guard let decoded else { throw .notAFile(reason: "the data: URI cannot be decoded") }
        let type = head.split(separator: ";", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        do {
            return try file.write(decoded, contentType: type.isEmpty ? "text/plain" : type)
        } catch {
            // The URI itself is empty: another try gives the same result.
            throw error == .empty ? .notAFile(reason: "the data: URI is empty") : error
        }
    }
}
