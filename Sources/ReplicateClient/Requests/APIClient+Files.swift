package import Foundation
package import ReplicateAPI

extension APIClient {
    /// Uploads a file, read from the disk as it is sent. There is no time limit while bytes move. The request is
    /// repeated after a passing failure; if only the answer was lost, one unused file stays on the server.
    ///
    /// Throws `invalidInput` when the file cannot be read, and `tooLarge` above ``StoredFile/mostBytes``, both before
    /// anything is sent.
    package func upload(file: URL, contentType: String) async throws(APIError) -> StoredFile {
        let name = "POST /files"
        let size = (try? FileManager.default.attributesOfItem(atPath: file.path))?[.size] as? Int
        guard let size else {
            throw APIError(.invalidInput, "\(file.lastPathComponent) cannot be read", request: name)
        }
        guard size <= StoredFile.mostBytes else {
            throw APIError(
                .tooLarge,
                "\(file.lastPathComponent) is larger than the 100 MB that can be uploaded",
                request: name
            )
        }
        let body = HTTPRequest.Body.file(path: file.path, name: file.lastPathComponent, contentType: contentType)
        var request = HTTPRequest(method: "POST", url: configuration.baseURL.absoluteString + "/files", body: body)
        request.timeout = nil
        let json = try await ask(request, name: name) { try? JSONValue(parsing: $0) }
        guard let stored = StoredFile(json: json) else {
            throw APIError(.invalidResponse, "The API's answer is not a file", request: name)
        }
        return stored
    }
}
