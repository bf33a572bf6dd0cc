import Foundation
import HTTPTypes
import Hummingbird

extension Routes {
    func addDelivery(to router: Router<SandboxContext>) {
        router.get("delivery/{id}/{file}") { request, context in
            let (id, file) = (try context.parameters.require("id"), try context.parameters.require("file"))
            guard let output = await output(id, file) else { throw SandboxProblem.notFound }
            return try answer(output, to: request)
        }
    }

    /// A finished output, or a cover or example that is made when it is first asked for.
    private func output(_ id: String, _ file: String) async -> OutputStore.Output? {
        let now = world.time.now()
        if let output = world.outputs.output(at: "\(id)/\(file)", now: now) { return output }
        if let model = world.catalogue.models.first(where: { $0.coverID == id }), file == "cover.webp" {
            await Exhibit(model: model, outputs: world.outputs).makeCover()
        } else if let model = world.catalogue.models.first(where: { $0.exampleID == id }), file == model.exampleFile {
            await Exhibit(model: model, outputs: world.outputs).makeExample()
        }
        return world.outputs.output(at: "\(id)/\(file)", now: now)
    }

    private func answer(_ output: OutputStore.Output, to request: Request) throws(SandboxProblem) -> Response {
        // A path never gets another content.
        let tag = "\"\(request.uri.path.split(separator: "/").joined(separator: "-"))\""
        var headers: HTTPFields = [
            .contentType: output.contentType, .acceptRanges: "bytes", .eTag: tag, .cacheControl: "public, max-age=3600",
        ]
        let isSame = request.headers[.ifRange].map { $0 == tag } ?? true
        guard isSame, let range = request.headers[.range], range.hasPrefix("bytes=") else {
            headers[.contentLength] = String(output.bytes.count)
            return Response(status: .ok, headers: headers, body: body(output.bytes))
        }
        guard let part = ByteRange(range, of: output.bytes.count) else {
            throw SandboxProblem(
                status: .rangeNotSatisfiable,
                body: ["detail": "Range not satisfiable"],
                headers: [.contentRange: "bytes */\(output.bytes.count)"]
            )
        }
        headers[.contentRange] = "bytes \(part.first)-\(part.last)/\(output.bytes.count)"
        headers[.contentLength] = String(part.last - part.first + 1)
        return Response(status: .partialContent, headers: headers, body: body(output.bytes[part.first...part.last]))
    }

    private func body(_ bytes: Data) -> ResponseBody { ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)) }
}

/// A single range of a `Range` header (RFC 9110).
struct ByteRange: Equatable {
    let first: Int
    let last: Int

    /// nil when `text` is no single range or lies outside `count` bytes.
    init?(_ text: String, of count: Int) {
        let parts = text.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, count > 0 else { return nil }
        if parts[0].isEmpty {
            guard let length = Int(parts[1]), length > 0 else { return nil }
            self.first = max(0, count - length)
            self.last = count - 1
        } else {
            guard let first = Int(parts[0]), first < count else { return nil }
            guard parts[1].isEmpty || Int(parts[1]).map({ $0 >= first }) == true else { return nil }
            self.first = first
            self.last = min(count - 1, Int(parts[1]) ?? count - 1)
        }
    }
}

/// The pictures on a model's page.
struct Exhibit: Sendable {
    let model: CatalogueModel
    let outputs: OutputStore

    private var prompt: String { model.example["prompt"]?.stringValue ?? model.summary }

    @concurrent
    func makeCover() async {
        let canvas = Painter.paint(prompt: prompt, seed: 3, width: 512, height: 512)
        store(canvas.encoded(.webp, quality: 80), "image/webp", "\(model.coverID)/cover.webp")
    }

    @concurrent
    func makeExample() async {
        let path = "\(model.exampleID)/\(model.exampleFile)"
        guard case .movie = model.recipe else {
            let canvas = Painter.paint(
                prompt: prompt,
                seed: model.example["seed"]?.integerValue ?? 42,
                width: 768,
                height: 768
            )
            return store(canvas.encoded(.webp, quality: 80), "image/webp", path)
        }
        let pictures = (0..<2).map { Painter.paint(prompt: prompt, seed: $0, width: 576, height: 324) }
        guard let show = Slideshow(pictures: pictures, duration: 4, aspect: nil) else { return }
        let movie = MotionJPEGMovie(
            width: show.width,
            height: show.height,
            framesPerSecond: Slideshow.framesPerSecond,
            frames: await show.frames()
        )
        store(movie.encoded(), "video/mp4", path)
    }

    private func store(_ bytes: Data?, _ type: String, _ path: String) {
        guard let bytes else { return }
        outputs.store(OutputStore.Output(bytes: bytes, contentType: type), at: path)
    }
}
