package import Foundation

/// Makes a still picture from a video.
package enum VideoFrame {
    /// The first frame of an MP4, QuickTime or WebM file. Does not run on the caller's executor.
    ///
    /// A track whose samples are whole pictures (Motion JPEG, or QuickTime's PNG) is decoded here. For any other track
    /// the first `ffmpeg` in `searchPath` is run: without a shell, with an environment without secrets, with the format
    /// given so that a playlist cannot lead it to other files. It is killed after `limit`, or when the task is
    /// cancelled.
    ///
    /// - Parameters:
    ///   - url: a local file.
    ///   - fitting: the same as for `PictureDecoder.decode`; nil decodes the frame in full.
    ///   - searchPath: folders separated by colons, by default the process's own `PATH`. Empty: no `ffmpeg`.
    ///   - limit: the longest time that `ffmpeg` may take.
    /// - Throws: `noDecoder` without `ffmpeg`; `decoderFailed`, `decoderTimedOut`, `cancelled`; `unsupported` when the
    ///   file is a picture and not a video; the errors of `PictureDecoder.decode`.
    @concurrent
    package static func first(
        of url: URL,
        fitting: (width: Int, height: Int)? = nil,
        searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
        limit: Duration = .seconds(10)
    ) async throws(PictureError) -> Bitmap {
        let source = try ByteSource(contentsOf: url)
        let format = PictureFormat.detect(source.prefix(PictureFormat.headLength))
        guard format != .unknown else { throw .notAPicture }
        guard format.isVideo else { throw .unsupported(format) }
        if format == .mp4, let bitmap = motionPicture(in: source, fitting: fitting) { return bitmap }
        guard let ffmpeg = FFmpeg(searchPath: searchPath) else { throw .noDecoder }
        let picture = try await ffmpeg.firstFrame(input: FFmpeg.input(url, format), limit: limit)
        do {
            return try PictureDecoder.decode(picture, fitting: fitting)
        } catch .tooLarge(let width, let height) {
            throw .tooLarge(width: width, height: height)
        } catch {
            throw .decoderFailed
        }
    }

    /// Nil when no track's first sample decodes as a picture; then `ffmpeg` is tried.
    private static func motionPicture(in source: ByteSource, fitting: (width: Int, height: Int)?) -> Bitmap? {
        guard let movie = MP4Movie(source) else { return nil }
        for sample in movie.firstSamples.prefix(8) where sample.count <= PictureDecoder.longestFile {
            guard let bytes = source.bytes(at: sample.offset, count: sample.count),
                let bitmap = try? PictureDecoder.decode(Data(bytes), fitting: fitting)
            else { continue }
            return bitmap
        }
        return nil
    }
}
