import Foundation

/// The frames of a film as `ffmpeg` decodes them: raw pixels of the wanted size through a socket, as many a second as are
/// shown at most. It waits while nobody reads, so that little more than one frame is in memory.
final class FFmpegFrames: FilmFrames {
    /// Frames that are skipped by reading them, rather than by starting anew.
    private static let mostSkipped = 60
    private static let limit = Duration.seconds(10)

    private let ffmpeg: FFmpeg
    private let url: URL
    private let format: PictureFormat
    private let size: PixelSize
    private let isOver: () -> Bool
    private var child: RunningChild?
    /// The number of the next frame that comes, from the beginning of the film.
    private var next = 0

    init(_ ffmpeg: FFmpeg, url: URL, format: PictureFormat, size: PixelSize, isOver: @escaping () -> Bool) {
        self.ffmpeg = ffmpeg
        self.url = url
        self.format = format
        self.size = size
        self.isOver = isOver
    }

    func frame(at second: Double) throws(PictureError) -> Bitmap? {
        let wanted = Int(min(second, 1e6) * Double(FFmpeg.framesPerSecond))
        if child == nil || wanted < next || wanted > next + Self.mostSkipped { try start(at: wanted) }
        var pixels: [UInt8]?
        while next <= wanted {
            pixels = try read()
            // After its last frame a film is over.
            guard pixels != nil else { return nil }
            next += 1
        }
        return pixels.map { Bitmap(width: size.width, height: size.height, pixels: $0) }
    }

    private func start(at frame: Int) throws(PictureError) {
        // The one that runs is ended first.
        child = nil
        child = ffmpeg.frames(of: url, format: format, size: size, from: frame).start()
        guard child != nil else { throw .decoderFailed }
        next = frame
    }

    /// nil: there are no more.
    private func read() throws(PictureError) -> [UInt8]? {
        guard let child else { return nil }
        switch child.read(size.width * size.height * 4, limit: Self.limit, isOver: isOver) {
        case .bytes(let pixels): return pixels
        case .ended:
            // One that gives nothing at all cannot read the film.
            if next == 0 { throw .decoderFailed }
            return nil
        case .timedOut: throw .decoderTimedOut
        case .cancelled: throw .cancelled
        }
    }
}

extension FFmpeg {
    /// Frames a second that are asked for: as many as are ever shown.
    static let framesPerSecond = 12

    /// The run that writes the frames from this one on as RGBA.
    func frames(of url: URL, format: PictureFormat, size: PixelSize, from frame: Int) -> ChildProcess {
        let start = frame > 0 ? ["-ss", "\(Double(frame) / Double(Self.framesPerSecond))"] : []
        let filter = "fps=\(Self.framesPerSecond),scale=\(size.width):\(size.height):flags=bilinear"
        return ChildProcess(
            executable: executable,
            arguments: Self.safety + start + Self.input(url, format) + [
                "-map", "0:v:0", "-an", "-sn", "-dn", "-vf", filter, "-f", "rawvideo", "-pix_fmt", "rgba", "pipe:1",
            ],
            environment: environment
        )
    }
}
