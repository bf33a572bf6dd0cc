/// A type of file, with its names on the disk and over HTTP.
package struct FileType: Hashable, Sendable {
    /// What the file contains; `page` is HTML.
    package enum Kind: Hashable, Sendable {
        case picture, video, audio, model3D, archive, document, text, page, other
    }

    /// The usual file extension, in lower case and without the dot.
    package let fileExtension: String
    /// The usual media type, without parameters and in lower case.
    package let mediaType: String
    /// What such a file contains.
    package let kind: Kind

    init(_ fileExtension: String, _ mediaType: String, _ kind: Kind) {
        self.fileExtension = fileExtension
        self.mediaType = mediaType
        self.kind = kind
    }

    /// The type of a media type; nil for one that is not known, or is general as `application/octet-stream`. Parameters
    /// and case are ignored.
    package init?(mediaType: String) {
        let name = mediaType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        guard let type = Self.byMediaType[name] else { return nil }
        self = type
    }

    /// The type of a file extension; nil for one that is not known. Case is ignored.
    package init?(fileExtension: String) {
        guard let type = Self.byExtension[fileExtension.lowercased()] else { return nil }
        self = type
    }

    /// Whether other formats begin with the same bytes, so that a file's name says more.
    package var isGeneric: Bool { Self.generic.contains(self) }

    /// Whether the type is recognised by its first bytes: a file that begins otherwise is not of this type.
    package var hasSignature: Bool { Self.withSignature.contains(self) }

    /// A picture in WebP.
    package static let webp = FileType("webp", "image/webp", .picture)
    /// A picture in PNG.
    package static let png = FileType("png", "image/png", .picture)
    /// A picture in JPEG.
    package static let jpeg = FileType("jpg", "image/jpeg", .picture)
    /// A picture in GIF.
    package static let gif = FileType("gif", "image/gif", .picture)
    /// A picture in AVIF.
    package static let avif = FileType("avif", "image/avif", .picture)
    /// A picture in HEIC or HEIF.
    package static let heic = FileType("heic", "image/heic", .picture)
    /// A picture in JPEG XL.
    package static let jxl = FileType("jxl", "image/jxl", .picture)
    /// A picture in TIFF. Raw formats of cameras begin with the same bytes.
    package static let tiff = FileType("tiff", "image/tiff", .picture)
    /// A Windows bitmap.
    package static let bmp = FileType("bmp", "image/bmp", .picture)
    /// A Windows icon.
    package static let ico = FileType("ico", "image/x-icon", .picture)
    /// A Photoshop document.
    package static let psd = FileType("psd", "image/vnd.adobe.photoshop", .picture)
    /// A picture in OpenEXR.
    package static let exr = FileType("exr", "image/x-exr", .picture)
    /// A picture in Radiance HDR.
    package static let hdr = FileType("hdr", "image/vnd.radiance", .picture)
    /// A raw picture of a Canon camera.
    package static let cr3 = FileType("cr3", "image/x-canon-cr3", .picture)
    /// A drawing in SVG.
    package static let svg = FileType("svg", "image/svg+xml", .picture)
    /// A video in MP4.
    package static let mp4 = FileType("mp4", "video/mp4", .video)
    /// A video in QuickTime's container.
    package static let mov = FileType("mov", "video/quicktime", .video)
    /// A video in WebM.
    package static let webm = FileType("webm", "video/webm", .video)
    /// A video in Matroska other than WebM.
    package static let mkv = FileType("mkv", "video/x-matroska", .video)
    /// A video in AVI.
    package static let avi = FileType("avi", "video/x-msvideo", .video)
    /// A video as an MPEG program or video stream.
    package static let mpeg = FileType("mpg", "video/mpeg", .video)
    /// A Flash video.
    package static let flv = FileType("flv", "video/x-flv", .video)
    /// Sound in MP4's container.
    package static let m4a = FileType("m4a", "audio/mp4", .audio)
    /// Sound in MP3.
    package static let mp3 = FileType("mp3", "audio/mpeg", .audio)
    /// Sound in WAVE, also with 64-bit lengths (RF64).
    package static let wav = FileType("wav", "audio/wav", .audio)
    /// Any stream in Ogg's container; most often sound.
    package static let ogg = FileType("ogg", "audio/ogg", .audio)
    /// Sound in FLAC.
    package static let flac = FileType("flac", "audio/flac", .audio)
    /// Sound in AAC as an ADTS stream.
    package static let aac = FileType("aac", "audio/aac", .audio)
    /// Sound in AIFF or AIFF-C.
    package static let aiff = FileType("aiff", "audio/aiff", .audio)
    /// Notes in MIDI.
    package static let midi = FileType("mid", "audio/midi", .audio)
    /// A 3D model in binary glTF.
    package static let glb = FileType("glb", "model/gltf-binary", .model3D)
    /// A 3D model or point cloud in PLY.
    package static let ply = FileType("ply", "application/x-ply", .model3D)
    /// A 3D model in binary FBX.
    package static let fbx = FileType("fbx", "application/x-fbx", .model3D)
    /// A ZIP archive. Many formats are based on it.
    package static let zip = FileType("zip", "application/zip", .archive)
    /// A file compressed with gzip; a tar archive in it has the same type.
    package static let gzip = FileType("gz", "application/gzip", .archive)
    /// A tar archive.
    package static let tar = FileType("tar", "application/x-tar", .archive)
    /// A file compressed with xz.
    package static let xz = FileType("xz", "application/x-xz", .archive)
    /// A file compressed with bzip2.
    package static let bzip2 = FileType("bz2", "application/x-bzip2", .archive)
    /// A file compressed with Zstandard.
    package static let zstd = FileType("zst", "application/zstd", .archive)
    /// A 7-Zip archive.
    package static let sevenZip = FileType("7z", "application/x-7z-compressed", .archive)
    /// A RAR archive.
    package static let rar = FileType("rar", "application/vnd.rar", .archive)
    /// A PDF document.
    package static let pdf = FileType("pdf", "application/pdf", .document)
    /// Weights of a model in Safetensors.
    package static let safetensors = FileType("safetensors", "application/x-safetensors", .other)
    /// Weights of a model in GGUF.
    package static let gguf = FileType("gguf", "application/x-gguf", .other)
    /// Data in HDF5.
    package static let hdf5 = FileType("h5", "application/x-hdf5", .other)
    /// One array of NumPy.
    package static let npy = FileType("npy", "application/x-npy", .other)
    /// A database of SQLite 3.
    package static let sqlite = FileType("sqlite", "application/vnd.sqlite3", .other)
    /// A table in Apache Parquet.
    package static let parquet = FileType("parquet", "application/vnd.apache.parquet", .other)
    /// A WebAssembly module.
    package static let wasm = FileType("wasm", "application/wasm", .other)
    /// A JSON document.
    package static let json = FileType("json", "application/json", .text)
    /// An XML document other than SVG.
    package static let xml = FileType("xml", "application/xml", .text)
    /// A page of HTML; its kind is `page`, not `text`.
    package static let html = FileType("html", "text/html", .page)
    /// Plain text. It is recognised by name only.
    package static let text = FileType("txt", "text/plain", .text)
}
