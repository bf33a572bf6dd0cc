extension Catalogue {
    /// A model whose output has whatever shape and type its input names.
    static let shapesModel = CatalogueModel(
        "lab/shapes",
        official: false,
        runs: 3,
        day: 300,
        tags: ["lab"],
        compute: .milliseconds(500),
        output: .anything,
        recipe: .shape,
        summary: "Answers with any shape of output, and with any type of file",
        example: ["shape": "object"],
        fields: [
            .required("shape", .choice(OutputShape.allCases.map { .string($0.rawValue) }), "What comes back"),
            .optional("prompt", .text, "Goes into the file's name", ""),
            .optional("num_outputs", .integer(1...4), "How many files", 1),
        ]
    )
}

/// What `lab/shapes` can answer with.
enum OutputShape: String, CaseIterable, Sendable {
    // Files by themselves.
    case avif, heic, m4a, mov, wav, mp3, glb, ogg, flac, safetensors, zip, tarball, pdf, svg, xml, html, srt, csv
    // Animations.
    case gif
    case animatedWebP = "animated-webp"
    // Files in the answer itself.
    case inlineWAV = "inline-wav"
    case inlineFilm = "inline-film"
    // What is no file, or not only that.
    case object, nested, transcription, number, boolean, vectors, mixed, text
    // Nothing.
    case nothing, empty
    // Ends that are none.
    case failedLate = "failed-late"
    case canceledLate = "canceled-late"
    case fewer
}
