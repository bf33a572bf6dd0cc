import Composing
import Foundation
import PictureMetadata
import Pictures
import Predictions
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

    /// Posts what the picture says of how it was made; nothing where there is no picture.
    func examine(_ path: String, _ text: String) {
        guard let file = OpenFile(file(path).path),
            PictureFormat.detect(Data(file.bytes(at: 0, count: min(file.size, 1_024)) ?? [])) != .unknown
        else { return }
        post(.pictureExamined(DroppedPicture(text: text, recipe: FoundMetadata(file.content).map(PictureRecipe.init))))
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

extension ImagePerformer {
    /// Posts the address of a file for an input, or why it was not uploaded. Any file is sent, as by the command line.
    func upload(input name: String, _ path: String) async {
        let file = InputFile(lookingAt: file(path).path)
        let result: Result<String, InputUploadFailure>
        if let issue = file.issue {
            result = .failure(InputUploadFailure(reason: "cannot be sent: the file \(issue)"))
        } else {
            do throws(APIError) {
                let type = file.type ?? "application/octet-stream"
                let stored = try await client.upload(file: URL(filePath: file.path), contentType: type)
                result = .success(stored.url)
            } catch {
                result = .failure(InputUploadFailure(reason: "was not uploaded: \(error.message)"))
            }
        }
        post(.inputUploaded(name: name, path: path, result))
    }
}

extension PictureRecipe {
    /// Of other programs' words what models of this API have inputs for.
    fileprivate init(_ found: FoundMetadata) {
        var inputs = found.own?.inputs ?? [:]
        inputs["seed"] = inputs["seed"] ?? found.seed.map { .integer($0) }
        if found.own == nil {
            inputs["negative_prompt"] = found.negativePrompt.map { .string($0) }
            inputs["width"] = found.width.map { .integer(Int64($0)) }
            inputs["height"] = found.height.map { .integer(Int64($0)) }
        }
        self.init(
            madeBy: found.origin.rawValue,
            model: found.own?.model,
            prompt: found.prompt,
            inputs: inputs,
            omitted: found.own?.omitted ?? []
        )
    }
}
