package import Foundation
package import Pixels

/// A film or an animation that is being shown: opened once, asked for a frame at a time. For one thread at a time, and
/// never the main one.
package final class FilmReader {
    private let frames: any FilmFrames
    private let columns: Int
    private let rows: Int
    private let display: PictureDisplay

    /// Opens a file for pictures of at most so many cells.
    ///
    /// Motion JPEG in MP4, animated WebP and GIF are read here; any other film by the first `ffmpeg` in `searchPath`, as
    /// ``VideoFrame/first(of:fitting:searchPath:limit:)`` runs it: a child process that ends with this object.
    ///
    /// - Parameter isOver: asked while `ffmpeg` is waited for; true gives it up.
    /// - Throws: as ``VideoFrame`` does; `unsupported` for a still picture.
    package init(
        contentsOf url: URL,
        columns: Int,
        rows: Int,
        display: PictureDisplay,
        searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
        isOver: @escaping () -> Bool = { false }
    ) throws(PictureError) {
        let source = try ByteSource(contentsOf: url)
        let format = PictureFormat.detect(source.prefix(PictureFormat.headLength))
        guard let header = PictureHeaderReader.read(source) else { throw .damaged(format) }
        let room = PictureProtocols.named(display.method).pixels(columns: columns, rows: rows, display: display)
        guard let room else { throw .unsupported(format) }
        let size = PixelSize(width: header.width, height: header.height)
            .fitted(in: PixelSize(width: min(room.width, Self.mostPixels), height: min(room.height, Self.mostPixels)))
        self.columns = columns
        self.rows = rows
        self.display = display
        switch format {
        case .webp: frames = try WebPFrames(source, header, fitting: size)
        case .gif: frames = try GIFFrames(source, header, fitting: size)
        case .mp4, .webm:
            if format == .mp4, let pictures = MotionPictureFrames(source, fitting: size) {
                frames = pictures
            } else if let ffmpeg = FFmpeg(searchPath: searchPath) {
                frames = FFmpegFrames(ffmpeg, url: url, format: format, size: size, isOver: isOver)
            } else {
                throw .noDecoder
            }
        case .png, .jpeg, .svg, .unknown: throw .unsupported(format)
        }
    }

    /// Pixels a side of a moving picture: more would cost a core and be seen by nobody at ten frames a second.
    private static let mostPixels = 640

    /// The frame of a moment, drawn as large as it fits into the cells; nil: the film is over by then.
    package func picture(at second: Double) throws(PictureError) -> RenderedPicture? {
        guard let bitmap = try frames.frame(at: max(second, 0)) else { return nil }
        return RenderedPicture(bitmap, columns: columns, rows: rows, display: display)
    }
}
