package import Foundation
package import ReplicateAPI

extension APIClient {
    /// Bytes that the Files API takes at most.
    package static let uploadLimit = 100_000_000

    /// Uploads a file, streaming it from the disk. A lost answer leaves a stray file on the server, nothing worse.
    package func upload(file: URL, contentType: String) async throws(APIError) -> StoredFile {
        let name = "POST /files"
        let size = (try? FileManager.default.attributesOfItem(atPath: file.path))?[.size] as? Int
        guard let size else {
            throw APIError(.invalidInput, "\(file.lastPathComponent) cannot be read", request: name)
        }
        guard size <= Self.uploadLimit else {
            throw APIError(
                .tooLarge,
                "\(file.lastPathComponent) is larger than the 100 MB that can be uploaded",
                request: name
            )
        }
        let body = HTTPRequest.Body.file(path: file.path, name: file.lastPathComponent, contentType: contentType)
        // As long as it moves, an upload may take its time.
        let json = try await json("POST", "/files", body: body, timeout: .seconds(600))
        guard let stored = StoredFile(json: json) else {
            throw APIError(.invalidResponse, "The API's answer is not a file", request: name)
        }
        return stored
    }
}
