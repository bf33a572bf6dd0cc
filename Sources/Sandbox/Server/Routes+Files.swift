import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Routes {
    private static let uploadLimit = 100 << 20

    func addFiles(to api: RouterGroup<SandboxContext>) {
        api.get("files") { request, _ in
            let page = try Page(
                of: world.files.files(now: world.time.now()),
                cursor: query("cursor", request),
                size: 100,
                link: { url("/v1/files", [("cursor", $0)]) },
                document: { $0.document(origin: world.origin) }
            )
            return Response.json(page.document)
        }
        api.post("files") { request, _ in try await upload(request) }
        api.get("files/{id}") { _, context in Response.json(try file(context).document(origin: world.origin)) }
        api.delete("files/{id}") { _, context in
            guard world.files.remove(try context.parameters.require("id")) else { throw SandboxProblem.fileNotFound }
            return Response(status: .noContent)
        }
        api.get("files/{id}/download") { _, context in
            let file = try file(context)
            return Response(
                status: .ok,
                headers: [.contentType: file.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes))
            )
        }
    }

    private func file(_ context: SandboxContext) throws -> FileStore.File {
        guard let file = world.files.file(try context.parameters.require("id"), now: world.time.now()) else {
            throw SandboxProblem.fileNotFound
        }
        return file
    }

    private func upload(_ request: Request) async throws -> Response {
        let body: ByteBuffer
        do {
            // Room for the form around the content.
            body = try await request.body.collect(upTo: Self.uploadLimit + 65_536)
        } catch is NIOTooManyBytesError {
            throw SandboxProblem.fileTooLarge
        }
        guard let form = MultipartForm(Data(body.readableBytesView), contentType: request.headers[.contentType] ?? "")
        else { throw SandboxProblem.detail(.badRequest, "The body is not multipart/form-data") }
        guard let content = form["content"] else {
            throw SandboxProblem.detail(.badRequest, "Missing content")
        }
        guard content.bytes.count <= Self.uploadLimit else { throw SandboxProblem.fileTooLarge }
        let name = text(form["filename"]) ?? content.filename ?? "file"
        guard name.utf8.count <= 255 else {
            throw SandboxProblem.detail(.badRequest, "Filename is longer than 255 bytes")
        }
        var metadata: JSON = [:]
        if let part = form["metadata"] {
            guard let value = try? JSON(parsing: part.bytes), value.objectValue != nil else {
                throw SandboxProblem.detail(.badRequest, "Metadata must be a JSON object")
            }
            metadata = value
        }
        let file = world.files.add(
            content.bytes,
            name: name,
            contentType: text(form["type"]) ?? content.contentType ?? "application/octet-stream",
            metadata: metadata,
            now: world.time.now(),
            lifetime: world.configuration.outputLifetime
        )
        return Response.json(file.document(origin: world.origin), status: .created)
    }

    private func text(_ part: MultipartForm.Part?) -> String? { part.map { String(decoding: $0.bytes, as: UTF8.self) } }
}

extension SandboxProblem {
    fileprivate static let fileNotFound = SandboxProblem(
        status: .notFound,
        body: ["detail": "File not found"],
        contentType: "application/problem+json"
    )
}
