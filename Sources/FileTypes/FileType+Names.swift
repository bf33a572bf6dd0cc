extension FileType {
    /// All types: those that are recognised by their first bytes, and those that are recognised by name only.
    static let all: [FileType] = withSignature + named

    static let withSignature: [FileType] = [
        webp, png, jpeg, gif, avif, heic, jxl, tiff, bmp, ico, psd, exr, hdr, cr3, svg, mp4, mov, webm, mkv, avi, mpeg,
        flv,
        m4a, mp3, wav, ogg, flac, aac, aiff, midi, glb, ply, fbx, zip, gzip, tar, xz, bzip2, zstd, sevenZip, rar, pdf,
        safetensors, gguf, hdf5, npy, sqlite, parquet, wasm, json, xml, html,
    ]

    private static let named: [FileType] = [
        text,
        FileType("gltf", "model/gltf+json", .model3D),
        FileType("obj", "model/obj", .model3D),
        FileType("stl", "model/stl", .model3D),
        FileType("usdz", "model/vnd.usdz+zip", .model3D),
        FileType("3mf", "model/3mf", .model3D),
        FileType("splat", "application/x-splat", .model3D),
        FileType("opus", "audio/opus", .audio),
        FileType("csv", "text/csv", .text),
        FileType("tsv", "text/tab-separated-values", .text),
        FileType("md", "text/markdown", .text),
        FileType("srt", "application/x-subrip", .text),
        FileType("vtt", "text/vtt", .text),
        FileType("yaml", "application/yaml", .text),
        FileType("jsonl", "application/jsonl", .text),
        FileType("musicxml", "application/vnd.recordare.musicxml+xml", .text),
        FileType("npz", "application/x-npz", .other),
        FileType("pt", "application/x-pytorch", .other),
        FileType("onnx", "application/x-onnx", .other),
    ]

    /// Other formats are based on these types, so a known name says more than the first bytes.
    static let generic: Set<FileType> = [zip, gzip, tar, xml, json, text, html, hdf5, tiff, ogg]

    static let byExtension: [String: FileType] = {
        var types = Dictionary(uniqueKeysWithValues: all.map { ($0.fileExtension, $0) })
        let others = [
            "jpeg": jpeg, "jpe": jpeg, "jfif": jpeg, "tif": tiff, "heif": heic, "qt": mov, "m4v": mp4, "mpeg": mpeg,
            "oga": ogg, "ogv": ogg, "wave": wav, "aif": aiff, "midi": midi, "tgz": gzip, "htm": html, "xhtml": html,
            "yml": types["yaml"], "markdown": types["md"], "hdf5": hdf5, "pth": types["pt"], "ckpt": types["pt"],
        ]
        for (name, type) in others { types[name] = type }
        return types
    }()

    static let byMediaType: [String: FileType] = {
        var types = Dictionary(uniqueKeysWithValues: all.map { ($0.mediaType, $0) })
        let others = [
            "image/jpg": jpeg, "image/pjpeg": jpeg, "image/heif": heic, "image/apng": png, "image/x-png": png,
            "image/x-ms-bmp": bmp, "image/vnd.microsoft.icon": ico, "image/svg": svg, "image/avif-sequence": avif,
            "video/x-m4v": mp4, "video/matroska": mkv, "video/avi": avi, "video/msvideo": avi, "video/ogg": ogg,
            "audio/x-m4a": m4a, "audio/m4a": m4a, "audio/mp3": mp3, "audio/x-wav": wav, "audio/wave": wav,
            "audio/vnd.wave": wav, "audio/x-flac": flac, "audio/x-aiff": aiff, "audio/x-midi": midi,
            "audio/aacp": aac, "audio/webm": webm, "application/ogg": ogg, "application/x-zip-compressed": zip,
            "application/x-gzip": gzip, "application/x-rar-compressed": rar, "application/zstandard": zstd,
            "text/json": json, "text/xml": xml, "application/xhtml+xml": html,
            "text/x-markdown": types["text/markdown"],
            "model/ply": ply, "model/x.stl-binary": types["model/stl"], "application/x-yaml": types["application/yaml"],
            "application/x-hdf": hdf5, "application/x-ndjson": types["application/jsonl"],
        ]
        for (name, type) in others { types[name] = type }
        return types
    }()
}
