import Foundation

/// Makes what a model puts out, and says what it is billed by.
struct OutputStudio: Sendable {
    struct Product: Sendable {
        var output: JSON
        var logs = ""
        var counters: [String: JSON] = [:]
        /// How it ends; nil: well.
        var ending: Ending?
    }

    enum Ending: Sendable, Equatable {
        case failed(String)
        case canceled
    }

    let outputs: OutputStore
    let source: PictureSource

    /// Runs away from the caller's thread. Throws `PictureSource.Failure` when an input picture cannot be had.
    @concurrent
    func make(for record: PredictionRecord, origin: String) async throws -> Product {
        switch record.model.recipe {
        case .picture(let recipe): try await pictures(record, recipe, origin)
        case .movie(let recipe): try await movie(record, recipe, origin)
        case .text: text(record)
        case .shape: shape(record, origin)
        case .failure: Product(output: .null)
        }
    }

    func tokens(for record: PredictionRecord) -> [String] {
        let prompt = record.input["prompt"]?.stringValue ?? ""
        if record.model.name == "hello-world" { return ["hello ", prompt] }
        let limit = record.model.completed(record.input)["max_tokens"]?.integerValue ?? 64
        return Storyteller.tokens(for: prompt, seed: record.input["seed"]?.integerValue ?? 0, limit: min(limit, 400))
    }

    private func text(_ record: PredictionRecord) -> Product {
        let tokens = tokens(for: record)
        let read = (record.input["prompt"]?.stringValue ?? "").split(whereSeparator: \.isWhitespace).count
        let seconds = record.model.computeTime.seconds
        return Product(
            output: .array(tokens.map(JSON.string)),
            counters: [
                "input_token_count": .integer(read), "output_token_count": .integer(tokens.count),
                "token_input_count": .integer(read), "token_output_count": .integer(tokens.count),
                "time_to_first_token": .number(seconds / Double(max(1, tokens.count))),
                "tokens_per_second": .number(Double(tokens.count) / seconds),
            ]
        )
    }

    private func pictures(_ record: PredictionRecord, _ recipe: PictureRecipe, _ origin: String) async throws -> Product
    {
        let input = record.model.completed(record.input)
        let isGroup = recipe.groupField.map { input[$0]?.stringValue == "auto" } ?? true
        let count = isGroup ? recipe.countField.flatMap { input[$0]?.integerValue } ?? 1 : 1
        let format = input["output_format"]?.stringValue.flatMap(PictureFormat.init(name:)) ?? recipe.format
        let quality = input["output_quality"]?.integerValue ?? 80
        let prompt = input["prompt"]?.stringValue ?? ""
        var original: PixelCanvas?
        if let field = recipe.sourceField, let url = input[field]?.firstURL {
            original = try await source.picture(at: url)
        }
        let size = PictureSize(input: input, original: original)
        var links: [JSON] = []
        for index in 0..<count {
            let seed = record.seed &+ index
            let canvas =
                original.map {
                    Restyling.restyled($0, prompt: prompt, seed: seed, width: size.width, height: size.height)
                }
                ?? Painter.paint(prompt: prompt, seed: seed, width: size.width, height: size.height)
            let name = "out-\(index).\(format.rawValue)"
            store(canvas.encoded(format, quality: quality) ?? Data(), format.contentType, record.id, name)
            links.append(.string("\(origin)/delivery/\(record.id)/\(name)"))
        }
        return Product(
            output: record.model.output == .files ? .array(links) : links[0],
            counters: recipe.byTime ? [:] : ["image_output_count": .integer(count), "image_count": .integer(count)]
        )
    }

    private func movie(_ record: PredictionRecord, _ recipe: MovieRecipe, _ origin: String) async throws -> Product {
        let input = record.model.completed(record.input)
        let urls = recipe.sources.flatMap { $0.urls(in: input) }
        var pictures: [PixelCanvas] = []
        for url in urls { pictures.append(try await source.picture(at: url)) }
        let aspect = input["aspect_ratio"]?.stringValue.flatMap(PictureSize.ratio)
        if pictures.isEmpty {
            if record.model.field("prompt")?.required != true {
                throw PictureSource.Failure(description: "At least one image URL is required")
            }
            let size = PictureSize(ratio: aspect ?? 16 / 9, longSide: 576)
            let prompt = input["prompt"]?.stringValue ?? ""
            pictures = (0..<2).map { index in
                Painter.paint(prompt: prompt, seed: record.seed &+ index, width: size.width, height: size.height)
            }
        }
        let duration = recipe.timing.duration(of: pictures.count, input: input)
        guard let show = Slideshow(pictures: pictures, duration: duration, aspect: urls.isEmpty ? aspect : nil) else {
            throw PictureSource.Failure(description: "At least one image URL is required")
        }
        let movie = MotionJPEGMovie(
            width: show.width,
            height: show.height,
            framesPerSecond: Slideshow.framesPerSecond,
            frames: await show.frames()
        )
        try Task.checkCancellation()
        store(movie.encoded(), "video/mp4", record.id, "out-0.mp4")
        return Product(
            output: .string("\(origin)/delivery/\(record.id)/out-0.mp4"),
            logs: "Joined \(pictures.count) pictures, \(movie.frames.count) frames\n",
            counters: recipe.byTime ? [:] : movieCounters(input, duration)
        )
    }

    private func movieCounters(_ input: [String: JSON], _ duration: Double) -> [String: JSON] {
        var counters: [String: JSON] = [
            "video_output_count": 1, "video_output_duration_seconds": .number(duration),
        ]
        counters["resolution_target"] = input["resolution"]
        counters["with_audio"] = input["generate_audio"]
        counters["model_variant"] = input["mode"]
        return counters
    }

    /// Kept without an end until the prediction has one.
    private func store(_ bytes: Data, _ type: String, _ id: String, _ name: String) {
        outputs.store(OutputStore.Output(bytes: bytes, contentType: type), at: "\(id)/\(name)")
    }
}

extension MovieRecipe.Source {
    func urls(in input: [String: JSON]) -> [String] {
        switch self {
        case .list(let name): (input[name]?.arrayValue ?? []).compactMap(\.stringValue)
        case .slot(let name): [input[name]?.stringValue].compactMap { $0 }
        case .lines(let name):
            (input[name]?.stringValue ?? "").split(whereSeparator: \.isNewline)
                .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
    }
}

extension MovieRecipe.Timing {
    /// In seconds, for that many pictures.
    func duration(of count: Int, input: [String: JSON]) -> Double {
        switch self {
        case .duration(let field): input[field]?.numberValue ?? 5
        case .perImage(let field): (input[field]?.numberValue ?? 2) * Double(count)
        case .framesPerSecond(let field): Double(count) / max(1, input[field]?.numberValue ?? 24)
        }
    }
}

extension JSON {
    /// A URL, or the first of a list of them.
    fileprivate var firstURL: String? { stringValue ?? arrayValue?.first?.stringValue }
}
