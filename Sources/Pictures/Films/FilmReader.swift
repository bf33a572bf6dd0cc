package import Foundation
package import Pixels

/// A film or an animation that is being shown: opened once, asked for a frame at a time. For one thread at a time, and
/// never the main one.
package final class FilmReader {
    private let frames: any FilmFrames
    private let columns: Int
    private let rows: Int
    private let display: PictureDisplay
    /// The part that is drawn, in pixels of the decoded frames, and what it is to fill; nil: all of each frame.
    private let part: (crop: PictureCrop, room: PixelSize)?

    /// Opens a file for pictures of at most so many cells.
    ///
    /// Motion JPEG in MP4, animated WebP and GIF are read here; any other film by the first `ffmpeg` in `searchPath`, as
    /// ``VideoFrame/first(of:fitting:searchPath:limit:)`` runs it: a child process that ends with this object.
    ///
    /// - Parameter crop: the part that is drawn, at its own scale; nil: all of it.
    /// - Parameter isOver: asked while `ffmpeg` is waited for; true gives it up.
    /// - Throws: as ``VideoFrame`` does; `unsupported` for a still picture.
    package init(
        contentsOf url: URL,
        columns: Int,
        rows: Int,
        display: PictureDisplay,
        crop: PictureCrop? = nil,
        searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
        isOver: @escaping () -> Bool = { false }
    ) throws(PictureError) {
        let source = try ByteSource(contentsOf: url)
        let format = PictureFormat.detect(source.prefix(PictureFormat.headLength))
        guard let header = PictureHeaderReader.read(source) else { throw .damaged(format) }
        let room = PictureProtocols.named(display.method).pixels(columns: columns, rows: rows, display: display)
        guard let room else { throw .unsupported(format) }
        let whole = PixelSize(width: header.width, height: header.height)
        let most = crop == nil ? Self.mostPixels : Self.mostOfWhole
        let box =
            crop == nil
            ? PixelSize(width: min(room.width, most), height: min(room.height, most))
            : PixelSize(width: most, height: most)
        let size = whole.fitted(in: box)
        part = crop.map { crop in
            (
                PictureCrop(
                    percent: max(crop.percent * whole.width / size.width, 1),
                    x: crop.x * size.width / whole.width,
                    y: crop.y * size.height / whole.height
                ),
                PixelSize(width: room.width, height: room.height)
            )
        }
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
    /// The same where a part is looked at closely.
    private static let mostOfWhole = 1280

    /// The frame of a moment, drawn as large as it fits into the cells; nil: the film is over by then.
    package func picture(at second: Double) throws(PictureError) -> RenderedPicture? {
        guard var bitmap = try frames.frame(at: max(second, 0)) else { return nil }
        if let part { bitmap = bitmap.cropped(part.crop, room: part.room) }
        return RenderedPicture(bitmap, columns: columns, rows: rows, display: display)
    }
}
