/// A type of file: how it is named on the disk and over HTTP.
package struct FileType: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case picture, video, audio, model3D, archive, document, text, page, other
    }

    /// Lower case, without the dot.
    package let fileExtension: String
    package let mediaType: String
    package let kind: Kind

    init(_ fileExtension: String, _ mediaType: String, _ kind: Kind) {
        self.fileExtension = fileExtension
        self.mediaType = mediaType
        self.kind = kind
    }

    /// The type that a media type names; nil for one that is not known or says nothing, such as
    /// `application/octet-stream`. Parameters and case do not matter.
    package init?(mediaType: String) {
        let name = mediaType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        guard let type = Self.byMediaType[name] else { return nil }
        self = type
    }

    /// The type that a file's extension names; nil for one that is not known. Case does not matter.
    package init?(fileExtension: String) {
        guard let type = Self.byExtension[fileExtension.lowercased()] else { return nil }
        self = type
    }

    /// Many formats begin like it, so that a name tells more.
    package var isGeneric: Bool { Self.generic.contains(self) }

    /// Known by its first bytes: a file that does not begin so is no such file.
    package var hasSignature: Bool { Self.withSignature.contains(self) }

    package static let webp = FileType("webp", "image/webp", .picture)
    package static let png = FileType("png", "image/png", .picture)
    package static let jpeg = FileType("jpg", "image/jpeg", .picture)
    package static let gif = FileType("gif", "image/gif", .picture)
    package static let avif = FileType("avif", "image/avif", .picture)
    package static let heic = FileType("heic", "image/heic", .picture)
    package static let jxl = FileType("jxl", "image/jxl", .picture)
    package static let tiff = FileType("tiff", "image/tiff", .picture)
    package static let bmp = FileType("bmp", "image/bmp", .picture)
    package static let ico = FileType("ico", "image/x-icon", .picture)
    package static let psd = FileType("psd", "image/vnd.adobe.photoshop", .picture)
    package static let exr = FileType("exr", "image/x-exr", .picture)
    package static let hdr = FileType("hdr", "image/vnd.radiance", .picture)
    package static let cr3 = FileType("cr3", "image/x-canon-cr3", .picture)
    package static let svg = FileType("svg", "image/svg+xml", .picture)
    package static let mp4 = FileType("mp4", "video/mp4", .video)
    package static let mov = FileType("mov", "video/quicktime", .video)
    package static let webm = FileType("webm", "video/webm", .video)
    package static let mkv = FileType("mkv", "video/x-matroska", .video)
    package static let avi = FileType("avi", "video/x-msvideo", .video)
    package static let mpeg = FileType("mpg", "video/mpeg", .video)
    package static let flv = FileType("flv", "video/x-flv", .video)
    package static let m4a = FileType("m4a", "audio/mp4", .audio)
    package static let mp3 = FileType("mp3", "audio/mpeg", .audio)
    package static let wav = FileType("wav", "audio/wav", .audio)
    package static let ogg = FileType("ogg", "audio/ogg", .audio)
    package static let flac = FileType("flac", "audio/flac", .audio)
    package static let aac = FileType("aac", "audio/aac", .audio)
    package static let aiff = FileType("aiff", "audio/aiff", .audio)
    package static let midi = FileType("mid", "audio/midi", .audio)
    package static let glb = FileType("glb", "model/gltf-binary", .model3D)
    package static let ply = FileType("ply", "application/x-ply", .model3D)
    package static let fbx = FileType("fbx", "application/x-fbx", .model3D)
    package static let zip = FileType("zip", "application/zip", .archive)
    package static let gzip = FileType("gz", "application/gzip", .archive)
    package static let tar = FileType("tar", "application/x-tar", .archive)
    package static let xz = FileType("xz", "application/x-xz", .archive)
    package static let bzip2 = FileType("bz2", "application/x-bzip2", .archive)
    package static let zstd = FileType("zst", "application/zstd", .archive)
    package static let sevenZip = FileType("7z", "application/x-7z-compressed", .archive)
    package static let rar = FileType("rar", "application/vnd.rar", .archive)
    package static let pdf = FileType("pdf", "application/pdf", .document)
    package static let safetensors = FileType("safetensors", "application/x-safetensors", .other)
    package static let gguf = FileType("gguf", "application/x-gguf", .other)
    package static let hdf5 = FileType("h5", "application/x-hdf5", .other)
    package static let npy = FileType("npy", "application/x-npy", .other)
    package static let sqlite = FileType("sqlite", "application/vnd.sqlite3", .other)
    package static let parquet = FileType("parquet", "application/vnd.apache.parquet", .other)
    package static let wasm = FileType("wasm", "application/wasm", .other)
    package static let json = FileType("json", "application/json", .text)
    package static let xml = FileType("xml", "application/xml", .text)
    package static let html = FileType("html", "text/html", .page)
    package static let text = FileType("txt", "text/plain", .text)
}
