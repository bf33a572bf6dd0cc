import Foundation

extension OutputStudio {
    /// What `lab/shapes` makes. Files are as large as their first bytes and a little more, but for the film.
    func shape(_ record: PredictionRecord, _ origin: String) -> Product {
        let input = record.model.completed(record.input)
        let shape = input["shape"]?.stringValue.flatMap(OutputShape.init(rawValue:)) ?? .nothing
        let count = input["num_outputs"]?.integerValue ?? 1
        func file(_ type: SampleFile, _ index: Int = 0) -> JSON {
            let name = "out-\(index).\(type.name)"
            outputs.store(.init(bytes: type.bytes, contentType: type.contentType), at: "\(record.id)/\(name)")
            return .string("\(origin)/delivery/\(record.id)/\(name)")
        }
        func pictures(_ count: Int) -> JSON { .array((0..<count).map { file(.avif, $0) }) }
        switch shape {
        case .object: return Product(output: ["image": file(.avif), "score": 0.5, "seed": 7, "caption": "a fox"])
        case .nested:
            let stems: [JSON] = [["name": "bass", "file": file(.wav)], ["name": "drums", "file": file(.mp3, 1)]]
            return Product(output: ["stems": .array(stems), "tempo": 120])
        case .transcription:
            return Product(
                output: [
                    "segments": [["start": 0, "end": 1, "text": "hello"]], "transcription": "hello there",
                    "translation": nil,
                ]
            )
        case .number: return Product(output: 0.9312)
        case .boolean: return Product(output: false)
        case .vectors: return Product(output: [[0.1, 0.2], [0.3, 0.4]])
        case .mixed: return Product(output: [file(.avif), "a caption of it"])
        case .text: return Product(output: "plain words\nin two lines")
        case .nothing, .empty:
            var product = Product(output: shape == .empty ? [] : nil, counters: ["image_output_count": 0])
            product.logs = "NSFW content detected. Try running it again, or try a different prompt.\n"
            return product
        case .failedLate, .canceledLate:
            var product = Product(output: pictures(2), counters: ["image_output_count": 2])
            product.ending =
                shape == .failedLate ? .failed("The safety check broke after the pictures were made") : .canceled
            return product
        case .fewer:
            return Product(output: pictures(max(0, count - 1)), counters: ["image_output_count": .integer(count - 1)])
        case .gif, .animatedWebP:
            return Product(output: animation(record, isGIF: shape == .gif, origin).map(JSON.string) ?? .null)
        case .inlineWAV: return Product(output: .string(SampleFile.wav.inline("application/octet-stream")))
        case .inlineFilm: return Product(output: .string(SampleFile.film.inline("video/mp4")))
        default:
            guard let type = SampleFile.named[shape] else { return Product(output: nil) }
            return Product(output: count == 1 ? file(type) : .array((0..<count).map { file(type, $0) }))
        }
    }
}

/// A file of some type that is not drawn: its first bytes are right, the rest is filling.
struct SampleFile: Sendable {
    /// The ending in its address.
    let name: String
    let contentType: String
    let bytes: Data

    private init(_ name: String, _ contentType: String, _ head: [UInt8], filling: Int = 300) {
        self.name = name
        self.contentType = contentType
        bytes = Data(head) + Data(repeating: 1, count: filling)
    }

    private init(_ name: String, _ contentType: String, text: String) {
        self.name = name
        self.contentType = contentType
        bytes = Data(text.utf8)
    }

    func inline(_ type: String) -> String { "data:\(type);base64,\(bytes.base64EncodedString())" }

    private static func media(_ brand: String) -> [UInt8] { [0, 0, 0, 28] + Array("ftyp\(brand)".utf8) }
    private static let unknown = "application/octet-stream"

    static let avif = SampleFile("avif", unknown, media("avif"))
    static let wav = SampleFile("wav", "audio/x-wav", Array("RIFF\u{24}\0\0\0WAVEfmt ".utf8))
    static let mp3 = SampleFile("mp3", "audio/mpeg", Array("ID3\u{4}".utf8))
    /// Larger than what a client may keep of an answer.
    static let film = SampleFile("mp4", "video/mp4", media("isom"), filling: 36_000_000)

    static let named: [OutputShape: SampleFile] = [
        .avif: avif, .wav: wav, .mp3: mp3,
        .heic: SampleFile("heic", "image/heic", media("heic")),
        .m4a: SampleFile("m4a", "audio/mp4", media("M4A ")),
        .mov: SampleFile("mov", "video/quicktime", media("qt  ")),
        .glb: SampleFile("glb", unknown, Array("glTF".utf8)),
        .ogg: SampleFile("ogg", "audio/ogg", Array("OggS".utf8)),
        .flac: SampleFile("flac", "audio/flac", Array("fLaC".utf8)),
        .safetensors: SampleFile("safetensors", unknown, [64, 0, 0, 0, 0, 0, 0, 0] + Array("{\"weight\":".utf8)),
        .zip: SampleFile("zip", "application/zip", [0x50, 0x4B, 3, 4]),
        .tarball: SampleFile("tar.gz", "application/gzip", [0x1F, 0x8B, 8, 0]),
        .pdf: SampleFile("pdf", "application/pdf", Array("%PDF-1.7\n".utf8)),
        .svg: SampleFile(
            "svg",
            unknown,
            text: "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"
        ),
        .xml: SampleFile("xml", "application/xml", text: "<?xml version=\"1.0\"?>\n<score-partwise></score-partwise>"),
        .html: SampleFile("html", "text/html", text: "<!DOCTYPE html><html><body>a plot</body></html>"),
        .srt: SampleFile("srt", "text/plain", text: "1\n00:00:00,000 --> 00:00:01,000\nhi\n"),
        .csv: SampleFile("csv", "text/csv", text: "a,b\n1,2\n"),
    ]
}
