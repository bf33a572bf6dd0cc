import Foundation
import Pictures
import ReplicateAPI
import ReplicateClient
import Studio

/// Looks at the addresses of the image list, and uploads its files.
struct ImagePerformer: Sendable {
    let client: APIClient
    /// The file that a path of the image list names; `~` stands for the person's home.
    let file: @Sendable (String) -> URL
    let post: Post

    /// Posts what a look at the address from here tells.
    func check(_ id: ImageItem.ID, _ url: String) async {
        let result: ImageList.CheckResult
        do {
            result = Self.verdict(try await client.probe(url))
        } catch {
            result =
                error.effect == .notSent ? .bad(reason: "cannot be reached") : .unconfirmed(reason: "not checked")
        }
        post(.imageChecked(id, url: url, result))
    }

    static func verdict(_ probe: URLProbe) -> ImageList.CheckResult {
        switch probe.status {
        case 200, 206: break
        case 404, 410: return .bad(reason: "\(probe.status) not found")
        case 401, 403: return .bad(reason: "\(probe.status) not allowed")
        default: return .unconfirmed(reason: "the host answers \(probe.status)")
        }
        let header = PictureHeaderReader.read(probe.head)
        let type = header?.format.mimeType ?? probe.contentType
        guard type?.hasPrefix("image/") == true || type?.hasPrefix("video/") == true else {
            return .bad(reason: "not a picture (\(type ?? "unknown type"))")
        }
        return .ok(ImageFacts(contentType: type, width: header?.width, height: header?.height, bytes: probe.length))
    }

    /// Posts the address of the uploaded file, or why it was not uploaded. What is no picture is not sent.
    func upload(_ id: ImageItem.ID, _ path: String) async {
        let file = file(path)
        // A pipe in its place would be waited for.
        let isFile = (try? file.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile
        let handle = isFile == true ? FileHandle(forReadingAtPath: file.path) : nil
        let head = handle.flatMap { try? $0.read(upToCount: 1_024) } ?? Data()
        let format = PictureFormat.detect(head)
        guard format != .unknown else {
            return post(.imageUploadFailed(id, path: path, reason: head.isEmpty ? "cannot be read" : "not a picture"))
        }
        do {
            let stored = try await client.upload(file: file, contentType: format.mimeType)
            post(.imageUploaded(id, path: path, url: stored.url))
        } catch {
            post(.imageUploadFailed(id, path: path, reason: error.message))
        }
    }
}
