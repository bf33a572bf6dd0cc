import FileTypes
import Foundation

/// Pictures in formats that only `ffmpeg` reads.
enum OtherPicture {
    /// What ffmpeg calls the container; nil: it is no such picture. Naming it prevents that a file is read as a playlist.
    static func demuxer(of type: FileType?) -> String? {
        switch type {
        case .avif?, .heic?: "mov"
        case .tiff?: "tiff_pipe"
        case .bmp?: "bmp_pipe"
        case .psd?: "psd_pipe"
        case .exr?: "exr_pipe"
        case .hdr?: "hdr_pipe"
        case .jxl?: "jpegxl_pipe"
        case .ico?: "ico"
        default: nil
        }
    }

    /// The bytes of a PNG with the whole picture; nil: it is no such picture.
    ///
    /// - Throws: `noPictureDecoder` without `ffmpeg`; `decoderFailed`, `decoderTimedOut`, `cancelled`.
    static func png(
        of url: URL,
        head: [UInt8],
        searchPath: String,
        limit: Duration
    ) async throws(PictureError) -> (png: Data, format: String)? {
        guard let type = FileType.of(head: head, fileExtension: url.pathExtension), let demuxer = demuxer(of: type)
        else {
            return nil
        }
        guard let ffmpeg = FFmpeg(searchPath: searchPath) else { throw .noPictureDecoder(type.fileExtension) }
        let picture = try await ffmpeg.firstFrame(input: ["-f", demuxer, "-i", "file:\(url.path)"], limit: limit)
        return (picture, type.fileExtension)
    }
}
